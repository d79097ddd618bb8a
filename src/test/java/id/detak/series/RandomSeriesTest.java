package id.detak.series;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.capture.Via;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import id.detak.intake.Arrival;
import id.detak.intake.Intake;
import id.detak.testsupport.LongerBars;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records random series in several orders, and compares trading days, implied closes and bars with a simple
 * recalculation from the stored rows. Series with even seeds are calm: no index changes while its market is closed, and
 * every number of a currency pair fits only one sign, so that the order makes no difference.
 */
@QuarkusTest
class RandomSeriesTest {

    private static final ZoneOffset WIB = ZoneOffset.ofHours(7);
    /** The minutes of the intervals that follow the clock. */
    private static final Map<String, Integer> CLOCK =
            Map.of("5m", 5, "15m", 15, "30m", 30, "1h", 60, "2h", 120, "4h", 240, "12h", 720);

    private static final List<String> INTERVALS =
            List.of("raw", "5m", "15m", "30m", "1h", "2h", "4h", "12h", "1d", "1w", "1mo", "1q", "1y");
    private static final List<String> CODES = List.of("LQ45", "IDX", "EMAS", "USD/IDR", "RD.SAHAM");
    /**
     * Weeks that contain holidays (Eid, the turn of the year, Ascension Day, Chinese New Year, an election), and an
     * ordinary one.
     */
    private static final List<String> FIRST_DAYS =
            List.of("2025-03-25", "2025-12-23", "2025-05-27", "2025-01-23", "2024-11-25", "2026-11-11");

    private static final List<String> TIMES = List.of(
            "00:30:00",
            "08:29:59",
            "08:30:00",
            "08:59:59.999999",
            "09:00:00",
            "09:01:00",
            "10:10:00",
            "10:50:00",
            "12:30:00",
            "14:30:00",
            "15:59:59",
            "16:00:00",
            "16:14:59",
            "16:15:00",
            "16:16:00",
            "16:59:59",
            "17:00:00",
            "17:30:00",
            "20:00:00",
            "23:59:59.999999");
    private static final int DAYS = 15;
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Inject
    Intake intake;

    @Inject
    Indicators indicators;

    @Inject
    Calendars calendars;

    @Inject
    Rebuild rebuild;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    /** A page to be recorded. */
    private record Sheet(Instant at, String page) {}

    /** A row of the table observation. */
    private record Row(
            Instant at,
            BigDecimal value,
            BigDecimal change,
            BigDecimal percent,
            BigDecimal previous,
            String quality,
            String reason,
            LocalDate day,
            String capture) {

        boolean trusted() {
            return quality.equals("ok") || quality.equals("unchecked");
        }

        boolean implied() {
            return quality.equals("implied");
        }

        BigDecimal number(String measure) {
            return measure.equals("value") ? value : percent;
        }
    }

    // ---- recorded pages

    private List<Sheet> sheets(long seed) {
        Random random = new Random(seed);
        boolean calm = seed % 2 == 0;
        LocalDate first = LocalDate.parse(FIRST_DAYS.get((int) (seed % FIRST_DAYS.size())));
        Map<String, String> last = new TreeMap<>();
        List<Sheet> sheets = new ArrayList<>();
        for (int d = 0; d < DAYS; d++) {
            if (random.nextInt(4) == 0) {
                continue;
            }
            List<String> times = new ArrayList<>(TIMES);
            Collections.shuffle(times, random);
            for (String time :
                    times.subList(0, 1 + random.nextInt(5)).stream().sorted().toList()) {
                Instant at = first.plusDays(d).atTime(LocalTime.parse(time)).toInstant(WIB);
                List<String> lines = new ArrayList<>();
                for (String code : CODES) {
                    boolean index = code.equals("LQ45") || code.equals("IDX");
                    boolean still = last.containsKey(code)
                            && (random.nextInt(100) < 55
                                    || calm && index && !calendars.exchange().isOpen(at));
                    if (!still) {
                        last.put(code, item(code, calm, random));
                    }
                    if (random.nextInt(100) < 80) {
                        lines.add(random.nextInt(100) < 6 ? wrong(code, random) : last.get(code));
                    }
                }
                if (!lines.isEmpty()) {
                    sheets.add(new Sheet(at, Pages.strip(String.join("\n  • ", lines))));
                }
            }
        }
        return sheets;
    }

