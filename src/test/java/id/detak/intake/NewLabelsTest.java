package id.detak.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import id.detak.capture.Via;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.series.RecordCounts;
import id.detak.series.csv.CsvImport;
import id.detak.series.csv.ImportReport;
import id.detak.series.history.TimeRange;
import id.detak.testsupport.AllRowsTaken;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The conditions under which a new label becomes an indicator. 25 November 2026 is a Wednesday. */
@QuarkusTest
class NewLabelsTest {

    private static final TimeRange EVERYTHING = TimeRange.parse(null, null, Instant.MAX);

    @Inject
    Intake intake;

    @Inject
    Indicators indicators;

    @Inject
    CsvImport csvImport;

    @Inject
    Reparse reparse;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    private IntakeResult take(Via via, String source, String time, String strip) {
        return intake.take(new Arrival(
                source,
                via,
                null,
                OffsetDateTime.parse("2026-11-25T" + time + "+07:00").toInstant(),
                null,
                null,
                new Arrival.Page(strip)));
    }

    private static String strip(String item) {
        return Pages.strip("LQ45 900,00 -10,00 -1,10%\n  • " + item);
    }

    private List<String> codes() {
        return QuarkusTransaction.requiringNew().call(() -> indicators.all().stream()
                .filter(Indicator::isDiscovered)
                .map(Indicator::code)
                .toList());
    }

    private static List<String> recorded(IntakeResult result) {
        return result.recorded().stream().map(r -> r.indicator().code()).toList();
    }

    @Test
    void thirdPollMakesALabelAnIndicator() {
        IntakeResult first = take(Via.POLL, "kontan", "09:30:00", strip("JIBOR 6,10 0,05%"));
        assertThat(recorded(first)).containsExactly("LQ45");
        assertThat(first.capture().unknown()).containsExactly("JIBOR 6.10 0.05%");
        assertThat(first.summary()).isEqualTo("read 1, new 1, same 0, conflicting 0, refused 1");
        // the same capture again does not count twice
        take(Via.POLL, "kontan", "09:30:00", strip("JIBOR 6,10 0,05%"));
        take(Via.POLL, "kontan", "09:35:00", Pages.strip("LQ45 901,00 -9,00 -0,99%"));
        // numbers of another source do not count
        take(Via.POLL, "front", "09:36:00", Pages.strip("JIBOR 6,10 0,05%"));
        take(Via.POLL, "front", "09:37:00", Pages.strip("JIBOR 6,10 0,05%"));
        assertThat(recorded(take(Via.POLL, "kontan", "09:40:00", strip("JIBOR 6,11 0,16%"))))
                .containsExactly("LQ45");
        assertThat(codes()).isEmpty();
        given().get("/api/v1/labels")
                .then()
                .body("items.find { it.source == 'kontan' }.label", equalTo("JIBOR"))
                .body("items.find { it.source == 'kontan' }.seen", equalTo(2))
                .body("items.find { it.source == 'kontan' }.needed", equalTo(3))
                .body("items.find { it.source == 'kontan' }.refused", equalTo(false));

        IntakeResult third = take(Via.POLL, "kontan", "09:45:00", strip("JIBOR 6,12 0,33%"));
        assertThat(recorded(third)).containsExactly("LQ45", "JIBOR");
        assertThat(third.capture().unknown()).isEmpty();
        assertThat(codes()).containsExactly("JIBOR");
        given().get("/api/v1/labels").then().body("items", hasSize(0));

        // a reparse adds the earlier ones, and then finds nothing to change
        assertThat(reparse.run("kontan", EVERYTHING, true, change -> {}).created())
                .isEqualTo(2);
        assertThat(reparse.run("kontan", EVERYTHING, true, change -> {}).isClean())
                .isTrue();
        given().get("/api/v1/indicators/JIBOR/observations").then().body("items", hasSize(3));
    }

    @Test
    void importedAndPostedPagesMakeAtMostTwentyIndicators() {
        String many = IntStream.range(0, 25)
                .mapToObj(i -> "BARU" + (char) ('A' + i) + " 1" + i + ",00 0,00%")
                .collect(Collectors.joining("\n  • "));
        IntakeResult result = take(Via.IMPORT, "import:many.html", "09:30:00", strip(many));
        assertThat(codes()).hasSize(20);
        assertThat(recorded(result)).hasSize(21).contains("BARUA", "BARUT").doesNotContain("BARUU");
        assertThat(result.capture().unknown()).hasSize(5).contains("BARUU 120.00 0.00%");
        take(Via.POST, "post:api", "09:31:00", strip("TUNGGAL 12,00 0,00%"));
        assertThat(codes()).hasSize(21).contains("TUNGGAL");
    }

