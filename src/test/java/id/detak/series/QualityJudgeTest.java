package id.detak.series;

import static id.detak.testsupport.ExactDecimals.decimal;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import id.detak.capture.Via;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.intake.Arrival;
import id.detak.intake.Intake;
import id.detak.series.csv.CsvImport;
import id.detak.testsupport.AllRowsTaken;
import id.detak.testsupport.LongerBars;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quotes are checked against those before them. 23 November 2026 is a Monday. */
@QuarkusTest
class QualityJudgeTest {

    private static final ZoneOffset WIB = ZoneOffset.ofHours(7);

    @Inject
    Intake intake;

    @Inject
    Indicators indicators;

    @Inject
    Rebuild rebuild;

    @Inject
    Calendars calendars;

    @Inject
    CsvImport csvImport;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    /** A page, with the time of its observation. */
    private record Sheet(Instant at, List<String> items) {

        /** Parses "2026-11-23T10:00 LQ45 831 -12,11 -1,44%". */
        static Sheet of(String line) {
            String[] parts = line.split(" ", 2);
            return new Sheet(OffsetDateTime.parse(parts[0] + ":00+07:00").toInstant(), List.of(parts[1]));
        }
    }

    private void take(Sheet sheet) {
        intake.take(new Arrival(
                "test",
                Via.IMPORT,
                null,
                sheet.at,
                null,
                null,
                new Arrival.Page(Pages.strip(String.join("\n  • ", sheet.items)))));
    }