    private static String item(String code, boolean calm, Random random) {
        switch (code) {
            case "RD.SAHAM":
                return "RD.SAHAM " + format(BigDecimal.valueOf(random.nextInt(400) - 200, 2)) + "%";
            case "EMAS": {
                BigDecimal value = BigDecimal.valueOf(1_300_000 + 1000L * random.nextInt(200));
                if (random.nextInt(4) == 0) {
                    return "EMAS " + format(value) + " 0,00%";
                }
                return line(
                        code,
                        value,
                        BigDecimal.valueOf(1000L * (random.nextInt(40) + 1) * (random.nextBoolean() ? 1 : -1)),
                        false);
            }
            case "USD/IDR": {
                BigDecimal value = BigDecimal.valueOf(16_000 + random.nextInt(900));
                int change = calm || random.nextBoolean() ? 300 + random.nextInt(100) : random.nextInt(40);
                return line(
                        code,
                        value,
                        BigDecimal.valueOf((random.nextBoolean() ? 100L : -100L) * change, 2),
                        random.nextBoolean());
            }
            default: {
                BigDecimal value =
                        BigDecimal.valueOf((code.equals("IDX") ? 700_000 : 80_000) + random.nextInt(3000), 2);
                return line(
                        code,
                        value,
                        BigDecimal.valueOf(random.nextInt(4) == 0 ? 0 : random.nextInt(4000) - 2000, 2),
                        false);
            }
        }
    }

    private static String wrong(String code, Random random) {
        return code.equals("LQ45") || code.equals("IDX")
                ? code + " 9" + random.nextInt(10) + "0,00 5,00 7,77%"
                : item(code, true, random);
    }

    private static String line(String code, BigDecimal value, BigDecimal change, boolean turned) {
        BigDecimal previous = turned ? value.add(change) : value.subtract(change);
        BigDecimal percent = change.multiply(BigDecimal.valueOf(100)).divide(previous, 2, RoundingMode.HALF_UP);
        return code + " " + format(value) + " " + format(change) + " " + format(percent) + "%";
    }

    private static String format(BigDecimal number) {
        return String.format(java.util.Locale.ROOT, "%,." + number.scale() + "f", number)
                .replace(',', ';')
                .replace('.', ',')
                .replace(';', '.');
    }

    private void take(Sheet sheet) {
        intake.take(new Arrival("test", Via.IMPORT, null, sheet.at, null, null, new Arrival.Page(sheet.page)));
    }

    // ---- stored rows

