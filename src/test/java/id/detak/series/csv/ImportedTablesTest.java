package id.detak.series.csv;

import static id.detak.testsupport.ExactDecimals.decimals;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.platform.RejectedException;
import id.detak.series.Rebuild;
import id.detak.series.table.TableOptions;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables of other programs become observations and bars. */
@QuarkusTest
class ImportedTablesTest {

    @Inject
    CsvImport csvImport;

    @Inject
    CsvExport csvExport;

    @Inject
    FileImports imports;

    @Inject
    Indicators indicators;

    @Inject
    Rebuild rebuild;

    @Inject
    DataSource dataSource;

    private final List<String> complaints = new ArrayList<>();

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    @AfterEach
    void barsAgreeWithObservations() {
        all().forEach(indicator ->
                assertThat(rebuild.check(indicator)).as(indicator.code()).matches(Rebuild.Outcome::isClean));
        TestDatabase.empty(dataSource);
    }

    @Transactional
    List<Indicator> all() {
        return indicators.all();
    }

    private static TableOptions code(String code) {
        return TableOptions.of(code, null, null, null, null, null, true);
    }

    private ImportResult run(String name, InputStream in, TableOptions options, boolean dryRun) {
        try {
            return csvImport.run(
                    new ImportRequest(name, in, options, "test", dryRun),
                    (line, reason) -> complaints.add(line + ": " + reason));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ImportResult text(String content, TableOptions options) {
        return run("rows.csv", new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), options, false);
    }

    private ImportResult fixture(String name, TableOptions options) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/tables/" + name)) {
            return run(name, in, options, false);
        }
    }

    private String exported() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        csvExport.all(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static ValidatableResponse days(String code) {
        return given().get("/api/v1/indicators/" + code + "/history?interval=1d")
                .then()
                .statusCode(200);
    }

    @Test
    void daysBecomeTheirOwnBars() throws IOException {
        ImportResult result = fixture("investing.csv", code("LQ45"));
        assertThat(result.counts().summary()).isEqualTo("read 3, new 3, same 0, conflicting 0, refused 0");
        assertThat(complaints).isEmpty();
        days("LQ45")
                .body("points.open", equalTo(decimals("941.20", "940.00", "923.50")))
                .body("points.high", equalTo(decimals("1002.50", "945.77", "925.12")))
                .body("points.low", equalTo(decimals("939.90", "930.02", "895.40")))
                .body("points.close", equalTo(decimals("944.09", "934.16", "898.78")))
                .body("points.count", equalTo(List.of(1, 1, 1)));
        assertThat(exported())
                .contains("LQ45,2021-03-02T16:00:00+07:00,898.78,,-2.68,unchecked,2021-03-02,923.50,925.12,895.40\n");
    }

    @Test
    void whatWasSeenThatDayIsMerged() throws IOException {
        String seen = """
                code,observed_at,value,change,change_percent,quality
                LQ45,2021-03-02T09:30:00+07:00,928.00,,,ok
                LQ45,2021-03-02T15:55:00+07:00,897.00,,,ok
                """;
        text(seen, TableOptions.NONE);
        fixture("investing.csv", code("LQ45"));
        days("LQ45")
                .body("points.open[2]", equalTo(decimals("923.50").get(0)))
                .body("points.high[2]", equalTo(decimals("928.00").get(0)))
                .body("points.low[2]", equalTo(decimals("895.40").get(0)))
                .body("points.close[2]", equalTo(decimals("898.78").get(0)))
                .body("points.count[2]", equalTo(3));
    }

    @Test
    void anExportKeepsTheBarsOfDays() throws IOException {
        fixture("investing.csv", code("LQ45"));
        fixture("yahoo.csv", code("IHSG"));
        String first = exported();
        TestDatabase.empty(dataSource);
        ImportResult again = text(first, TableOptions.NONE);
        assertThat(again.counts().refused()).isZero();
        assertThat(exported()).isEqualTo(first);
        days("LQ45").body("points.high", equalTo(decimals("1002.50", "945.77", "925.12")));
    }

    @Test
    void aDateIsTheCloseOfItsTradingDay() {
        text("date,close\n2021-03-01,923.50\n2021-03-02,898.78\n", code("lq45"));
        text("date,change %\n2021-03-01,0.05\n2021-03-02,0.03\n", code("RD.SAHAM"));
        days("LQ45").body("points.close", equalTo(decimals("923.50", "898.78")));
        given().get("/api/v1/indicators/RD.SAHAM/observations")
                .then()
                .statusCode(200)
                .body("items.tradingDay", equalTo(List.of("2021-03-02", "2021-03-01")))
                .body("items.observedAt[0]", equalTo("2021-03-02T23:59:59+07:00"));
    }

    @Test
    void itsOwnDaysAreReadBack() throws IOException {
        fixture("investing.csv", code("LQ45"));
        String bars =
                given().get("/api/v1/indicators/LQ45/history.csv?interval=1d").asString();
        TestDatabase.empty(dataSource);
        ImportResult result = text(bars, TableOptions.NONE);
        assertThat(result.profile()).isEqualTo("detak-bars");
        assertThat(given().get("/api/v1/indicators/LQ45/history.csv?interval=1d")
                        .asString())
                .isEqualTo(bars);
    }

    @Test
    void rowsOfAnExportAtMidnightAreCloses() throws IOException {
        ImportResult result = text("""
                \uFEFF"Code","OBSERVED_AT","Value"
                IHSG,2021-03-01T00:00:00+07:00,6338.51
                IHSG,2021-03-02T00:00:00+07:00,6359.21
                IHSG,2021-03-06T00:00:00+07:00,6359.21
                """, TableOptions.NONE);
        assertThat(result.notes())
                .containsExactly("all rows stand at 00:00: each is taken as the close of its trading day");
        assertThat(complaints)
                .containsExactly("4: 2021-03-06 was no trading day of IDX by Detak's calendar, so it has no close");
        assertThat(exported())
                .contains("IDX,2021-03-01T16:00:00+07:00,6338.51,", "IDX,2021-03-02T16:00:00+07:00,6359.21,");
    }

    @Test
    void midnightAmongTimesIsATime() throws IOException {
        text("""
                code,observed_at,value
                EMAS,2021-03-01T00:00:00+07:00,938000
                EMAS,2021-03-01T09:00:00+07:00,938000
                """, TableOptions.NONE);
        assertThat(exported()).contains("EMAS,2021-03-01T00:00:00+07:00,938000,");
    }

    @Test
    void onlyKnownIndicesOfASummaryAreTaken() throws IOException {
        ImportResult result = fixture("index-summary-20210302.csv", TableOptions.NONE);
        assertThat(result.counts().created()).isEqualTo(2);
        assertThat(result.notes()).contains("JII is no indicator and was left out; name it to import it");
        assertThat(fixture("index-summary-20210302.csv", code("JII")).counts().created())
                .isEqualTo(1);
    }

    @Test
    void aDryRunStoresNothing() throws IOException {
        fixture("investing.csv", code("LQ45"));
        String before = exported();
        ImportResult result = run(
                "rows.csv",
                new ByteArrayInputStream(
                        "code,date,close\nLQ45,2021-03-02,898.78\nLQ45,2021-02-26,1\nLQ45,2021-03-03,899\nNEW,2021-03-03,5\nLQ45,x,1\n"
                                .getBytes(StandardCharsets.UTF_8)),
                TableOptions.NONE,
                true);
        assertThat(result.id()).isNull();
        assertThat(result.counts().summary()).isEqualTo("read 4, new 2, same 0, conflicting 2, refused 1");
        assertThat(result.newCodes()).containsExactly("NEW");
        assertThat(result.first()).hasSize(4);
        assertThat(result.doubtful()).isEqualTo(1);
        assertThat(exported()).isEqualTo(before);
        assertThat(all()).noneMatch(indicator -> indicator.code().equals("NEW"));
        assertThat(imports.before(Integer.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void anImportIsListedWithItsComplaints() {
        ImportResult result = text("date,close\n2021-03-01,923.50\n2021-03-02,x\n", code("LQ45"));
        FileImport listed = imports.find(result.id()).orElseThrow();
        assertThat(listed.file()).isEqualTo("rows.csv");
        assertThat(listed.profile()).isEqualTo("csv");
        assertThat(listed.counts().summary()).isEqualTo("read 1, new 1, same 0, conflicting 0, refused 1");
        assertThat(listed.complaints()).containsExactly("3: value 'x' is no number with '.' as decimal mark");
        assertThat(listed.finishedAt()).isNotNull();
    }

    @Test
    void aFileThatLeavesSomethingOpenIsNoImport() {
        assertThatThrownBy(() -> text("date,close\n2021-03-01,923.50\n", TableOptions.NONE))
                .isInstanceOf(RejectedException.class);
        assertThat(imports.before(Integer.MAX_VALUE, 10)).isEmpty();
    }
}
