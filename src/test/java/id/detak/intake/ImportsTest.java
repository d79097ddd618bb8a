package id.detak.intake;

import static id.detak.testsupport.ExactDecimals.decimals;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import id.detak.capture.Via;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.series.Rebuild;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imports over REST, their undo, and voids of ranges. */
@QuarkusTest
class ImportsTest {

    private static final String DAYS =
            "date,open,high,low,close\n2021-03-01,921.50,930.50,919.50,923.50\n2021-03-02,922.50,925.50,895.50,898.78\n";

    @Inject
    Intake intake;

    @Inject
    Indicators indicators;

    @Inject
    Rebuild rebuild;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void emptyTables() {
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

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN);
    }

    private static RequestSpecification reason() {
        return admin().contentType("application/json").body("{\"reason\":\"wrong file\"}");
    }

    private static ValidatableResponse post(String query, byte[] body) {
        return admin().contentType("text/csv")
                .body(body)
                .post("/api/v1/imports?" + query)
                .then();
    }

    private static ValidatableResponse post(String query, String body) {
        return post(query, body.getBytes(StandardCharsets.UTF_8));
    }

    private void see(String at, String item) {
        intake.take(new Arrival(
                "test",
                Via.IMPORT,
                null,
                OffsetDateTime.parse(at + "+07:00").toInstant(),
                null,
                null,
                new Arrival.Page(Pages.strip(item))));
    }

    private static String history() {
        return given().get("/api/v1/indicators/LQ45/history?interval=1d").asString();
    }

    @Test
    void anImportIsStoredListedAndUndone() {
        int id = post("code=LQ45&file=lq45.csv", DAYS)
                .statusCode(201)
                .body("profile", equalTo("stooq"))
                .body("created", equalTo(2))
                .body("complaints", empty())
                .extract()
                .path("id");
        given().get("/api/v1/imports")
                .then()
                .body("items", hasSize(1))
                .body("items[0].file", equalTo("lq45.csv"))
                .body("items[0].by", equalTo("admin"))
                .body("items[0].finishedAt", notNullValue())
                .body("items[0].undoneAt", nullValue());
        given().get("/api/v1/indicators/LQ45/history?interval=1d")
                .then()
                .body("points.high", equalTo(decimals("930.50", "925.50")));
        given().get("/api/v1/indicators/LQ45/observations")
                .then()
                .body("items.importId", equalTo(List.of(id, id)))
                .body("items.range.low", equalTo(decimals("895.50", "919.50")));
        given().get("/observations/LQ45").then().body(containsString("#import-" + id));
        admin().delete("/api/v1/imports/" + id).then().statusCode(200).body("undoneBy", equalTo("admin"));
        given().get("/api/v1/indicators/LQ45/observations").then().body("items", empty());
        admin().delete("/api/v1/imports/" + id).then().statusCode(409).body("detail", containsString("undone before"));
        admin().delete("/api/v1/imports/0").then().statusCode(404);
        given().get("/api/v1/imports/x").then().statusCode(404);
    }

    @Test
    void undoLeavesWhatOthersStored() {
        see("2021-03-02T09:30:00", "LQ45 928,00 4,50 0,49%");
        post("code=LQ45", "date,close\n2021-02-26,934.16\n").statusCode(201);
        String before = history();
        int id = post("code=LQ45", DAYS).statusCode(201).extract().path("id");
        given().get("/api/v1/indicators/LQ45/history?interval=1d")
                .then()
                .body("points.open", equalTo(decimals("934.16", "921.50", "922.50")))
                .body("points.high", equalTo(decimals("934.16", "930.50", "928.00")))
                .body("points.close", equalTo(decimals("934.16", "923.50", "898.78")));
        admin().delete("/api/v1/imports/" + id).then().statusCode(200);
        assertThat(history()).isEqualTo(before);
    }

    @Test
    void undoTakesConflictsAndVoidsWithIt() {
        post("code=LQ45", "date,close\n2021-03-02,1000\n").statusCode(201);
        int id = post("code=LQ45", DAYS)
                .statusCode(201)
                .body("conflicting", equalTo(1))
                .extract()
                .path("id");
        admin().contentType("application/json")
                .body("{\"reason\":\"wrong\"}")
                .put("/api/v1/indicators/LQ45/observations/2021-03-01T16:00:00+07:00/void")
                .then()
                .statusCode(200);
        admin().delete("/api/v1/imports/" + id).then().statusCode(200);
        given().get("/api/v1/indicators/LQ45/observations").then().body("items.value", hasSize(1));
        assertThat(history()).doesNotContain("898.78").doesNotContain("conflicts\":[{");
    }

    @Test
    void aDryRunSaysWhatItWouldStore() {
        post("code=LQ45&dryRun=true", DAYS)
                .statusCode(200)
                .body("id", nullValue())
                .body("created", equalTo(2))
                .body("doubtful", equalTo(0))
                .body("first[1].observedAt", equalTo("2021-03-02T16:00:00+07:00"))
                .body("first[1].low", notNullValue());
        given().get("/api/v1/imports").then().body("items", empty());
        given().get("/api/v1/indicators/LQ45/observations").then().body("items", empty());
    }

    @Test
    void gzipAndSpreadsheetsAreRead() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(DAYS.getBytes(StandardCharsets.UTF_8));
        }
        post("code=LQ45", packed.toByteArray()).statusCode(201).body("created", equalTo(2));
        try (InputStream in = getClass().getResourceAsStream("/tables/jisdor.xlsx")) {
            post("file=jisdor.xlsx", in.readAllBytes()).statusCode(201).body("created", equalTo(2));
        }
    }

    @Test
    void whatIsOpenIsAskedFor() {
        post("code=LQ45&file=a.csv", "date,close\n02/03/2021,1\n")
                .statusCode(400)
                .body("detail", containsString("a.csv: day and month"))
                .body("detail", containsString("add dates=dmy (day first)"));
        post("code=LQ45", "").statusCode(400);
        post("code=LQ45", "hello").statusCode(400).body("detail", containsString("names no date and no value"));
        post("dates=xyz", DAYS).statusCode(400).body("detail", containsString("dates must be dmy"));
        post("decimal=x", DAYS).statusCode(400).body("detail", containsString("decimal must be"));
        post("columns=x", DAYS).statusCode(400).body("detail", containsString("columns must be pairs"));
        post("profile=x", DAYS).statusCode(400).body("detail", containsString("must be one of detak, detak-bars"));
        post("zone=x", DAYS).statusCode(400).body("detail", containsString("zone must be"));
        post("dryRun=perhaps", DAYS).statusCode(400);
        given().get("/api/v1/imports").then().body("items", empty());
    }

    @Test
    void refusedRowsAreNamed() {
        post("file=a.csv", "code,observed_at,value\nLQ45,2021-03-02T09:30:00+07:00,1\nLQ45,x,1\n")
                .statusCode(201)
                .body("refused", equalTo(1))
                .body("complaints", contains(containsString("3: observed_at 'x'")));
    }

    @Test
    void aRangeIsVoidedAndRestored() {
        post("code=LQ45", DAYS + "2021-03-03,900,906,897,905.10\n").statusCode(201);
        String before = history();
        reason().put("/api/v1/indicators/LQ45/observations/void?from=2021-03-01&to=2021-03-02")
                .then()
                .statusCode(200)
                .body("observations", equalTo(2))
                .body("first", equalTo("2021-03-01T16:00:00+07:00"))
                .body("last", equalTo("2021-03-02T16:00:00+07:00"));
        given().get("/api/v1/indicators/LQ45/history?interval=1d")
                .then()
                .body("points.close", equalTo(decimals("905.10")));
        given().get("/api/v1/indicators/LQ45/observations").then().body("items", hasSize(3));
        reason().put("/api/v1/indicators/LQ45/observations/void?from=2021-03-01&to=2021-03-02")
                .then()
                .statusCode(404);
        admin().delete("/api/v1/indicators/LQ45/observations/void?from=2021-03-01&to=2021-03-03")
                .then()
                .statusCode(200)
                .body("observations", equalTo(2));
        assertThat(history()).isEqualTo(before);
        reason().put("/api/v1/indicators/LQ45/observations/void?from=2021-03-01")
                .then()
                .statusCode(400);
    }

    @Test
    void thePageListsImports() {
        post("code=LQ45&file=lq45.csv", DAYS + "x,1,1,1,1\n").statusCode(201);
        given().get("/imports")
                .then()
                .statusCode(200)
                .body(containsString("lq45.csv"))
                .body(containsString("new 2, same 0, conflicting 0, refused 1"))
                .body(containsString("4: &#39;x&#39; is no date"));
    }
}