    private Indicator indicator(String code) {
        return QuarkusTransaction.requiringNew().call(indicators::all).stream()
                .filter(indicator -> indicator.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private List<Row> rows(Indicator indicator) {
        return query(
                "select observed_at, value, change, change_percent, previous_close, quality, reason, trading_day, capture_id from observation where indicator_id = "
                        + indicator.id() + " order by observed_at",
                row -> new Row(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        row.getBigDecimal(2),
                        row.getBigDecimal(3),
                        row.getBigDecimal(4),
                        row.getBigDecimal(5),
                        row.getString(6),
                        row.getString(7),
                        row.getObject(8, LocalDate.class),
                        row.getString(9)));
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, Reading<T> reading) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
                read.add(reading.of(rows));
            }
            return read;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private int execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private List<String> storedBars(Indicator indicator) {
        return query(
                        "select measure, interval, start, open, high, low, close, sum, count, first_at, last_at from bar where indicator_id = "
                                + indicator.id(),
                        row -> String.join(
                                " ",
                                row.getString(1),
                                row.getString(2),
                                row.getObject(3, OffsetDateTime.class)
                                        .toInstant()
                                        .toString(),
                                plain(row.getBigDecimal(4)),
                                plain(row.getBigDecimal(5)),
                                plain(row.getBigDecimal(6)),
                                plain(row.getBigDecimal(7)),
                                plain(row.getBigDecimal(8)),
                                row.getString(9),
                                row.getObject(10, OffsetDateTime.class)
                                        .toInstant()
                                        .toString(),
                                row.getObject(11, OffsetDateTime.class)
                                        .toInstant()
                                        .toString()))
                .stream()
                .sorted()
                .toList();
    }

    // ---- expected rows

    private static Instant start(String interval, Row row) {
        LocalDate day = row.day;
        if (CLOCK.containsKey(interval)) {
            OffsetDateTime local = row.at.atOffset(WIB);
            int minutes = CLOCK.get(interval);
            int minute = (local.getHour() * 60 + local.getMinute()) / minutes * minutes;
            return local.toLocalDate().atTime(minute / 60, minute % 60).toInstant(WIB);
        }
        switch (interval) {
            case "1w":
                while (day.getDayOfWeek() != DayOfWeek.MONDAY) {
                    day = day.minusDays(1);
                }
                break;
            case "1mo":
                day = LocalDate.of(day.getYear(), day.getMonth(), 1);
                break;
            case "1q":
                day = LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1);
                break;
            case "1y":
                day = LocalDate.of(day.getYear(), 1, 1);
                break;
            default:
                break;
        }
        return day.atStartOfDay().toInstant(WIB);
    }

    /** The rows of each bar, oldest first. */
    private static Map<Instant, List<Row>> groups(List<Row> rows, String measure, String interval) {
        Map<Instant, List<Row>> groups = new TreeMap<>();
        for (Row row : rows) {
            if (!row.quality.equals("suspect") && row.number(measure) != null) {
                groups.computeIfAbsent(start(interval, row), key -> new ArrayList<>())
                        .add(row);
            }
        }
        return groups;
    }

    private static List<String> naiveBars(List<Row> rows) {
        List<String> bars = new ArrayList<>();
        for (String measure : List.of("value", "changePercent")) {
            for (String interval : List.of("1h", "2h", "4h", "12h", "1d", "1w", "1mo", "1q", "1y")) {
                groups(rows, measure, interval).forEach((start, group) -> {
                    BigDecimal high = group.get(0).number(measure);
                    BigDecimal low = high;
                    BigDecimal sum = BigDecimal.ZERO;
                    int count = 0;
                    for (Row row : group) {
                        BigDecimal number = row.number(measure);
                        high = number.compareTo(high) > 0 ? number : high;
                        low = number.compareTo(low) < 0 ? number : low;
                        if (!row.implied()) {
                            sum = sum.add(number);
                            count++;
                        }
                    }
                    // a day with a stale page may be observed after the instant of the next day's implied close: then
                    // the later day's close counts
                    List<Row> byDay = new ArrayList<>(group);
                    if (!CLOCK.containsKey(interval)) {
                        byDay.sort(Comparator.comparing((Row row) -> row.day).thenComparing(row -> row.at));
                    }
                    Row first = byDay.get(0);
                    Row last = byDay.get(byDay.size() - 1);
                    bars.add(String.join(
                            " ",
                            measure,
                            interval,
                            start.toString(),
                            plain(first.number(measure)),
                            plain(high),
                            plain(low),
                            plain(last.number(measure)),
                            plain(sum),
                            String.valueOf(count),
                            group.get(0).at.toString(),
                            group.get(group.size() - 1).at.toString()));
                });
            }
        }
        Collections.sort(bars);
        return bars;
    }

    private static boolean same(BigDecimal a, BigDecimal b) {
        return a == null || b == null ? a == b : a.compareTo(b) == 0;
    }

