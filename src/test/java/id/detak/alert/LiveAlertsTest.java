package id.detak.alert;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.capture.Via;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.intake.Arrival;
import id.detak.intake.Intake;
import id.detak.platform.Wib;
import id.detak.series.SeriesVersions;
import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Live evaluation of captures gives the firings of a backtest over the same history. October 2025: the 6th is a Monday.
 */
@QuarkusTest
class LiveAlertsTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of().orPerhaps("Not delivered to a channel");

    private static final ZoneOffset WIB = ZoneOffset.ofHours(7);
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final List<String> CODES = List.of("LQ45", "EMAS", "USD/IDR", "RD.SAHAM");
    private static final List<String> COMPARED = List.of(
            "code",
            "firedAt",
            "tradingDay",
            "value",
            "changePercent",
            "reference",
            "referenceAt",
            "captureId",
            "worstValue",
            "worstChangePercent",
            "worstAt",
            "resolvedAt",
            "resolvedValue",
            "resolvedCause");
    private static final List<String> RULES = List.of(
            "{'type':'dayChange','percent':1}",
            "{'type':'dayChange','percent':0.5,'resolvePercent':0.25,'confirm':2}",
            "{'type':'dropOver','percent':2,'window':'P30D','resolvePercent':1}",
            "{'type':'dropOver','percent':1,'window':'PT6H','coolDown':'PT2H'}",
            "{'type':'dropOver','percent':1.5,'window':'5td','confirm':'PT30M'}",
            "{'type':'changeOver','percent':-1,'window':'P1D'}",
            "{'type':'changeOver','percent':1,'window':'2td','resolvePercent':0.5}",
            "{'type':'newLow','window':'P7D'}",
            "{'type':'newHigh','window':'3td','resolvePercent':0.5}",
            "{'type':'below','level':LEVEL,'resolveLevel':HIGHER}",
            "{'type':'above','level':LEVEL,'confirm':2,'coolDown':'P1D'}");
    private static final String FALLING = "{'codes':'LQ45','type':'below','level':900,'resolveLevel':905}";

    @Inject
    Calendars calendars;

    @Inject
    Intake intake;

    @Inject
    Indicators indicators;

    @Inject
    RuleWatches watches;

    @Inject
    SeriesVersions versions;

    @Inject
    AlertTimer alertTimer;

    @Inject
    EntityManager em;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    private Indicator indicator(String code) {
        return QuarkusTransaction.requiringNew().call(indicators::all).stream()
                .filter(indicator -> indicator.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private record Captured(Instant at, String item) {}

    private static Captured captured(String at, String item) {
        return new Captured(OffsetDateTime.parse(at + "+07:00").toInstant(), item);
    }

    private UUID take(Via via, Captured captured) {
        return intake.take(new Arrival(
                        via == Via.POLL ? "front" : "test",
                        via,
                        null,
                        captured.at,
                        null,
                        null,
                        new Arrival.Page(Pages.strip(captured.item))))
                .capture()
                .id();
    }

    private UUID poll(String at, String item) {
        return take(Via.POLL, captured(at, item));
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN);
    }

    private static String create(String rule) {
        return admin().body(named(rule))
                .post("/api/v1/rules")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String named(String rule) {
        return rule.replace('\'', '"').replaceFirst("\\{", "{\"name\":\"r\",");
    }

    private static List<JsonNode> alerts(String rule) {
        List<JsonNode> alerts = new ArrayList<>();
        read(given().get("/api/v1/alerts?limit=1000&rule=" + rule)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .get("items")
                .forEach(alert -> alerts.add(0, alert));
        return alerts;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String summary(JsonNode alert) {
        return String.join(
                " ",
                COMPARED.stream()
                        .map(field -> field + "=" + plain(alert.get(field)))
                        .toList());
    }

    private static String plain(JsonNode value) {
        if (value == null || value.isNull()) {
            return "-";
        }
        return !value.isNumber()
                ? value.asText()
                : value.decimalValue().signum() == 0
                        ? "0"
                        : value.decimalValue().stripTrailingZeros().toPlainString();
    }

    /** The stored alerts of the rule equal the firings of a backtest. */
    private static List<JsonNode> assertMatchesBacktest(String id, String rule, Instant from) {
        JsonNode tested = read(admin().body(named(rule))
                .queryParam("from", from.atOffset(WIB).toString())
                .post("/api/v1/rules/backtest")
                .then()
                .statusCode(200)
                .extract()
                .asString());
        List<String> firings = new ArrayList<>();
        tested.get("firings").forEach(firing -> firings.add(summary(firing)));
        List<JsonNode> alerts = alerts(id);
        assertThat(alerts.stream().map(LiveAlertsTest::summary)).as(rule).containsExactlyElementsOf(firings);
        JsonNode states = read(given().get("/api/v1/rules/" + id).asString()).get("states");
        assertThat(states.isEmpty() ? "noData" : states.get(0).get("state").asText())
                .as(rule)
                .isEqualTo(tested.get("indicators").get(0).get("state").asText());
        return alerts;
    }

    private long count(String table) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    // ---- random series

    private static List<Captured> series(String code, int count, Random random) {
        List<Captured> series = new ArrayList<>();
        LocalDateTime at = LocalDateTime.of(2025, 9, 1, 9, 0).plusDays(random.nextInt(20));
        long close = base(code);
        long value = close;
        String item = null;
        int day = at.getDayOfYear();
        while (series.size() < count) {
            if (at.getDayOfYear() != day) {
                close = value;
                day = at.getDayOfYear();
            }
            if (item == null || random.nextInt(100) < 60) {
                value = Math.round(value * (1 + (random.nextInt(9) - 4) / 400.0));
                item = item(code, value, close, random);
            }
            series.add(new Captured(at.toInstant(WIB), item));
            at = pause(at, random);
        }
        return series;
    }

    private static LocalDateTime pause(LocalDateTime at, Random random) {
        return switch (random.nextInt(12)) {
            case 0 ->
                at.plusDays(1 + random.nextInt(3))
                        .withHour(8 + random.nextInt(2))
                        .withMinute(random.nextBoolean() ? 0 : 31);
            case 1 ->
                at.withHour(17).withMinute(0).isAfter(at) ? at.withHour(17).withMinute(0) : at.plusHours(3);
            case 2, 3 -> at.plusHours(1 + random.nextInt(8));
            default -> at.plusMinutes(5L * (1 + random.nextInt(12)));
        };
    }

    private static long base(String code) {
        return switch (code) {
            case "LQ45" -> 90_000;
            case "EMAS" -> 2_000_000;
            default -> 16_000;
        };
    }

    private static String item(String code, long value, long close, Random random) {
        BigDecimal percent =
                BigDecimal.valueOf((value - close) * 100).divide(BigDecimal.valueOf(close), 2, RoundingMode.HALF_UP);
        return switch (code) {
            case "RD.SAHAM" -> code + " " + format(BigDecimal.valueOf(25L * (random.nextInt(13) - 7), 2)) + "%";
            case "EMAS" ->
                random.nextBoolean()
                        ? code + " " + format(BigDecimal.valueOf(value)) + " " + format(percent) + "%"
                        : code + " " + format(BigDecimal.valueOf(value)) + " "
                                + format(BigDecimal.valueOf(value - close)) + " " + format(percent) + "%";
            case "USD/IDR" ->
                code + " " + format(BigDecimal.valueOf(value)) + " " + format(BigDecimal.valueOf(close - value))
                        + ",00 " + format(percent.negate()) + "%";
            // sometimes misread
            default ->
                code + " " + format(BigDecimal.valueOf(value, 2)) + " " + format(BigDecimal.valueOf(value - close, 2))
                        + " " + format(random.nextInt(12) == 0 ? new BigDecimal("7.77") : percent) + "%";
        };
    }

    private static String format(BigDecimal number) {
        return String.format(Locale.ROOT, "%,." + number.scale() + "f", number)
                .replace(',', ';')
                .replace('.', ',')
                .replace(';', '.');
    }

    private static List<String> rules(String code) {
        long base = code.equals("RD.SAHAM") ? 98 : code.equals("LQ45") ? 890 : base(code) * 99 / 100;
        return RULES.stream()
                .map(rule -> rule.replace("{", "{'codes':'" + code + "',")
                        .replace("LEVEL", "" + base)
                        .replace("HIGHER", "" + base * 101 / 100))
                .toList();
    }

    private Map<String, String> create(List<String> rules) {
        Map<String, String> ids = new LinkedHashMap<>();
        rules.forEach(rule -> ids.put(rule, create(rule)));
        return ids;
    }

    private void assertAllMatchBacktest(Map<String, String> rules, Instant from) {
        long fired = 0;
        for (Map.Entry<String, String> rule : rules.entrySet()) {
            fired += assertMatchesBacktest(rule.getValue(), rule.getKey(), from).size();
        }
        assertThat(fired).as("some rule fired").isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void liveFiringsMatchABacktest(long seed) {
        Random random = new Random(seed);
        String code = CODES.get((int) (seed % CODES.size()));
        List<Captured> series = series(code, 60, random);
        Map<String, String> rules = create(rules(code));
        series.forEach(captured -> take(random.nextInt(4) == 0 ? Via.POST : Via.POLL, captured));
        assertAllMatchBacktest(rules, Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void liveFiringsMatchABacktestAfterReplicaWritesAndRollbacks(long seed) {
        Random random = new Random(seed);
        String code = CODES.get((int) (seed % CODES.size()));
        int id = indicator(code).id();
        List<Captured> series = series(code, 60, random);
        series.subList(0, 20).forEach(captured -> take(Via.IMPORT, captured));
        Map<String, String> rules = create(rules(code));
        for (Captured captured : series.subList(20, series.size())) {
            switch (random.nextInt(6)) {
                case 0 -> watches.invalidate(id);
                case 1 -> QuarkusTransaction.requiringNew().run(() -> versions.write(List.of(id)));
                case 2 -> {
                    QuarkusTransaction.begin();
                    take(Via.POLL, captured);
                    QuarkusTransaction.rollback();
                }
                default -> {
                    // nothing went wrong
                }
            }
            take(Via.POLL, captured);
            if (random.nextInt(5) == 0) {
                take(Via.POLL, captured);
            }
        }
        assertAllMatchBacktest(rules, series.get(20).at);
    }

    /** Moves a capture to 10:00 of the next trading day, at which it is trusted. */
    private Captured inMarketHours(Captured captured) {
        LocalDate day = calendars.exchange().nextTradingDay(Wib.date(captured.at));
        return new Captured(day.atTime(10, 0).toInstant(WIB), captured.item);
    }

    /** For rules without memory, the last poll decides the state, in whatever order the earlier ones arrived. */
    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35, 36})
    void latePollsAndImportsEndInTheStateOfABacktest(long seed) {
        Random random = new Random(seed);
        String code = CODES.get((int) (seed % 3));
        List<Captured> series = series(code, 50, random);
        Map<String, String> rules = create(rules(code).stream()
                .map(rule -> rule.replaceAll(",'(resolvePercent|resolveLevel|confirm|coolDown)':[^,}]*", ""))
                .filter(rule -> !rule.contains("'new"))
                .toList());
        Captured last = inMarketHours(series.remove(series.size() - 1));
        while (!series.isEmpty()) {
            Captured next = series.remove(random.nextInt(Math.min(3, series.size())));
            take(random.nextInt(5) == 0 ? Via.IMPORT : Via.POLL, next);
        }
        take(Via.POLL, last);
        long alerts = 0;
        for (Map.Entry<String, String> rule : rules.entrySet()) {
            JsonNode tested = read(admin().body(named(rule.getKey()))
                    .post("/api/v1/rules/backtest")
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString());
            boolean fires =
                    tested.get("indicators").get(0).get("state").asText().equals("firing");
            List<JsonNode> all = alerts(rule.getValue());
            assertThat(all.stream().filter(alert -> alert.get("state").asText().equals("firing")))
                    .as(rule.getKey())
                    .hasSize(fires ? 1 : 0);
            alerts += all.size();
        }
        assertThat(alerts).as("some rule fired").isPositive();
    }

    // ---- what does not notify

    @Test
    void importsNeverNotifyButCountForWindows() {
        String low = create(FALLING);
        String drop = create("{'codes':'LQ45','type':'dropOver','percent':5,'window':'P30D'}");
        poll("2025-10-06T10:00:00", "LQ45 940,00 0,00 0,00%");
        take(Via.IMPORT, captured("2025-10-06T10:30:00", "LQ45 890,00 -50,00 -5,32%"));
        assertThat(alerts(low)).isEmpty();
        assertThat(alerts(drop)).isEmpty();
        take(Via.IMPORT, captured("2025-10-03T10:00:00", "LQ45 1.000,00 0,00 0,00%"));
        UUID deciding = poll("2025-10-06T11:00:00", "LQ45 941,00 1,00 0,11%");
        assertThat(alerts(low)).isEmpty();
        assertThat(alerts(drop)).hasSize(1);
        assertThat(alerts(drop).get(0).get("captureId").asText()).isEqualTo(deciding.toString());
        assertThat(alerts(drop).get(0).get("reference").decimalValue()).isEqualByComparingTo("1000");
    }

    @Test
    void onlyANewPostedPageNotifies() {
        String low = create(FALLING);
        poll("2025-10-06T10:00:00", "LQ45 940,00 0,00 0,00%");
        take(Via.POST, captured("2025-10-06T09:30:00", "LQ45 890,00 -50,00 -5,32%"));
        assertThat(alerts(low)).isEmpty();
        take(Via.POST, captured("2025-10-06T10:30:00", "LQ45 890,00 -50,00 -5,32%"));
        assertThat(alerts(low)).hasSize(1);
    }

    @Test
    void suspectQuotesNeitherFireNorResolve() {
        String low = create(FALLING);
        String day = create("{'codes':'LQ45','type':'dayChange','percent':2}");
        poll("2025-10-06T10:00:00", "LQ45 940,00 0,00 0,00%");
        poll("2025-10-06T10:05:00", "LQ45 840,00 -100,00 -3,64%");
        assertThat(alerts(low)).isEmpty();
        assertThat(alerts(day)).isEmpty();
        poll("2025-10-06T10:10:00", "LQ45 890,00 -50,00 -5,32%");
        poll("2025-10-06T10:15:00", "LQ45 990,00 50,00 9,32%");
        assertThat(alerts(low))
                .hasSize(1)
                .allMatch(alert -> alert.get("state").asText().equals("firing"));
        assertThat(alerts(low).get(0).get("worstValue").decimalValue()).isEqualByComparingTo("890");
    }

    @Test
    void testDataOfTheExchangeOnAHolidayDoesNotFire() {
        String day = create("{'codes':'IDX','type':'dayChange','percent':5}");
        poll("2025-03-27T17:30:00", "IDX 6.510,62 0,00 0,00%");
        poll("2025-04-07T10:00:00", "IDX 5.764,48 -746,14 -11,46%");
        poll("2025-04-07T10:05:00", "IDX 5.764,48 -746,14 -11,46%");
        assertThat(alerts(day)).isEmpty();
        poll("2025-04-08T09:05:00", "IDX 5.914,28 -596,34 -9,16%");
        assertThat(alerts(day)).hasSize(1);
    }

    @Test
    void rulesStartOverWhereTheLevelChanged() {
        String drop = create("{'codes':'EMAS','type':'dropOver','percent':5,'window':'P30D'}");
        String low = create("{'codes':'EMAS','type':'below','level':700000,'severity':'critical'}");
        poll("2025-10-06T17:10:00", "EMAS 1.451.000 0,00%");
        poll("2025-10-07T09:00:00", "EMAS 1.320.000 -9,03%");
        poll("2025-10-07T09:05:00", "EMAS 660.000 -9,03%");
        poll("2025-10-07T09:10:00", "EMAS 660.000 -9,03%");
        assertThat(alerts(low)).as("an implausible number fires nothing").isEmpty();
        assertThat(alerts(drop))
                .hasSize(1)
                .allMatch(alert -> alert.get("state").asText().equals("firing"));
        poll("2025-10-07T09:15:00", "EMAS 660.000 -9,03%");
        assertThat(alerts(low)).hasSize(1);
        assertThat(alerts(drop))
                .hasSize(1)
                .allMatch(alert -> alert.get("resolvedCause").asText().equals("levelChanged"));
        poll("2025-10-07T09:20:00", "EMAS 650.000 -10,41%");
        assertThat(alerts(drop))
                .as("1.5 % below the highest value on this level")
                .hasSize(1);
        assertMatchesBacktest(drop, "{'codes':'EMAS','type':'dropOver','percent':5,'window':'P30D'}", Instant.EPOCH);
    }

    @Test
    void aLatePollMakesANewerOneTrustedWhichFires() {
        String low = create("{'codes':'LQ45','type':'below','level':600}");
        poll("2025-10-06T10:00:00", "LQ45 900,00 0,00 0,00%");
        UUID deciding = poll("2025-10-06T10:10:00", "LQ45 550,00");
        assertThat(alerts(low)).isEmpty();
        poll("2025-10-06T10:05:00", "LQ45 700,00");
        assertThat(alerts(low)).hasSize(1);
        assertThat(alerts(low).get(0).get("captureId").asText()).isEqualTo(deciding.toString());
        assertMatchesBacktest(low, "{'codes':'LQ45','type':'below','level':600}", Instant.EPOCH);
    }

    @Test
    void aLatePollMakesANewerOneSuspectWhichEndsItsAlert() {
        String low = create("{'codes':'LQ45','type':'below','level':650}");
        poll("2025-10-06T10:00:00", "LQ45 900,00 0,00 0,00%");
        poll("2025-10-06T10:10:00", "LQ45 620,00");
        assertThat(alerts(low)).hasSize(1);
        poll("2025-10-06T10:05:00", "LQ45 1.150,00");
        assertThat(alerts(low))
                .hasSize(1)
                .allMatch(alert -> alert.get("resolvedCause").asText().equals("doubted"));
    }

    @Test
    void rolledBackObservationsDoNotFire() {
        String low = create(FALLING);
        poll("2025-10-06T10:00:00", "LQ45 940,00 0,00 0,00%");
        QuarkusTransaction.begin();
        poll("2025-10-06T10:05:00", "LQ45 890,00 -50,00 -5,32%");
        QuarkusTransaction.rollback();
        assertThat(alerts(low)).isEmpty();
        poll("2025-10-06T10:10:00", "LQ45 890,00 -50,00 -5,32%");
        assertThat(alerts(low)).hasSize(1);
    }

    // ---- late

    @Test
    void aSpooledPollFiresAndTheNewestResolvesIt() {
        String low = create(FALLING);
        poll("2025-10-06T10:00:00", "LQ45 940,00 0,00 0,00%");
        UUID newest = poll("2025-10-06T10:30:00", "LQ45 941,00 1,00 0,11%");
        UUID late = poll("2025-10-06T10:15:00", "LQ45 890,00 -50,00 -5,32%");
        List<JsonNode> alerts = alerts(low);
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).get("captureId").asText()).isEqualTo(late.toString());
        assertThat(alerts.get(0).get("resolvedCaptureId").asText()).isEqualTo(newest.toString());
        assertMatchesBacktest(low, FALLING, Instant.EPOCH);
    }

    @Test
    void aLatePollDoesNotAffectAFiringAlert() {
        String low = create(FALLING);
        poll("2025-10-06T10:00:00", "LQ45 940,00 0,00 0,00%");
        poll("2025-10-06T10:30:00", "LQ45 890,00 -50,00 -5,32%");
        poll("2025-10-06T10:15:00", "LQ45 930,00 -10,00 -1,06%");
        assertThat(alerts(low))
                .hasSize(1)
                .allMatch(alert -> alert.get("state").asText().equals("firing"));
        poll("2025-10-06T10:45:00", "LQ45 920,00 -20,00 -2,13%");
        assertMatchesBacktest(low, FALLING, Instant.EPOCH);
    }

    @Test
    void aLatePollCountsOnceTowardsConfirmation() {
        String rule = "{'codes':'LQ45','type':'below','level':900,'confirm':3}";
        String low = create(rule);
        poll("2025-10-06T10:00:00", "LQ45 940,00 0,00 0,00%");
        poll("2025-10-06T10:30:00", "LQ45 890,00 -50,00 -5,32%");
        poll("2025-10-06T10:15:00", "LQ45 889,00 -51,00 -5,43%");
        assertThat(alerts(low)).as("two observations are fewer than three").isEmpty();
        poll("2025-10-06T10:35:00", "LQ45 888,00 -52,00 -5,53%");
        assertThat(alerts(low)).hasSize(1);
    }

    @Test
    void aLatePollBehindASuspectOneCountsOnce() {
        String low = create("{'codes':'LQ45','type':'below','level':900,'confirm':2}");
        poll("2025-10-06T10:00:00", "LQ45 940,00 0,00 0,00%");
        poll("2025-10-06T10:30:00", "LQ45 990,00 50,00 9,32%");
        poll("2025-10-06T10:15:00", "LQ45 890,00 -50,00 -5,32%");
        assertThat(alerts(low)).isEmpty();
        poll("2025-10-06T10:35:00", "LQ45 889,00 -51,00 -5,43%");
        assertThat(alerts(low)).hasSize(1);
    }

    @Test
    void aLatePollOfAPastDayDoesNotFireADayChange() {
        String day = create("{'codes':'LQ45','type':'dayChange','percent':2}");
        poll("2025-10-07T10:00:00", "LQ45 940,00 0,00 0,00%");
        poll("2025-10-06T10:00:00", "LQ45 890,00 -50,00 -5,32%");
        assertThat(alerts(day)).isEmpty();
    }

    // ---- cached watches

    @Test
    void aRebuiltWatchRepeatsAFundsLagAtTheStartOfAWindow() {
        String rule = "{'codes':'RD.SAHAM','type':'dropOver','percent':2,'window':'P3D'}";
        String drop = create(rule);
        poll("2025-10-06T18:00:00", "RD.SAHAM 0,00%");
        poll("2025-10-07T18:00:00", "RD.SAHAM 2,00%");
        poll("2025-10-08T17:05:00", "RD.SAHAM 2,00%");
        poll("2025-10-08T20:00:00", "RD.SAHAM 0,10%");
        watches.invalidate(indicator("RD.SAHAM").id());
        poll("2025-10-11T17:10:00", "RD.SAHAM -0,20%");
        assertMatchesBacktest(drop, rule, Instant.EPOCH);
    }

    private void setCreatedAt(String time) {
        QuarkusTransaction.requiringNew()
                .run(() -> em.createNativeQuery("update rule set created_at = cast(:at as timestamptz)")
                        .setParameter("at", time)
                        .executeUpdate());
    }

    @Test
    void silenceBeforeTheRuleWasCreatedDoesNotFire() {
        String silent = create("{'codes':'LQ45','type':'silent','window':'PT30M'}");
        poll("2025-10-06T10:00:00", "LQ45 940,00 0,00 0,00%");
        alertTimer.run();
        assertThat(alerts(silent)).isEmpty();
    }

    /** They are left from before the clock was set back. */
    @Test
    void observationsOfTheFutureDoNotEndASilence() {
        String silent = create("{'codes':'LQ45','type':'silent','window':'PT30M'}");
        setCreatedAt("2025-10-06T09:00:00+07:00");
        poll("2025-10-06T10:00:00", "LQ45 940,00 0,00 0,00%");
        poll("2099-10-06T10:00:00", "LQ45 941,00 1,00 0,11%");
        alertTimer.run();
        assertThat(alerts(silent)).hasSize(1);
    }

    @Test
    void liveSilenceMatchesABacktest() {
        String rule = "{'codes':'LQ45','type':'silent','window':'PT30M'}";
        String silent = create(rule);
        setCreatedAt("2025-10-06T09:00:00+07:00");
        for (String at : List.of(
                "2025-10-06T10:00:00",
                "2025-10-06T10:05:00",
                "2025-10-06T11:00:00",
                "2025-10-06T13:40:00",
                "2025-10-07T09:29:00")) {
            poll(at, "LQ45 940,00 0,00 0,00%");
            if (!at.endsWith("10:00:00")) {
                // the timer runs every few seconds; another run changes nothing
                alertTimer.run();
                alertTimer.run();
            }
        }
        List<JsonNode> alerts = alerts(silent);
        assertThat(alerts.stream().map(alert -> alert.get("firedAt").asText().substring(0, 16)))
                .containsExactly("2025-10-06T10:35", "2025-10-06T11:30", "2025-10-06T14:10", "2025-10-07T09:59");
        assertMatchesBacktest(silent, rule, Instant.EPOCH);
    }

    /** The timer runs every few seconds on every replica. */
    @Test
    void timerStatementsDoNotGrowWithTheNumberOfRules() {
        String silent = "{'type':'silent','window':'PT30M'}";
        create(silent);
        poll("2025-10-06T10:00:00", "LQ45 940,00 0,00 0,00%");
        long one = statementsOfARun();
        for (int i = 0; i < 5; i++) {
            create(silent);
        }
        assertThat(statementsOfARun()).isEqualTo(one);
    }

    /** The least of some runs, since the count is that of the whole process. */
    private long statementsOfARun() {
        alertTimer.run();
        Statistics statistics =
                em.getEntityManagerFactory().unwrap(SessionFactory.class).getStatistics();
        statistics.setStatisticsEnabled(true);
        try {
            return LongStream.range(0, 3)
                    .map(i -> {
                        long before = statistics.getPrepareStatementCount();
                        alertTimer.run();
                        return statistics.getPrepareStatementCount() - before;
                    })
                    .min()
                    .orElseThrow();
        } finally {
            statistics.setStatisticsEnabled(false);
        }
    }

    // ---- rules that change

    private String firing() {
        String rule = create(FALLING);
        poll("2025-10-06T10:00:00", "LQ45 890,00 -50,00 -5,32%");
        assertThat(alerts(rule)).hasSize(1);
        return rule;
    }

    private static void assertEndedByRuleChange(String rule) {
        assertThat(alerts(rule)).hasSize(1);
        assertThat(alerts(rule).get(0).get("state").asText()).isEqualTo("resolved");
        assertThat(alerts(rule).get(0).get("resolvedCause").asText()).isEqualTo("ruleChanged");
    }

    @Test
    void anAlertEndsWhenTheConditionOfItsRuleChanges() {
        String rule = firing();
        admin().body(named(FALLING.replace("900", "895")))
                .put("/api/v1/rules/" + rule)
                .then()
                .statusCode(200);
        assertEndedByRuleChange(rule);
        poll("2025-10-06T10:05:00", "LQ45 889,00 -51,00 -5,43%");
        assertThat(alerts(rule)).as("the next observation is evaluated").hasSize(2);
    }

    @Test
    void anAlertContinuesWhenOnlyTheTextOfItsRuleChanges() {
        String rule = firing();
        admin().body(named(FALLING.replace("{", "{'text':'{code}!',")))
                .put("/api/v1/rules/" + rule)
                .then()
                .statusCode(200);
        poll("2025-10-06T10:05:00", "LQ45 889,00 -51,00 -5,43%");
        poll("2025-10-06T10:10:00", "LQ45 910,00 -30,00 -3,19%");
        assertThat(alerts(rule)).hasSize(1);
        assertThat(alerts(rule).get(0).get("resolvedCause").asText()).isEqualTo("value");
        assertThat(alerts(rule).get(0).get("worstValue").decimalValue()).isEqualByComparingTo("889");
    }

    @Test
    void anAlertEndsWhenItsRuleIsDisabledAndFiresAgainAfterwards() {
        String rule = firing();
        admin().body(named(FALLING.replace("{", "{'enabled':false,")))
                .put("/api/v1/rules/" + rule)
                .then()
                .statusCode(200);
        assertEndedByRuleChange(rule);
        poll("2025-10-06T10:05:00", "LQ45 880,00 -60,00 -6,38%");
        assertEndedByRuleChange(rule);
        admin().body(named(FALLING)).put("/api/v1/rules/" + rule).then().statusCode(200);
        poll("2025-10-06T10:10:00", "LQ45 881,00 -59,00 -6,28%");
        assertThat(alerts(rule)).hasSize(2);
    }

    @Test
    void anAlertOutlivesItsRuleAsResolved() {
        String rule = firing();
        admin().delete("/api/v1/rules/" + rule).then().statusCode(204);
        assertEndedByRuleChange(rule);
        poll("2025-10-06T10:05:00", "LQ45 880,00 -60,00 -6,38%");
        assertEndedByRuleChange(rule);
        assertThat(count("rule_state")).isZero();
    }

    @Test
    void aRuleForAllAppliesToIndicatorsDiscoveredLater() {
        String rule = create("{'type':'below','level':900}");
        for (String minute : List.of("00", "05", "10")) {
            poll("2025-10-06T10:" + minute + ":00", "SRIKEHATI 890,00 -50,00 -5,32%");
        }
        assertThat(alerts(rule).stream().map(alert -> alert.get("code").asText()))
                .isEqualTo(Arrays.asList("SRIKEHATI"));
    }

    @Test
    void messagesHaveTheSeparatorsDecimalsAndUnit() {
        String emas = createWithChannel("{'codes':'EMAS','type':'below','level':1300000,'channels':['CHANNEL']}");
        String change = createWithChannel(
                "{'codes':'LQ45','type':'changeOver','window':'P1D','percent':-3,'channels':['CHANNEL']}");
        take(Via.IMPORT, captured("2025-10-06T09:00:00", "TINY 0,000090 0,00%"));
        String tiny = createWithChannel("{'codes':'TINY','type':'above','level':0.0001,'channels':['CHANNEL']}");
        poll("2025-10-06T10:00:00", "EMAS 1.319.000 0,00%");
        poll("2025-10-06T10:05:00", "EMAS 1.299.000 -20.000 -1,52%");
        poll("2025-10-06T10:10:00", "EMAS 1.319.000 0,00%");
        assertThat(texts(emas))
                .containsExactly(
                        "EMAS is below 1,300,000 IDR: 1,299,000 IDR.",
                        "EMAS is back at 1,319,000 IDR, 0.00 %. At its worst it was 1,299,000 IDR.");
        poll("2025-10-06T11:00:00", "LQ45 1.205,10 0,00 0,00%");
        poll("2025-10-07T11:00:00", "LQ45 1.155,00 -50,10 -4,16%");
        assertThat(texts(change))
                .containsExactly(
                        "LQ45 fell 4.16 % to 1,155.00 points from 1,205.10 points (the value 1 day before, seen 6 Oct 2025 11:00 WIB).");
        poll("2025-10-07T11:05:00", "TINY 0,000120 0,00%");
        assertThat(texts(tiny)).containsExactly("TINY is above 0.0001: 0.000120.");
    }

    @Test
    void resolvedAlertsHaveTheirOwnTextOrTheDefault() {
        String own = createWithChannel(
                "{'codes':'LQ45','type':'below','level':900,'text':'{code} fell','resolvedText':'{code} rose to {value} {unit}: {level}','channels':['CHANNEL']}");
        String usual = createWithChannel(
                "{'codes':'LQ45','type':'below','level':900,'text':'{code} fell','channels':['CHANNEL']}");
        String cause = createWithChannel(
                "{'codes':'LQ45','type':'below','level':900,'resolvedText':'{code} over: {cause}','channels':['CHANNEL']}");
        poll("2025-10-06T10:00:00", "LQ45 890,00 -50,00 -5,32%");
        poll("2025-10-06T10:05:00", "LQ45 910,00 -30,00 -3,19%");
        assertThat(texts(own)).containsExactly("LQ45 fell", "LQ45 rose to 910.00 points: 900.00");
        assertThat(texts(usual))
                .containsExactly(
                        "LQ45 fell", "LQ45 is back at 910.00 points, -3.19 %. At its worst it was 890.00 points.");
        poll("2025-10-06T10:10:00", "LQ45 880,00 -60,00 -6,38%");
        admin().contentType("application/json")
                .body(Map.of("reason", "a digit is missing"))
                .put("/api/v1/indicators/LQ45/observations/2025-10-06T10:10:00+07:00/void")
                .then()
                .statusCode(200);
        String voided = "LQ45: resolved, since an observation that it depends on was voided.";
        assertThat(texts(own)).endsWith("LQ45 fell", voided);
        assertThat(texts(usual)).endsWith("LQ45 fell", voided);
        assertThat(texts(cause)).last().isEqualTo("LQ45 over: an observation that it depends on was voided");
        poll("2025-10-06T10:15:00", "LQ45 870,00 -70,00 -7,45%");
        admin().delete("/api/v1/rules/" + own).then().statusCode(204);
        assertThat(texts(own))
                .last()
                .isEqualTo(
                        "LQ45: resolved, since the rule was changed, disabled or deleted. At its worst it was 870.00 points.");
    }

    private static String createWithChannel(String rule) {
        String channel = admin().body("{\"name\":\"c\",\"type\":\"webhook\",\"url\":\"http://127.0.0.1:1/\"}")
                .post("/api/v1/channels")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return create(rule.replace("CHANNEL", channel));
    }

    /** The texts of a rule's messages, the oldest first. */
    private List<String> texts(String rule) {
        List<?> messages = QuarkusTransaction.requiringNew().call(() -> em.createNativeQuery(
                        "select message from notification where rule_id = :rule order by seq", String.class)
                .setParameter("rule", UUID.fromString(rule))
                .getResultList());
        return messages.stream()
                .map(message -> read((String) message).get("text").asText())
                .toList();
    }
}
