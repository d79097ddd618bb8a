package id.detak.series.history;

import static id.detak.testsupport.ExactDecimals.decimal;
import static id.detak.testsupport.ExactDecimals.decimals;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import id.detak.series.RecordCounts;
import id.detak.series.csv.CsvImport;
import id.detak.series.csv.ImportReport;
import id.detak.testsupport.AllRowsTaken;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes, comparisons, plain series and CSV over HTTP, on rows whose results can be calculated by hand. */
@QuarkusTest
class DerivedSeriesTest {

    private static final String ROWS = """
            code,observed_at,value,change,change_percent,quality
            LQ45,2025-11-24T10:00:00+07:00,800,,,unchecked
            LQ45,2025-12-30T10:00:00+07:00,1000,,,unchecked
            LQ45,2026-11-16T10:00:00+07:00,500,,,unchecked
            LQ45,2026-11-20T10:00:00+07:00,700,,,unchecked
            LQ45,2026-11-20T15:00:00+07:00,690,,,unchecked
            LQ45,2026-11-20T15:30:00+07:00,1,,,suspect
            LQ45,2026-11-23T10:00:00+07:00,720,,,unchecked
            LQ45,2026-11-23T11:00:00+07:00,750,,,unchecked
            EMAS,2026-11-20T10:00:00+07:00,2000000,,0.00,unchecked
            EMAS,2026-11-21T10:00:00+07:00,2100000,,5.00,unchecked
            RD.SAHAM,2026-11-19T20:00:00+07:00,,,10.00,unchecked
            RD.SAHAM,2026-11-20T20:00:00+07:00,,,-50.00,unchecked
            """;

    @Inject
    CsvImport csvImport;

    @Inject
    DataSource dataSource;

    @Inject
    CachedChanges changes;

    @BeforeEach
    void takeRows() throws IOException {
        TestDatabase.empty(dataSource);
        RecordCounts tally = csvImport.run(
                "rows", new ByteArrayInputStream(ROWS.getBytes(StandardCharsets.UTF_8)), new AllRowsTaken());
        assertThat(tally.created()).isEqualTo(12);
    }

    private static ValidatableResponse history(String code, String query) {
        return given().urlEncodingEnabled(false)
                .get("/api/v1/indicators/" + code + "/history?" + query)
                .then()
                .statusCode(200);
    }

    @Test
    void changesAreCalculatedAgainOnlyAfterAWrite() throws IOException {
        List<Changes.Item> before = changes.now();
        assertThat(changes.now()).isSameAs(before);
        csvImport.run(
                "rows",
                new ByteArrayInputStream("code,observed_at,value\nLQ45,2026-11-24T10:00:00+07:00,760\n"
                        .getBytes(StandardCharsets.UTF_8)),
                new AllRowsTaken());
        assertThat(before.get(0).value()).isEqualByComparingTo("750");
        assertThat(changes.now().get(0).value()).isEqualByComparingTo("760");
    }

    @Test
    void aFundHasNoValue() throws IOException {
        List<String> refused = new ArrayList<>();
        RecordCounts counts = csvImport.run(
                "rows",
                new ByteArrayInputStream(
                        "code,observed_at,value,change_percent\nRD.SAHAM,2026-11-24T20:00:00+07:00,1234.56,0.05\n"
                                .getBytes(StandardCharsets.UTF_8)),
                new ImportReport() {
                    @Override
                    public void row(long line, String reason) {
                        refused.add(reason);
                    }

                    @Override
                    public void progress(long bytes) {
                        // not needed
                    }
                });
        assertThat(counts.created()).isZero();
        assertThat(refused).containsExactly("value: RD.SAHAM is a fund, which has only change_percent");
    }

    @Test
    void changesStartFromTheLastCloseBeforeTheWindow() {
        given().get("/api/v1/changes")
                .then()
                .statusCode(200)
                .body("items.code", contains("LQ45", "EMAS", "RD.SAHAM"))
                .body("items[0].tradingDay", equalTo("2026-11-23"))
                .body("items[0].value", equalTo(750))
                .body("items[0].changes.'1d'.fromDay", equalTo("2026-11-20"))
                .body("items[0].changes.'1d'.changePercent", equalTo(decimal("8.6957")))
                .body("items[0].changes.'1w'.fromDay", equalTo("2026-11-16"))
                .body("items[0].changes.'1w'.changePercent", equalTo(decimal("50.0000")))
                .body("items[0].changes.'1mo'", nullValue())
                .body("items[0].missing.'1mo'", equalTo("gap"))
                .body("items[0].changes.ytd.changePercent", equalTo(decimal("-25.0000")))
                .body("items[0].changes.'1y'", nullValue())
                .body("items[0].missing.'1y'", equalTo("too-short"))
                .body("items[0].missing", not(hasKey("1d")))
                .body("items[0].changes.all.fromDay", equalTo("2025-11-24"))
                .body("items[0].high52w.value", equalTo(1000))
                .body("items[0].high52w.distancePercent", equalTo(decimal("-25.0000")))
                .body("items[0].low52w.value", equalTo(500))
                .body("items[0].low52w.day", equalTo("2026-11-16"))
                .body("items[0].maxDrawdown.percent", equalTo(decimal("-50.0000")))
                .body("items[0].maxDrawdown.peakDay", equalTo("2025-12-30"))
                .body("items[0].maxDrawdown.troughDay", equalTo("2026-11-16"))
                .body("items[1].maxDrawdown.peakDay", nullValue())
                .body("items[2].measure", equalTo("returnIndex"))
                .body("items[2].value", equalTo(decimal("55.000000")))
                .body("items[2].changes.'1d'.changePercent", equalTo(decimal("-50.0000")));
    }

