package id.detak.series;

import static id.detak.testsupport.ExactDecimals.decimal;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import id.detak.series.csv.CsvImport;
import id.detak.series.csv.ImportReport;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API in a JVM whose default locale does not write 0 to 9. */
@QuarkusTest
class ArabicDigitsTest {

    private static final Locale DEFAULT = Locale.getDefault();
    private static final String CSV = """
            code,observed_at,value,change
            LQ45,2026-11-23T10:00:00+07:00,831.00,-12.11
            LQ45,2026-11-23T10:01:00+07:00,832.00,-11.11
            """;

    @Inject
    DataSource dataSource;

    @Inject
    CsvImport csvImport;

    @BeforeEach
    void useArabicDigits() {
        TestDatabase.empty(dataSource);
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        assertThat("%d".formatted(1)).isEqualTo("\u0661");
    }

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(DEFAULT);
        TestDatabase.empty(dataSource);
    }

    private static void post(String at, String strip) {
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType("text/plain; charset=utf-8")
                .queryParam("observedAt", at)
                .body(Pages.strip(strip).getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/captures")
                .then()
                .statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "raw",
                "1h",
                "1d",
                "1w",
                "1mo",
                "auto",
                "raw&transform=change",
                "1d&transform=percentChange",
                "1d&transform=pc1"
            })
    void historyAnswers(String interval) {
        post("2026-11-23T10:00:00+07:00", "LQ45 831,00 -12,11 -1,44%");
        given().urlEncodingEnabled(false)
                .get("/api/v1/indicators/LQ45/history?interval=" + interval)
                .then()
                .statusCode(200)
                .body(
                        "points.t",
                        hasSize(interval.startsWith("1mo") ? 1 : 2)); // includes the implied close of the day before
        given().urlEncodingEnabled(false)
                .get("/api/v1/indicators/LQ45/history.csv?interval=" + interval)
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/latest",
                "/api/v1/indicators",
                "/api/v1/indicators/LQ45/observations",
                "/api/v1/indicators/LQ45/sessions?days=2",
                "/api/v1/changes",
                "/api/v1/compare?codes=LQ45,LQ45",
                "/api/v1/compare.csv?codes=LQ45",
                "/api/v1/alerts",
                "/api/v1/rules",
                "/"
            })
    void everyResponseIsOk(String path) {
        post("2026-11-23T10:00:00+07:00", "LQ45 831,00 -12,11 -1,44%");
        String body = given().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(body).doesNotContainPattern("[\u0660-\u0669]");
    }

    @Test
    void importsStoreRowsAndConflicts() throws IOException {
        assertThat(load(CSV)).isEqualTo("read 2, new 2, same 0, conflicting 0, refused 0");
        assertThat(load(CSV.replace("832.00", "833.00"))).isEqualTo("read 2, new 0, same 1, conflicting 1, refused 0");
        given().get("/api/v1/indicators/LQ45/history?interval=raw")
                .then()
                .statusCode(200)
                .body("points.t", hasSize(2))
                .body("conflicts.value", hasItem(decimal("833.00")))
                .body("points.count", equalTo(List.of(1, 1)));
    }

    private String load(String csv) throws IOException {
        List<String> refused = new ArrayList<>();
        return csvImport
                .run("rows.csv", new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), new ImportReport() {
                    @Override
                    public void row(long line, String reason) {
                        refused.add(reason);
                    }

                    @Override
                    public void progress(long bytes) {
                        // not shown
                    }
                })
                .summary();
    }
}