    /** Assigns trading days by the rule of the lag, from the numbers and times alone. */
    private static List<String> naiveDays(List<Row> rows, TradingCalendar calendar) {
        List<String> days = new ArrayList<>();
        Row before = null;
        LocalDate dayBefore = null;
        for (Row row : rows) {
            if (row.implied()) {
                continue;
            }
            LocalDate day = calendar.tradingDayAt(row.at);
            boolean repeats = before != null
                    && same(before.value, row.value)
                    && same(before.change, row.change)
                    && same(before.percent, row.percent)
                    && row.value != null
                    && row.percent != null
                    && row.change != null
                    && row.change.signum() != 0;
            if (repeats
                    && !"market-closed".equals(row.reason)
                    && dayBefore.isBefore(day)
                    && !calendar.tradingDayAt(before.at).isBefore(calendar.previousTradingDay(day))) {
                day = dayBefore;
            }
            days.add(row.at + " " + day);
            if (row.trusted()) {
                before = row;
                dayBefore = day;
            }
        }
        return days;
    }

    private static List<String> naiveImplied(List<Row> rows, TradingCalendar calendar) {
        List<String> implied = new ArrayList<>();
        if (rows.isEmpty()) {
            return implied;
        }
        for (LocalDate day = LocalDate.parse("2024-01-01");
                day.isBefore(LocalDate.parse("2027-01-01"));
                day = day.plusDays(1)) {
            if (!calendar.isTradingDay(day)) {
                continue;
            }
            LocalDate next = calendar.nextTradingDay(day);
            Instant assigned = day.atTime(16, 15).toInstant(WIB);
            boolean own = false;
            boolean taken = false;
            Row statement = null;
            for (Row row : rows) {
                own |= row.trusted() && row.value != null && row.day.equals(day);
                taken |= !row.implied() && row.at.equals(assigned);
                if (statement == null
                        && row.trusted()
                        && row.capture != null
                        && row.previous != null
                        && row.day.equals(next)) {
                    statement = row;
                }
            }
            if (!own && !taken && statement != null) {
                implied.add(assigned + " " + day + " " + plain(statement.previous) + " " + statement.capture);
            }
        }
        return implied;
    }

    private void assertRight(String what, boolean checkToo) {
        if (checkToo) {
            List<String> recorded = everything();
            LongerBars.migrateAgain(dataSource);
            assertThat(everything()).as("migrated bars, " + what).containsExactlyInAnyOrderElementsOf(recorded);
        }
        for (String code : CODES) {
            Indicator indicator = indicator(code);
            TradingCalendar calendar = calendars.of(indicator.kind());
            List<Row> rows = rows(indicator);
            String name = what + ", " + code;
            assertThat(rows.stream().filter(row -> !row.implied()).map(row -> row.at + " " + row.day))
                    .as("trading days, " + name)
                    .containsExactlyElementsOf(naiveDays(rows, calendar));
            assertThat(rows.stream()
                            .filter(Row::implied)
                            .map(row -> row.at + " " + row.day + " " + plain(row.value) + " " + row.capture))
                    .as("implied closes, " + name)
                    .containsExactlyElementsOf(naiveImplied(rows, calendar));
            assertThat(storedBars(indicator)).as("bars, " + name).containsExactlyElementsOf(naiveBars(rows));
            if (checkToo) {
                assertThat(rebuild.check(indicator)).as("check, " + name).matches(Rebuild.Outcome::isClean);
            }
        }
    }

    private List<String> everything() {
        List<String> all = new ArrayList<>();
        for (String code : CODES) {
            Indicator indicator = indicator(code);
            rows(indicator)
                    .forEach(row -> all.add(code + " " + row.at + " " + row.day + " " + row.quality + " " + row.capture
                            + " " + (row.value == null ? null : plain(row.value)) + " "
                            + (row.previous == null ? null : plain(row.previous))));
            storedBars(indicator).forEach(bar -> all.add(code + " " + bar));
        }
        return all;
    }

    private boolean anySuspectByClosedMarket() {
        return query("select 1 from observation where reason = 'market-closed' limit 1", row -> 1)
                        .size()
                == 1;
    }

    // ---- the tests