    private void rows(String... rows) throws IOException {
        TestDatabase.empty(dataSource);
        String csv = "code,observed_at,value,change,change_percent,quality\n" + String.join("\n", rows) + "\n";
        RecordCounts tally = csvImport.run(
                "rows", new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), new AllRowsTaken());
        assertThat(tally.created()).isEqualTo(rows.length);
    }

    /** The latest day is Wednesday, 25 November 2026; LQ45 trades from Monday to Friday. */
    @ParameterizedTest
    @CsvSource({
        "1d, 2026-11-24, true",
        "1d, 2026-11-23, false",
        "1w, 2026-11-18, true",
        "1w, 2026-11-13, true", // three trading days before the 18th, over a weekend
        "1w, 2026-11-12, false",
        "1w, 2026-04-20, false",
        "1mo, 2026-10-16, true", // Saturday the 25th of October would be the start: Friday the 23rd and a week more
        "1mo, 2026-10-15, false",
        "3mo, 2026-08-18, true",
        "3mo, 2026-08-14, false",
        "ytd, 2025-12-23, true",
        "ytd, 2025-12-19, false",
        "1y, 2025-11-18, true",
        "1y, 2025-11-17, false",
        "all, 2019-01-02, true",
    })
    void muchOlderBasesAreNotUsed(String window, String base, boolean counts) throws IOException {
        rows("LQ45," + base + "T10:00:00+07:00,800,,,unchecked", "LQ45,2026-11-25T10:00:00+07:00,840,,,unchecked");
        JsonPath item = given().get("/api/v1/changes").jsonPath().setRootPath("items[0]");
        assertThat(item.getString("changes.'" + window + "'?.fromDay")).isEqualTo(counts ? base : null);
        assertThat(item.getString("missing.'" + window + "'")).isEqualTo(counts ? null : "gap");
    }

    @Test
    void theAverageOfAWeekCountsEachTradingDayOnce() throws IOException {
        rows(
                "LQ45,2026-11-16T10:00:00+07:00,100,,,unchecked",
                "LQ45,2026-11-17T10:00:00+07:00,102,,,unchecked",
                "LQ45,2026-11-17T10:05:00+07:00,102,,,unchecked",
                "LQ45,2026-11-17T10:10:00+07:00,102,,,unchecked",
                "LQ45,2026-11-24T10:00:00+07:00,103,,,unchecked",
                "LQ45,2026-11-24T10:10:00+07:00,105,,,unchecked");
        history("LQ45", "interval=1w&aggregate=average")
                .body("points.close", equalTo(List.of(101, 104)))
                .body("points.count", equalTo(List.of(4, 2)));
        history("LQ45", "interval=1mo&aggregate=average").body("points.close", equalTo(List.of(102)));
        history("LQ45", "interval=1w&aggregate=average&transform=change&from=2026-11-23")
                .body("points.close", equalTo(List.of(3)));
        history("LQ45", "interval=1d&aggregate=average").body("points.close", equalTo(List.of(100, 102, 104)));
        rows(
                "RD.SAHAM,2026-11-17T20:00:00+07:00,,,10.00,unchecked",
                "RD.SAHAM,2026-11-17T21:00:00+07:00,,,10.00,unchecked",
                "RD.SAHAM,2026-11-18T20:00:00+07:00,,,10.00,unchecked");
        history("RD.SAHAM", "measure=returnIndex&interval=1w&aggregate=average")
                .body("points.close", equalTo(decimals("110.3333333333333")));
    }

    @Test
    void comparisonStartsAt100OnTheFirstCommonDay() {
        given().get("/api/v1/compare?codes=LQ45,EMAS,RD.SAHAM")
                .then()
                .statusCode(200)
                .body("start", equalTo("2026-11-20"))
                .body("t", equalTo(List.of(1795107600000L, 1795194000000L, 1795366800000L)))
                .body("items[0].close", equalTo(decimals("100.000000", null, "108.695652")))
                .body("items[1].close", equalTo(decimals("100.000000", "105.000000", null)))
                .body("items[2].startValue", equalTo(decimal("55.000000")));
    }

    @Test
    void invalidComparisonsAreRejected() {
        given().get("/api/v1/compare?codes=LQ45,NOPE").then().statusCode(404);
        given().get("/api/v1/compare").then().statusCode(400);
        given().get("/api/v1/compare?codes=LQ45&interval=1h").then().statusCode(400);
    }

    @Test
    void plainSeriesHasOneNumberPerBar() {
        history("LQ45", "interval=1d&from=2026-11-20&aggregate=average")
                .body("points.close", contains(695, 735))
                .body("aggregate", equalTo("average"));
        history("LQ45", "interval=1d&from=2026-11-20&aggregate=first").body("points.close", contains(700, 720));
        history("LQ45", "interval=1d&from=2026-11-20&aggregate=last").body("points.close", contains(690, 750));
        history("LQ45", "interval=1w&aggregate=minimum&from=2026-11-16").body("points.close", contains(500, 720));
        history("LQ45", "interval=1w&aggregate=maximum&from=2026-11-16").body("points.close", contains(700, 750));
    }

    @Test
    void transformsLookBackBeyondTheRange() {
        history("LQ45", "interval=1d&from=2026-11-20&transform=change")
                .body("points.close", contains(190, 60))
                .body("unit", equalTo("points"));
        history("LQ45", "interval=1d&from=2026-11-20&transform=pch")
                .body("points.close", equalTo(decimals("38.0000", "8.6957")))
                .body("unit", equalTo("percent"));
        history("LQ45", "interval=1d&from=2026-11-23&transform=percentChangeFromYearAgo")
                .body("points.close", contains(nullValue()));
        history("LQ45", "interval=1mo&from=2026-11-01&transform=percentChangeFromYearAgo")
                .body("points.close", equalTo(decimals("-6.2500")));
        history("LQ45", "interval=1d&to=2025-11-30&transform=log")
                .body("points.close", equalTo(decimals("6.6846117277")));
        history("LQ45", "interval=raw&from=2026-11-20&transform=change")
                .body("points.close", equalTo(Arrays.asList(200, -10, null, 30, 30)));
    }

    @Test
    void returnIndexCanBeGroupedByWeek() {
        history("RD.SAHAM", "measure=returnIndex&interval=1w")
                .body("points.open", equalTo(decimals("100.000000")))
                .body("points.high", equalTo(decimals("110.000000")))
                .body("points.low", equalTo(decimals("55.000000")))
                .body("points.close", equalTo(decimals("55.000000")))
                .body("points.count", contains(2));
    }

    @Test
    void instantRangeIncludesTheBarsAtItsEdges() {
        history("LQ45", "interval=1d&from=2026-11-20T14:00:00%2B07:00&to=2026-11-23T10:30:00%2B07:00")
                .body("points.t", hasSize(2));
        history("LQ45", "interval=1h&from=2026-11-20T10:00:00%2B07:00&to=2026-11-20T15:00:00%2B07:00")
                .body("points.t", hasSize(2));
        history("LQ45", "interval=1w&from=2026-11-23&to=2026-11-23")
                .body("points.t", hasSize(1))
                .body("points.open", hasItem(720));
    }

    @Test
    void csvByAcceptAndByEnding() {
        String rows = given().accept("text/csv")
                .get("/api/v1/indicators/LQ45/history?interval=raw&from=2026-11-23")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .extract()
                .asString();
        assertThat(rows).isEqualTo("""
                code,observed_at,value,change,change_percent,quality,trading_day,open,high,low
                LQ45,2026-11-23T10:00:00+07:00,720,,,unchecked,2026-11-23,,,
                LQ45,2026-11-23T11:00:00+07:00,750,,,unchecked,2026-11-23,,,
                """);
        assertThat(given().get("/api/v1/indicators/LQ45/history.csv?interval=raw&from=2026-11-23&maxPoints=5")
                        .asString())
                .isEqualTo(rows);
        assertThat(given().get("/api/v1/indicators/LQ45/history.csv?interval=1mo&from=2026-11-01")
                        .asString())
                .isEqualTo("""
                code,start,open,high,low,close,count
                LQ45,2026-11-01T00:00+07:00,500,750,500,750,5
                """);
        given().accept("text/html")
                .get("/api/v1/indicators/LQ45/history")
                .then()
                .statusCode(406);
    }

    @Test
    void streamedRowsHaveAnEntityTag() {
        String path = "/api/v1/indicators/LQ45/history.csv?interval=raw";
        String tag = given().get(path).then().statusCode(200).extract().header("ETag");
        given().header("If-None-Match", tag).get(path).then().statusCode(304);
    }

    @Test
    void closedRangesAreCacheableAndOpenOnesAreRevalidated() {
        assertThat(given().get("/api/v1/indicators/LQ45/history?to=2025-12-31").header("Cache-Control"))
                .isEqualTo("max-age=3600, immutable");
        assertThat(given().get("/api/v1/indicators/LQ45/history?from=2025-12-31")
                        .header("Cache-Control"))
                .isEqualTo("no-cache");
        assertThat(given().get("/api/v1/indicators/LQ45/history?to=P1Y").header("Cache-Control"))
                .isEqualTo("no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"transform=double", "aggregate=median", "aggregate=last&interval=raw", "interval=1s"})
    void unsupportedParametersAreExplained(String query) {
        given().get("/api/v1/indicators/LQ45/history?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }
}