    private List<String> query(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> read = new ArrayList<>();
            while (rows.next()) {
                read.add(rows.getString(1));
            }
            return read;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Quality and reason of each observation, in chronological order. */
    private List<String> verdicts() {
        return query(
                "select quality || coalesce(' ' || reason, '') from observation where quality <> 'implied' order by observed_at");
    }

    private static Arguments story(String name, String expected, String... lines) {
        return Arguments.of(name, Arrays.asList(expected.split(", ")), List.of(lines));
    }

    static Stream<Arguments> stories() {
        return Stream.of(
                story(
                        "the sign was lost, the close of the day before is stored",
                        "ok, suspect wrong-sign, ok",
                        "2026-11-20T16:10 IDX 7.172,59 10,00 0,14%",
                        "2026-11-23T10:00 IDX 7.166 6,59 0,09%",
                        "2026-11-23T10:05 IDX 7.166 -6,59 -0,09%"),
                story(
                        "the sign was lost within the day",
                        "ok, suspect wrong-sign, ok",
                        "2026-11-23T10:00 IDX 7.166 -66,59 -0,92%",
                        "2026-11-23T10:05 IDX 7.165 67,59 0,95%",
                        "2026-11-23T10:10 IDX 7.165 -67,59 -0,93%"),
                story(
                        "a currency pair has its sign turned round mostly",
                        "ok, ok",
                        "2026-11-20T15:00 USD/IDR 16.200 0,00 0,00%",
                        "2026-11-23T10:00 USD/IDR 16.146 54,00 0,33%"),
                story(
                        "the last poll of the day missed its last move",
                        "ok, ok",
                        "2026-11-20T15:00 IDX 7.172,59 10,00 0,14%",
                        "2026-11-23T10:00 IDX 7.100,00 -50,00 -0,70%"),
                story(
                        "three digits are missing",
                        "unchecked, suspect implausible, unchecked",
                        "2026-11-23T17:10 EMAS 1.451.000 0,00%",
                        "2026-11-24T09:00 EMAS 1.451 0,00%",
                        "2026-11-24T09:05 EMAS 1.451.000 0,00%"),
                story(
                        "a digit is missing",
                        "ok, suspect implausible, ok",
                        "2026-11-20T16:10 LQ45 898,78 -24,72 -2,68%",
                        "2026-11-23T10:00 LQ45 90,00 -2.54%",
                        "2026-11-23T10:05 LQ45 896,53 -2,25 -0,25%"),
                story(
                        "the first digit is missing, the percent denies it",
                        "unchecked, suspect implausible",
                        "2026-11-23T17:10 EMAS 1.451.000 0,00%",
                        "2026-11-24T09:00 EMAS 451.000 0,00%"),
                story(
                        "the percent is far from the stored close",
                        "unchecked, suspect contradicts-close, unchecked",
                        "2026-11-23T17:10 EMAS 1.451.000 0,00%",
                        "2026-11-24T09:00 EMAS 1.451.000 12,00%",
                        "2026-11-24T09:05 EMAS 1.451.000 0,00%"),
                story(
                        "the strip still shows the day before",
                        "unchecked, unchecked",
                        "2026-11-23T12:00 EMAS 1.319.000 -7,00%",
                        "2026-11-24T08:45 EMAS 1.318.000 -7,07%"),
                story(
                        "a crash that the page explains",
                        "ok, ok, ok",
                        "2026-11-20T16:10 LQ45 900,00 0,00 0,00%",
                        "2026-11-23T10:00 LQ45 550,00 -350,00 -38,89%",
                        "2026-11-23T10:05 LQ45 880,00 -20,00 -2,22%"),
                story(
                        "a jump without numbers of the page",
                        "unchecked, suspect implausible",
                        "2026-11-23T10:00 LQ45 900,00",
                        "2026-11-23T10:05 LQ45 550,00"),
                story(
                        "years between two captures",
                        "unchecked, unchecked",
                        "2021-03-02T09:30 EMAS 919.000 0,00%",
                        "2026-11-23T10:00 EMAS 2.319.000 0,00%"),
                story(
                        "gold by the half gram",
                        "unchecked, suspect implausible, suspect implausible, unchecked level-changed, unchecked",
                        "2026-11-23T17:10 EMAS 1.451.000 0,00%",
                        "2026-11-24T09:00 EMAS 725.500 0,00%",
                        "2026-11-24T09:05 EMAS 725.500 0,00%",
                        "2026-11-24T09:10 EMAS 726.000 0,07%",
                        "2026-11-24T09:15 EMAS 726.000 0,07%"),
                story(
                        "numbers that agree with each other, but not with the stored close",
                        "ok, suspect contradicts-close, ok",
                        "2026-11-23T16:30 LQ45 717,50 -2,50 -0,35%",
                        "2026-11-24T10:00 LQ45 500,00 -12,00 -2,34%",
                        "2026-11-25T10:00 LQ45 717,50 0,00 0,00%"),
                story(
                        "the numbers of another index",
                        "ok, suspect contradicts-close, ok",
                        "2026-11-23T16:30 IDX80 130,00 -1,00 -0,76%",
                        "2026-11-24T10:00 IDX80 104,00 1,00 0,97%",
                        "2026-11-24T10:05 IDX80 121,00 -9,00 -6,92%"),
                story(
                        "a percent that lost its sign",
                        "unchecked, suspect wrong-sign, unchecked",
                        "2026-11-23T17:10 EMAS 1.451.000 0,00%",
                        "2026-11-24T09:00 EMAS 1.421.980 2,00%",
                        "2026-11-24T09:05 EMAS 1.421.980 -2,00%"),
                story(
                        "the purity of gold as its price",
                        "unchecked, suspect implausible, suspect implausible, suspect implausible, unchecked",
                        "2026-11-23T17:10 EMAS 1.101.800 0,00%",
                        "2026-11-24T09:00 EMAS 24",
                        "2026-11-24T09:05 EMAS 24",
                        "2026-11-24T09:10 EMAS 24",
                        "2026-11-24T09:15 EMAS 1.101.900 0,01%"),
                story(
                        "a misprint that stays for hours",
                        "unchecked, suspect implausible, suspect implausible, suspect implausible, suspect implausible, unchecked",
                        "2026-11-23T17:10 EMAS 1.451.000 0,00%",
                        "2026-11-24T09:00 EMAS 1.451 0,00%",
                        "2026-11-24T09:05 EMAS 1.451 0,00%",
                        "2026-11-24T09:10 EMAS 1.451 0,00%",
                        "2026-11-24T09:15 EMAS 1.451 0,00%",
                        "2026-11-24T09:20 EMAS 1.452.000 0,07%"),
                story(
                        "a tenth that stands the next day, too",
                        "unchecked, suspect implausible, suspect implausible, suspect implausible, unchecked level-changed",
                        "2026-11-23T17:10 EMAS 1.451.000 0,00%",
                        "2026-11-24T09:00 EMAS 145.000 0,00%",
                        "2026-11-24T09:05 EMAS 145.100 0,07%",
                        "2026-11-24T09:10 EMAS 145.100 0,07%",
                        "2026-11-25T09:10 EMAS 145.200 0,07%"),
                story(
                        "the close of the day before was missed, and the strip lags before a crash",
                        "ok, ok, ok, ok",
                        "2026-11-23T16:20 LQ45 831,20 -12,00 -1,42%",
                        "2026-11-24T15:55 LQ45 831,00 -0,20 -0,02%",
                        "2026-11-25T09:01 LQ45 833,00 1,80 0,22%",
                        "2026-11-25T09:30 LQ45 805,00 -28,00 -3,36%"),
                story(
                        "the level does not stay",
                        "unchecked, suspect implausible, suspect implausible, unchecked, suspect implausible",
                        "2026-11-23T17:10 EMAS 1.451.000 0,00%",
                        "2026-11-24T09:00 EMAS 725.500 0,00%",
                        "2026-11-24T09:05 EMAS 725.500 0,00%",
                        "2026-11-24T09:10 EMAS 1.451.000 0,00%",
                        "2026-11-24T09:15 EMAS 725.500 0,00%"),
                story(
                        "test data within the hour of grace",
                        "ok, suspect no-trading-day, suspect no-trading-day, ok, ok",
                        "2026-11-23T16:10 IDX 7.166 -66,59 -0,92%",
                        "2026-11-23T16:40 IDX 6.364 -802,00 -11,19%",
                        "2026-11-23T16:45 IDX 6.364 -802,00 -11,19%",
                        "2026-11-23T16:50 IDX 7.165 -67,59 -0,93%",
                        "2026-11-24T09:10 IDX 7.155 -10,00 -0,14%"),
                story(
                        "test data on a holiday",
                        "ok, suspect market-closed, ok",
                        "2025-03-27T17:10 IDX 6.510 38,26 0,59%",
                        "2025-04-07T10:00 IDX 5.764 -746,00 -11,46%",
                        "2025-04-07T12:00 IDX 6.510 38,26 0,59%"),
                story(
                        "gold has a new day on a Sunday",
                        "ok, suspect no-trading-day, ok",
                        "2026-11-21T10:00 EMAS 1.451.000 1.000 0,07%",
                        "2026-11-22T10:00 EMAS 1.400.000 -51.000 -3,51%",
                        "2026-11-23T10:00 EMAS 1.400.000 -51.000 -3,51%"),
                story(
                        "gold has a new day on a Sunday, by its percent alone",
                        "unchecked, suspect no-trading-day, unchecked",
                        "2026-11-21T10:00 EMAS 1.451.000 0,07%",
                        "2026-11-22T10:00 EMAS 1.400.000 -3,51%",
                        "2026-11-23T10:00 EMAS 1.400.000 -3,51%"),
                story(
                        "the first number of the day while the strip lagged",
                        "ok, ok",
                        "2026-11-23T09:01 IDX 7.166 -66,59 -0,92%",
                        "2026-11-23T09:06 IDX 7.150 -16,00 -0,22%"),
                story(
                        "a fund that stands still",
                        "unchecked, unchecked, unchecked, unchecked, unchecked, suspect frozen, suspect frozen, unchecked",
                        "2026-11-16T18:00 RD.SAHAM 0,35%",
                        "2026-11-17T18:00 RD.SAHAM 0,35%",
                        "2026-11-18T18:00 RD.SAHAM 0,35%",
                        "2026-11-19T18:00 RD.SAHAM 0,35%",
                        "2026-11-20T18:00 RD.SAHAM 0,35%",
                        "2026-11-23T18:00 RD.SAHAM 0,35%",
                        "2026-11-24T18:00 RD.SAHAM 0,35%",
                        "2026-11-25T08:00 RD.SAHAM 0,36%"),
                story("its own numbers disagree", "suspect check-failed", "2026-11-16T10:00 LQ45 831 -12,11 -4,44%"),
                story("no fund moves as much in a day", "suspect implausible", "2026-11-16T18:00 RD.SAHAM 535,00%"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void eachQuoteIsJudgedByThoseBeforeIt(String name, List<String> expected, List<String> lines) {
        lines.forEach(line -> take(Sheet.of(line)));
        assertThat(verdicts()).isEqualTo(expected);
        List<String> latestFirst = new ArrayList<>(lines);
        Collections.reverse(latestFirst);
        empty();
        latestFirst.forEach(line -> take(Sheet.of(line)));
        assertThat(verdicts()).as("recorded in reverse").isEqualTo(expected);
        assertClean();
    }

    private void assertClean() {
        LongerBars.migrateAgain(dataSource);
        for (Indicator indicator : QuarkusTransaction.requiringNew().call(indicators::all)) {
            assertThat(rebuild.check(indicator)).as(indicator.code()).matches(Rebuild.Outcome::isClean);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void rowsWithoutQualityAreJudgedTheSame(String name, List<String> expected, List<String> lines) throws IOException {
        lines.forEach(line -> take(Sheet.of(line)));
        List<String> rows = query(
                "select i.code || ',' || to_char(observed_at at time zone 'Asia/Jakarta', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+07:00\"')"
                        + " || ',' || coalesce(value::text, '') || ',' || coalesce(change::text, '') || ',' || coalesce(change_percent::text, '')"
                        + " from observation o join indicator i on i.id = o.indicator_id where quality <> 'implied' order by observed_at");
        empty();
        importRows(rows);
        assertThat(verdicts()).isEqualTo(expected);
        empty();
        // the middle of the file is stored already
        importRows(rows.subList(rows.size() / 2, rows.size() / 2 + 1));
        importRows(rows);
        assertThat(verdicts()).hasSameSizeAs(expected);
    }

    private void importRows(List<String> rows) throws IOException {
        csvImport.run(
                "rows.csv",
                new ByteArrayInputStream(("code,observed_at,value,change,change_percent\n" + String.join("\n", rows))
                        .getBytes(StandardCharsets.UTF_8)),
                new AllRowsTaken());
    }

    @Test
    void barsStartOverOnTheNewLevel() {
        Stream.of(
                        "2026-11-23T17:10 EMAS 1.451.000 0,00%",
                        "2026-11-24T09:00 EMAS 1.452.000 0,07%",
                        "2026-11-24T09:05 EMAS 726.000 0,07%",
                        "2026-11-24T09:10 EMAS 726.000 0,07%",
                        "2026-11-24T09:15 EMAS 726.000 0,07%",
                        "2026-11-24T09:20 EMAS 727.000 0,21%",
                        "2026-11-25T09:20 EMAS 728.000 0,14%")
                .forEach(line -> take(Sheet.of(line)));
        assertThat(
                        query(
                                "select interval || ' ' || open || ' ' || high || ' ' || low || ' ' || close || ' ' || count from bar where measure = 'value' order by interval, start"))
                .containsExactly(
                        "12h 1451000 1451000 1451000 1451000 1",
                        "12h 726000 727000 726000 727000 2",
                        "12h 728000 728000 728000 728000 1",
                        "1d 1451000 1451000 1451000 1451000 1",
                        "1d 726000 727000 726000 727000 2",
                        "1d 728000 728000 728000 728000 1",
                        "1h 1451000 1451000 1451000 1451000 1",
                        "1h 726000 727000 726000 727000 2",
                        "1h 728000 728000 728000 728000 1",
                        "1mo 726000 728000 726000 728000 3",
                        "1q 726000 728000 726000 728000 3",
                        "1w 726000 728000 726000 728000 3",
                        "1y 726000 728000 726000 728000 3",
                        "2h 1451000 1451000 1451000 1451000 1",
                        "2h 726000 727000 726000 727000 2",
                        "2h 728000 728000 728000 728000 1",
                        "4h 1451000 1451000 1451000 1451000 1",
                        "4h 726000 727000 726000 727000 2",
                        "4h 728000 728000 728000 728000 1");
        given().get("/api/v1/indicators/EMAS/history?interval=15m&from=2026-11-24")
                .then()
                .body("points.open", contains(1452000, 726000, 728000));
        given().get("/api/v1/indicators/EMAS/history?interval=30m&from=2026-11-24")
                .then()
                .body("points.open", contains(726000, 728000))
                .body("points.high", contains(727000, 728000))
                .body("points.count", contains(2, 1));
    }

    @Test
    void lateEarlierDayStaysOutOfTheBarsOfTheNewLevel() throws IOException {
        List<String> lines = List.of(
                "2026-11-16T17:10 EMAS 1.451.000 0,00%",
                "2026-11-20T09:05 EMAS 726.000 0,07%",
                "2026-11-20T09:10 EMAS 726.000 0,07%",
                "2026-11-20T09:15 EMAS 726.000 0,07%");
        lines.forEach(line -> take(Sheet.of(line)));
        take(Sheet.of("2026-11-17T17:10 EMAS 1.452.000 0,07%"));
        importRows(List.of("EMAS,2026-11-18T10:00:00+07:00,1453000,,"));
        assertThat(query("select interval || ' ' || open || ' ' || high || ' ' || count from bar"
                        + " where measure = 'value' and interval in ('1w', '1mo') order by interval"))
                .containsExactly("1mo 726000 726000 1", "1w 726000 726000 1");
        assertClean();
    }

    @Test
    void calculationsStartOverOnTheNewLevel() {
        Stream.of(
                        "2026-11-23T17:10 EMAS 1.451.000 0,00%",
                        "2026-11-24T09:05 EMAS 726.000 0,07%",
                        "2026-11-24T09:10 EMAS 726.000 0,07%",
                        "2026-11-24T09:15 EMAS 726.000 0,07%",
                        "2026-11-24T17:15 EMAS 727.000 0,21%",
                        "2026-11-25T09:20 EMAS 728.000 0,14%")
                .forEach(line -> take(Sheet.of(line)));
        long changed =
                OffsetDateTime.parse("2026-11-24T09:15:00+07:00").toInstant().toEpochMilli();
        given().get("/api/v1/latest").then().body("items[0].levelChangedAt", equalTo("2026-11-24T09:15:00+07:00"));
        given().get("/api/v1/changes")
                .then()
                .body("items[0].changes.1d.fromValue", equalTo(727000))
                .body("items[0].changes.all.fromDay", equalTo("2026-11-24"))
                .body("items[0].changes.1w", nullValue())
                .body("items[0].missing.1w", equalTo("level-changed"))
                .body("items[0].high52w.value", equalTo(728000))
                .body("items[0].maxDrawdown.percent", equalTo(decimal("0.0000")));
        given().get("/api/v1/compare?codes=EMAS").then().body("start", equalTo("2026-11-24"));
        given().get("/api/v1/indicators/EMAS/history?interval=1d&transform=percentChange")
                .then()
                .body("levelChanges", equalTo(List.of(changed)))
                .body("points.close", hasSize(3))
                .body("points.close[1]", nullValue())
                .body("points.close[2]", equalTo(decimal("0.1376")));
        given().get("/api/v1/indicators/EMAS/history?interval=raw&transform=change")
                .then()
                .body("points.close[3]", nullValue())
                .body("points.close[4]", equalTo(1000));
        given().get("/api/v1/indicators/EMAS/history?interval=1w&aggregate=average")
                .then()
                .body("points.close[0]", equalTo(727250));
        given().get("/api/v1/indicators/EMAS/history?from=2026-11-25").then().body("levelChanges", nullValue());
        given().header("Accept-Language", "en")
                .get("/observations/EMAS")
                .then()
                .body(containsString("level changed"))
                .body(containsString("The jump is implausibly large. This number is not trusted."));
        given().header("Accept-Language", "id").get("/").then().body(containsString("skala berubah"));
    }

    @Test
    void theReturnIndexDoesNotCompoundAFrozenPercent() {
        Stream.of("16", "17", "18", "19", "20", "23", "24")
                .forEach(day -> take(Sheet.of("2026-11-" + day + "T18:00 RD.SAHAM 1,00%")));
        take(Sheet.of("2026-11-25T08:00 RD.SAHAM 0,50%"));
        given().get("/api/v1/indicators/RD.SAHAM/history?interval=1d&measure=returnIndex")
                .then()
                .body("points.close", hasSize(8))
                .body("points.close[5]", equalTo(decimal("105.101005")))
                .body("points.close[6]", nullValue())
                .body("points.close[7]", equalTo(decimal("105.626510")));
    }

    // ---- the order of recording

    private static final List<String> CODES = List.of("LQ45", "IDX", "EMAS", "USD/IDR", "RD.SAHAM");
    private static final List<String> TIMES = List.of(
            "08:31", "08:59", "09:01", "09:30", "10:00", "10:05", "10:10", "11:59", "14:30", "15:58", "16:10", "16:40",
            "16:50", "17:05", "18:00", "23:00");

    /** True numbers with misprints between them, some of which stay. */
    private static List<Sheet> sheets(Random random) {
        LocalDate first = LocalDate.of(2025, 3, 19);
        Map<String, BigDecimal> closes = new TreeMap<>(Map.of(
                "LQ45", new BigDecimal("900.00"),
                "IDX", new BigDecimal("7100.00"),
                "EMAS", new BigDecimal("1451000"),
                "USD/IDR", new BigDecimal("16200.00"),
                "RD.SAHAM", new BigDecimal("0.35")));
        Map<String, BigDecimal> values = new TreeMap<>(closes);
        Map<String, Integer> divisors = new TreeMap<>();
        List<Sheet> sheets = new ArrayList<>();
        for (int d = 0; d < 24; d++) {
            if (random.nextInt(5) == 0) {
                continue;
            }
            List<String> times = new ArrayList<>(TIMES);
            Collections.shuffle(times, random);
            closes.putAll(values);
            for (String time :
                    times.subList(0, 2 + random.nextInt(6)).stream().sorted().toList()) {
                List<String> items = new ArrayList<>();
                for (String code : CODES) {
                    if (random.nextInt(3) > 0 && !code.equals("RD.SAHAM") || random.nextInt(30) == 0) {
                        values.put(code, moved(values.get(code), random));
                    }
                    if (random.nextInt(40) == 0) {
                        divisors.put(code, random.nextBoolean() ? 1 : 2 + random.nextInt(2) * 8);
                    }
                    if (random.nextInt(10) > 0) {
                        items.add(
                                item(code, values.get(code), closes.get(code), divisors.getOrDefault(code, 1), random));
                    }
                }
                if (!items.isEmpty()) {
                    sheets.add(new Sheet(
                            first.plusDays(d).atTime(LocalTime.parse(time)).toInstant(WIB), items));
                }
            }
        }
        return sheets;
    }

    private static BigDecimal moved(BigDecimal value, Random random) {
        return value.multiply(BigDecimal.valueOf(980 + random.nextInt(41), 3))
                .setScale(value.scale(), RoundingMode.HALF_UP);
    }

    private static String item(String code, BigDecimal now, BigDecimal before, int divisor, Random random) {
        if (code.equals("RD.SAHAM")) {
            return code + " " + format(now) + "%";
        }
        BigDecimal value = now.divide(BigDecimal.valueOf(divisor), now.scale(), RoundingMode.HALF_UP);
        BigDecimal close = before.divide(BigDecimal.valueOf(divisor), now.scale(), RoundingMode.HALF_UP);
        BigDecimal change = value.subtract(close);
        int misprint = random.nextInt(24);
        if (misprint == 0) {
            value = value.divide(BigDecimal.TEN, now.scale(), RoundingMode.HALF_UP);
        }
        if (misprint == 1) {
            change = change.negate();
        }
        if (misprint == 2) {
            change = value.negate().divide(BigDecimal.valueOf(8), now.scale(), RoundingMode.HALF_UP);
        }
        BigDecimal previous = value.subtract(change);
        BigDecimal percent = change.multiply(BigDecimal.valueOf(misprint == 3 ? 500 : 100))
                .divide(previous, 2, RoundingMode.HALF_UP);
        boolean bare = code.equals("EMAS") || misprint == 4;
        return code + " " + format(value) + (bare ? "" : " " + format(change)) + " " + format(percent) + "%";
    }

    private static String format(BigDecimal number) {
        return String.format(Locale.ROOT, "%,." + number.scale() + "f", number)
                .replace(',', ';')
                .replace('.', ',')
                .replace(';', '.');
    }

    private String stored() {
        return Stream.of(
                        "select cast(row(indicator_id, observed_at, value, change, change_percent, previous_close, quality, reason, trading_day) as text) from observation order by indicator_id, observed_at",
                        "select cast(row(indicator_id, measure, interval, start, open, high, low, close, count, first_at, last_at) as text) from bar order by indicator_id, measure, interval, start",
                        "select cast(row(indicator_id, trading_day, stated, observed_at) as text) from close_difference order by 1")
                .flatMap(sql -> query(sql).stream())
                .collect(Collectors.joining("\n"));
    }

    static LongStream seeds() {
        return Boolean.getBoolean("detak.thorough") ? LongStream.of(1, 2, 3, 5) : LongStream.of(1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameQuotesAreSuspectInAnyOrderOfRecording(long seed) {
        Random random = new Random(seed);
        List<Sheet> sheets = sheets(random);
        sheets.forEach(this::take);
        String inOrder = stored();
        assertThat(inOrder).contains("implausible");
        assertClean();
        for (int i = 0; i < 2; i++) {
            List<Sheet> shuffled = new ArrayList<>(sheets);
            Collections.shuffle(shuffled, random);
            empty();
            shuffled.forEach(this::take);
            assertThat(stored()).as("seed " + seed + ", shuffle " + i).isEqualTo(inOrder);
        }
    }

    private record Poll(String source, Sheet sheet) {

        boolean isOf(String other) {
            return source.equals(other);
        }
    }

    /**
     * Polls of the source front, whose numbers lag, and of kontan, which is configured first but starts later. Front
     * has another label for LQ45.
     */
    private static List<Poll> polls(Random random) {
        List<Sheet> sheets = sheets(random);
        List<Poll> polls = new ArrayList<>();
        for (int i = 1; i < sheets.size(); i++) {
            Sheet sheet = sheets.get(i);
            Set<String> codes = sheet.items.stream().map(QualityJudgeTest::code).collect(Collectors.toSet());
            List<String> lagging = sheets.get(i - 1).items.stream()
                    .filter(item -> codes.contains(code(item)))
                    .map(item -> item.replace("LQ45", "EMPATLIMA"))
                    .toList();
            polls.add(new Poll("front", new Sheet(sheet.at.plusSeconds(30), lagging)));
            if (i > 12) {
                polls.add(new Poll("kontan", sheet));
            }
        }
        polls.removeIf(poll -> poll.sheet.items.isEmpty());
        return polls;
    }

    private static String code(String item) {
        return item.substring(0, item.indexOf(' '));
    }

    private void poll(Poll poll) {
        intake.take(new Arrival(
                poll.source,
                Via.POLL,
                null,
                poll.sheet.at,
                null,
                null,
                new Arrival.Page(Pages.strip(String.join("\n  • ", poll.sheet.items)))));
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType("application/json");
    }

    private static void voidAt(Instant at) {
        admin().body("{\"reason\":\"wrong\"}")
                .put("/api/v1/indicators/LQ45/observations/" + at + "/void")
                .then()
                .statusCode(200);
    }

    private static int merge() {
        return admin().body("{\"into\":\"LQ45\"}")
                .post("/api/v1/indicators/EMPATLIMA/merge")
                .then()
                .statusCode(200)
                .extract()
                .path("moved");
    }

    /** Polls of LQ45 by kontan, each on a day with others. */
    private List<Instant> toVoid(List<Poll> polls, Random random) {
        Map<LocalDate, List<Instant>> byDay = polls.stream()
                .filter(poll -> poll.isOf("kontan")
                        && poll.sheet.items.stream().anyMatch(item -> code(item).equals("LQ45")))
                .map(poll -> poll.sheet.at)
                .collect(Collectors.groupingBy(
                        at -> calendars.exchange().tradingDayAt(at), TreeMap::new, Collectors.toList()));
        List<Instant> several = byDay.values().stream()
                .filter(day -> day.size() > 1)
                .map(day -> day.get(random.nextInt(day.size())))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(several, random);
        return several.subList(0, 2);
    }

    private String led() {
        return stored()
                + query(
                        "select cast(row(indicator_id, source, observed_at, value, change_percent) as text) from other_observation order by indicator_id, source, observed_at")
                + query("select cast(row(id, source) as text) from indicator where source is not null order by id")
                + query("select cast(observed_at as text) from observation_superseded order by 1");
    }

    /** The merge and the voids happen at random times, too. */
    @ParameterizedTest
    @ValueSource(longs = {1})
    void sameQuotesAreSuspectAfterVoidsMergesAndTakeovers(long seed) {
        Random random = new Random(seed);
        List<Poll> polls = polls(random);
        List<Instant> wrong = toVoid(polls, random);
        admin().body("{\"label\":\"EMPATLIMA\"}").post("/api/v1/labels").then().statusCode(201);
        merge();
        polls.forEach(this::poll);
        wrong.forEach(QualityJudgeTest::voidAt);
        String inOrder = led();
        assertThat(inOrder).contains("implausible");
        assertThat(
                        query(
                                "select distinct c.source from observation o join capture c on c.id = o.capture_id where o.indicator_id = 1 order by 1"))
                .containsExactly("front", "kontan");
        assertThat(query("select observed_at from other_observation where indicator_id = 1"))
                .isNotEmpty();
        assertClean();

        empty();
        admin().body("{\"label\":\"EMPATLIMA\"}").post("/api/v1/labels").then().statusCode(201);
        Collections.shuffle(polls, random);
        int merged = polls.size() / 3 + random.nextInt(polls.size() / 3);
        Set<Instant> due = new HashSet<>(wrong);
        for (int i = 0; i < polls.size(); i++) {
            if (i == merged) {
                assertThat(merge()).isPositive();
            }
            Poll poll = polls.get(i);
            poll(poll);
            if (poll.isOf("kontan") && due.remove(poll.sheet.at)) {
                voidAt(poll.sheet.at);
            }
        }
        assertThat(led()).as("seed " + seed).isEqualTo(inOrder);
        assertClean();
    }
}