    /** One seed; all of them in the profile slow. */
    private static LongStream seeds() {
        return Boolean.getBoolean("detak.thorough") ? LongStream.of(2, 4, 6, 7, 9, 11, 12, 14) : LongStream.of(14);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void derivedDataIsIndependentOfTheOrderOfArrival(long seed) {
        List<Sheet> sheets = sheets(seed);
        Random random = new Random(~seed);

        sheets.forEach(this::take);
        assertRight("in order, seed " + seed, true);
        List<String> inOrder = everything();
        boolean orderMatters = anySuspectByClosedMarket() || seed % 2 != 0;
        assertThat(seed % 2 == 0 && anySuspectByClosedMarket())
                .as("a calm one, seed " + seed)
                .isFalse();

        empty();
        List<Sheet> shuffled = new ArrayList<>(sheets);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(this::take);
        assertRight("shuffled, seed " + seed, true);
        if (!orderMatters) {
            assertThat(everything()).as("shuffled as in order, seed " + seed).isEqualTo(inOrder);
        }

        empty();
        List<Sheet> mixed = new ArrayList<>(sheets);
        mixed.addAll(sheets);
        for (Sheet sheet : sheets) {
            if (random.nextInt(6) == 0) {
                mixed.add(new Sheet(sheet.at, sheets.get(random.nextInt(sheets.size())).page));
            }
        }
        Collections.shuffle(mixed, random);
        mixed.forEach(this::take);
        assertRight("each twice and some otherwise, seed " + seed, true);

        mixed.forEach(this::take);
        assertRight("all of it once more, seed " + seed, true);
        System.out.printf(
                Locale.ROOT,
                "RandomSeriesTest: seed %d, %d pages in order, %d shuffled, %d repeated or changed%n",
                seed,
                sheets.size(),
                shuffled.size(),
                2 * mixed.size());
    }

    /** Checks after each page, so that temporary errors are found, too. */
    @ParameterizedTest
    @ValueSource(longs = {8, 13})
    void afterEachPage(long seed) {
        List<Sheet> shuffled = new ArrayList<>(sheets(seed));
        Collections.shuffle(shuffled, new Random(seed));
        int n = 0;
        for (Sheet sheet : shuffled) {
            take(sheet);
            assertRight("seed " + seed + " after page " + ++n + " of " + sheet.at, false);
        }
    }

    /** The last page is recorded late. The numbers imply Wednesday's close, or no close for the currency pair. */
    @ParameterizedTest
    @CsvSource({
        "LQ45 831 -12;11 -1;44%, 2026-11-23T16:10 2026-11-24T10:00 2026-11-26T10:00 2026-11-25T10:00",
        "USD/IDR 16.900 45;00 0;27%, 2026-11-23T15:00 2026-11-25T10:00 2026-11-24T10:00"
    })
    void lateStalePageMovesLaterRepeatsToItsDay(String item, String moments) {
        for (String at : moments.split(" ")) {
            take(new Sheet(OffsetDateTime.parse(at + ":00+07:00").toInstant(), Pages.strip(item.replace(';', ','))));
        }
        assertRight(item, true);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 10})
    void checkFindsChangedRowsAndRebuildRepairsThem(long seed) {
        sheets(seed).forEach(this::take);
        Indicator indicator = indicator("LQ45");
        String of = " where indicator_id = " + indicator.id();
        String implied = of + " and quality = 'implied'";
        List<String> right = everything();
        for (String sql : List.of(
                "update bar set high = high + 1" + of + " and interval = '1d' and measure = 'value'",
                "update bar set count = count + 1" + of + " and interval = '1h'",
                "update bar set sum = sum - 1" + of + " and interval = '1mo'",
                "update bar set last_at = last_at + interval '1 second'" + of + " and interval = '1w'",
                "delete from bar" + of + " and interval = '1w'",
                "update bar set low = low - 1" + of + " and interval = '4h'",
                "update bar set close = close + 1" + of + " and interval = '1y'",
                "update bar set start = start + interval '700 days'" + of + " and interval = '1h'",
                "update observation set trading_day = trading_day - 1" + of + " and quality = 'ok'",
                "update observation set trading_day = trading_day + 1" + of + " and quality = 'suspect'",
                "delete from observation" + implied,
                "update observation set value = value + 1" + implied,
                "update observation set observed_at = observed_at + interval '1 second'" + implied,
                "update observation set trading_day = trading_day + 1" + implied)) {
            int touched = execute(sql);
            String name = sql + ", seed " + seed;
            if (touched == 0 && sql.contains("suspect")) {
                continue; // not every seed has one
            }
            assertThat(touched).as(name).isPositive();
            assertThat(rebuild.check(indicator).isClean()).as("found: " + name).isFalse();
            rebuild.rebuild(indicator);
            assertThat(rebuild.check(indicator).isClean()).as("mended: " + name).isTrue();
            assertThat(everything()).as(name).isEqualTo(right);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 15})
    void historyIncludesEveryBarThatOverlapsTheRange(long seed) throws Exception {
        sheets(seed).forEach(this::take);
        Random random = new Random(seed * 31);
        for (int n = 0; n < 12; n++) {
            Indicator indicator = indicator(CODES.get(random.nextInt(CODES.size())));
            String measure = indicator.hasLevel() && random.nextBoolean() ? "value" : "changePercent";
            List<Row> rows = rows(indicator);
            End a = End.random(rows, random);
            End b = End.random(rows, random);
            if (a.from().isAfter(b.until())) {
                End swap = a;
                a = b;
                b = swap;
            }
            if (a.from().isAfter(b.until())) {
                continue;
            }
            String range = "measure=" + measure + (random.nextInt(6) == 0 ? "" : "&from=" + a.word());
            boolean open = !range.contains("from");
            End from = open ? new End(Instant.parse("2000-01-01T00:00:00Z"), LocalDate.parse("2000-01-01")) : a;
            range += "&to=" + b.word();
            Map<String, Integer> points = new TreeMap<>();
            for (String interval : INTERVALS) {
                String name = indicator.code() + " " + interval + " " + range + ", seed " + seed;
                JsonNode answer = JSON.readTree(history(indicator, range + "&maxPoints=100000&interval=" + interval)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
                points.put(interval, answer.get("points").get("t").size());
                assertThat(points(answer, interval))
                        .as(name)
                        .containsExactlyElementsOf(expected(rows, measure, interval, from, b));
            }
            for (int most : new int[] {
                1,
                2,
                points.get("1d") + 1,
                points.get("15m"),
                points.get("1h"),
                points.get("1h") + 1,
                points.get("4h"),
                points.get("12h") - 1,
                points.get("1q"),
                points.get("raw") - 1,
                points.get("raw")
            }) {
                if (most < 1) {
                    continue;
                }
                String finest = INTERVALS.stream()
                        .filter(interval -> points.get(interval) <= most)
                        .findFirst()
                        .orElse(null);
                Response answer = history(indicator, range + "&maxPoints=" + most);
                assertThat(answer.statusCode() == 200 ? answer.jsonPath().getString("interval") : null)
                        .as(indicator.code() + " auto " + most + " of " + points + " " + range + ", seed " + seed)
                        .isEqualTo(finest);
            }
        }
    }

    private static Response history(Indicator indicator, String query) {
        return RestAssured.given()
                .urlEncodingEnabled(false)
                .get("/api/v1/indicators/" + indicator.code().replace("/", "") + "/history?" + query);
    }

    /** An end of a range: an instant, or a day. */
    private record End(Instant instant, LocalDate day) {

        static End random(List<Row> rows, Random random) {
            Instant at = rows.get(random.nextInt(rows.size())).at;
            if (random.nextInt(3) == 0) {
                return new End(null, at.atOffset(WIB).toLocalDate().plusDays(random.nextInt(5) - 2));
            }
            return switch (random.nextInt(4)) {
                case 0 -> new End(at, null);
                case 1 -> new End(at.plus(1, ChronoUnit.MICROS), null);
                case 2 -> new End(at.minus(1, ChronoUnit.MICROS), null);
                default -> new End(at.plus(Duration.ofMinutes(random.nextInt(4000) - 2000)), null);
            };
        }

        Instant from() {
            return instant != null ? instant : day.atStartOfDay().toInstant(WIB);
        }

        Instant until() {
            return instant != null
                    ? instant
                    : day.plusDays(1).atStartOfDay().toInstant(WIB).minus(1, ChronoUnit.MICROS);
        }

        String word() {
            return instant != null ? instant.toString() : day.toString();
        }
    }

    /** Raw points list suspect numbers separately, and their close is null. */
    private static List<String> points(JsonNode answer, String interval) {
        JsonNode points = answer.get("points");
        Map<Long, BigDecimal> suspects = new HashMap<>();
        answer.path("suspect")
                .forEach(suspect -> suspects.put(
                        suspect.get("t").longValue(), suspect.get("number").decimalValue()));
        List<String> all = new ArrayList<>();
        for (int i = 0; i < points.get("t").size(); i++) {
            JsonNode known = points.get("close").get(i);
            String close = known.isNull()
                    ? "suspect " + plain(suspects.get(points.get("t").get(i).longValue()))
                    : plain(known.decimalValue());
            String count = points.get("count").get(i).asText();
            all.add(points.get("t").get(i).asText() + " "
                    + (interval.equals("raw")
                            ? close
                            : String.join(
                                    " ",
                                    plain(points.get("open").get(i).decimalValue()),
                                    plain(points.get("high").get(i).decimalValue()),
                                    plain(points.get("low").get(i).decimalValue()),
                                    close))
                    + " " + count);
        }
        return all;
    }

    /**
     * A range of instants includes every bar that overlaps it. A range of dates selects trading days where bars consist
     * of them, and a week or month by any of its days.
     */
    private static List<String> expected(List<Row> rows, String measure, String interval, End from, End to) {
        List<String> all = new ArrayList<>();
        if (interval.equals("raw")) {
            for (Row row : rows) {
                if (row.number(measure) != null && !row.at.isBefore(from.from()) && !row.at.isAfter(to.until())) {
                    all.add(row.at.toEpochMilli() + " "
                            + (row.quality.equals("suspect") ? "suspect " : "")
                            + plain(row.number(measure)) + " " + (row.implied() ? 0 : 1));
                }
            }
            return all;
        }
        boolean byDay = !CLOCK.containsKey(interval);
        groups(rows, measure, interval).forEach((start, group) -> {
            LocalDate first = start.atOffset(WIB).toLocalDate();
            LocalDate last =
                    switch (interval) {
                        case "1w" -> first.plusDays(6);
                        case "1mo" -> first.plusMonths(1).minusDays(1);
                        case "1q" -> first.plusMonths(3).minusDays(1);
                        case "1y" -> first.plusYears(1).minusDays(1);
                        default -> first;
                    };
            boolean notTooEarly = byDay && from.day != null
                    ? !last.isBefore(from.day)
                    : !group.get(group.size() - 1).at.isBefore(from.from());
            boolean notTooLate = byDay && to.day != null
                    ? !first.isAfter(to.day)
                    : !group.get(0).at.isAfter(to.until());
            boolean holdsOne = group.stream()
                    .anyMatch(row -> (byDay && from.day != null
                                    ? !row.day.isBefore(from.day)
                                    : !row.at.isBefore(from.from()))
                            && (byDay && to.day != null ? !row.day.isAfter(to.day) : !row.at.isAfter(to.until())));
            assertThat(!holdsOne || notTooEarly && notTooLate).isTrue();
            if (notTooEarly && notTooLate) {
                List<BigDecimal> numbers = group.stream()
                        .map(row -> row.number(measure))
                        .filter(Objects::nonNull)
                        .sorted()
                        .toList();
                all.add(start.toEpochMilli() + " " + plain(group.get(0).number(measure)) + " "
                        + plain(numbers.get(numbers.size() - 1)) + " " + plain(numbers.get(0)) + " "
                        + plain(group.get(group.size() - 1).number(measure)) + " "
                        + group.stream().filter(row -> !row.implied()).count());
            }
        });
        return all;
    }
}