    @Test
    void atMostTwoHundredIndicatorsAreDiscovered() throws SQLException, IOException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into indicator (code, name_id, name_en, kind, unit, discovered_at) select 'BANYAK' || n, 'x', 'x', 'other', '', now() from generate_series(1, 199) n");
        }
        IntakeResult result = take(Via.POST, "post:api", "09:30:00", strip("SATU 12,00 0,00%\n  • DUA 12,00 0,00%"));
        assertThat(recorded(result)).containsExactly("LQ45", "SATU");
        assertThat(result.capture().unknown()).containsExactly("DUA 12.00 0.00%");

        List<String> refused = new ArrayList<>();
        csvImport.run(
                "rows.csv",
                new ByteArrayInputStream(
                        "code,observed_at,value\nTIGA,2026-11-24T10:00:00+07:00,12\nLQ45,2026-11-24T10:00:00+07:00,899\n"
                                .getBytes(StandardCharsets.UTF_8)),
                new ImportReport() {
                    @Override
                    public void row(long line, String reason) {
                        refused.add(line + ": " + reason);
                    }

                    @Override
                    public void progress(long bytes) {
                        // not needed
                    }
                });
        assertThat(refused)
                .containsExactly(
                        "2: There are 200 indicators that indicators.csv does not name, so TIGA does not become another one. Delete or merge some, or raise DETAK_DISCOVERY_MOST.");
        admin().body("{\"label\":\"EMPAT\"}")
                .post("/api/v1/labels")
                .then()
                .statusCode(409)
                .body("detail", containsString("DETAK_DISCOVERY_MOST"));
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType("application/json");
    }

    @Test
    void adminConfirmsALabelAtOnce() {
        take(Via.POLL, "kontan", "09:30:00", strip("JIBOR 6,10 0,05%"));
        given().contentType("application/json")
                .body("{\"label\":\"JIBOR\"}")
                .post("/api/v1/labels")
                .then()
                .statusCode(401);
        admin().body("{\"label\":\" jibor \"}")
                .post("/api/v1/labels")
                .then()
                .statusCode(201)
                .header("Location", containsString("/api/v1/indicators/JIBOR"))
                .body("code", equalTo("JIBOR"))
                .body("discovered", equalTo(true));
        admin().body("{\"label\":\"JIBOR\"}")
                .post("/api/v1/labels")
                .then()
                .statusCode(409)
                .body("detail", equalTo("JIBOR is an indicator already."));
        admin().body("{\"label\":\"IHSG\"}")
                .post("/api/v1/labels")
                .then()
                .statusCode(409)
                .body("detail", equalTo("IHSG is a label of IDX already."));
        for (String invalid : List.of("{\"label\":\"=1+1\"}", "{\"label\":\" \"}", "{}", "[]", "null", "", "{")) {
            admin().body(invalid).post("/api/v1/labels").then().statusCode(400);
        }
        assertThat(recorded(take(Via.POLL, "kontan", "09:35:00", strip("JIBOR 6,11 0,05%"))))
                .contains("JIBOR");
        admin().get("/api/v1/audit")
                .then()
                .body("items.action", hasItem("label.confirm"))
                .body("items[0].actor", equalTo("admin"))
                .body("items[0].subject", equalTo("JIBOR"));
    }

    @Test
    void labelsOfIndicatorsCsvCountInFiles() throws IOException {
        RecordCounts counts = csvImport.run(
                "rows.csv",
                new ByteArrayInputStream(
                        "code,observed_at,value\nIHSG,2026-11-24T10:00:00+07:00,7166\nihsg,2026-11-24T10:05:00+07:00,7167\nUSDIDR,2026-11-24T10:05:00+07:00,16146\n"
                                .getBytes(StandardCharsets.UTF_8)),
                new AllRowsTaken());
        assertThat(counts.created()).isEqualTo(3);
        assertThat(codes()).isEmpty();
        given().get("/api/v1/indicators/IHSG/observations")
                .then()
                .body("code", equalTo("IDX"))
                .body("items", hasSize(2));
        given().get("/api/v1/indicators/ihsg")
                .then()
                .body("code", equalTo("IDX"))
                .body("labels", hasItem("IHSG"));
        given().get("/api/v1/indicators")
                .then()
                .body("items.code", hasItems("IDX", "USD/IDR"))
                .body("items.code", not(hasItem("IHSG")));
    }
}
