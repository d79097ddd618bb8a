package id.detak.intake;

import static id.detak.testsupport.ExactDecimals.decimal;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import id.detak.capture.Via;
import id.detak.indicator.Indicators;
import id.detak.series.Rebuild;
import id.detak.series.csv.CsvExport;
import id.detak.series.csv.CsvImport;
import id.detak.series.csv.ImportReport;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Voiding observations that are wrong at the source. 23 November 2026 is a Monday. */
@QuarkusTest
class VoidTest {

    private static final ZoneOffset WIB = ZoneOffset.ofHours(7);

    private static final ImportReport ALL_ROWS_TAKEN = new ImportReport() {
        @Override
        public void row(long line, String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void progress(long bytes) {
            // not needed
        }
    };

    @Inject
    Intake intake;

    @Inject
    Indicators indicators;

    @Inject
    Rebuild rebuild;

    @Inject
    CsvImport csvImport;

    @Inject
    CsvExport csvExport;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType("application/json");
    }

    private IntakeResult take(Via via, String at, String item) {
        return intake.take(new Arrival(
                "front",
                via,
                null,
                OffsetDateTime.parse(at + "+07:00").toInstant(),
                null,
                null,
                new Arrival.Page(Pages.strip(item))));
    }

    private static ValidatableResponse voidAt(String at, String reason) {
        return admin().body("{\"reason\":\"" + reason + "\"}")
                .put("/api/v1/indicators/LQ45/observations/" + at + "+07:00/void")
                .then();
    }

    private static ValidatableResponse takeBack(String at) {
        return admin().delete("/api/v1/indicators/LQ45/observations/" + at + "+07:00/void")
                .then();
    }

    private String rows(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select coalesce(string_agg(r::text, chr(10) order by r::text), '') from (" + sql + ") r")) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A series and everything computed from it. */
    private String series() {
        return rows("select * from observation") + "\n" + rows("select * from bar") + "\n"
                + rows("select * from close_difference");
    }

    @Test
    void voidedObservationsStayReadableButDoNotCount() throws IOException {
        take(Via.POLL, "2026-11-23T10:00:00", "LQ45 900,00 -10,00 -1,10%");
        take(Via.POLL, "2026-11-23T10:05:00", "LQ45 810,00 -100,00 -10,99%");
        String before = series();
        String etag = given().get("/api/v1/indicators/LQ45/history?interval=1d")
                .then()
                .body("points.low[1]", equalTo(decimal("810.00")))
                .extract()
                .header("ETag");

        given().contentType("application/json")
                .body("{\"reason\":\"x\"}")
                .put("/api/v1/indicators/LQ45/observations/2026-11-23T10:05:00+07:00/void")
                .then()
                .statusCode(401);
        voidAt("2026-11-23T10:05:00", " ").statusCode(400).body("detail", containsString("reason"));
        voidAt("2026-11-23T10:06:00", "no such").statusCode(404);
        voidAt("+999999999-11-23T10:06:00", "no such").statusCode(400);
        voidAt("2026-11-23T10:05:00", "a digit is <b>missing</b>")
                .statusCode(200)
                .body("value", equalTo(decimal("810.00")))
                .body("quality", equalTo("ok"))
                .body("superseded.cause", equalTo("void"))
                .body("superseded.reason", equalTo("a digit is <b>missing</b>"))
                .body("superseded.by", equalTo("admin"))
                .body("superseded.at", notNullValue());
        voidAt("2026-11-23T10:05:00", "again")
                .statusCode(200)
                .body("superseded.reason", equalTo("a digit is <b>missing</b>"));

        given().get("/api/v1/latest").then().body("items[0].value", equalTo(decimal("900.00")));
        given().header("If-None-Match", etag)
                .get("/api/v1/indicators/LQ45/history?interval=1d")
                .then()
                .statusCode(200)
                .body("points.low[1]", equalTo(decimal("900.00")))
                .body("points.count[1]", equalTo(1));
        given().get("/api/v1/indicators/LQ45/history?interval=raw")
                .then()
                .body("points.t", hasSize(2))
                .body("voided", hasSize(1))
                .body("voided[0].number", equalTo(decimal("810.00")))
                .body("voided[0].reason", equalTo("a digit is <b>missing</b>"));
        String capture = given().get("/api/v1/indicators/LQ45/observations")
                .then()
                .body("items", hasSize(3))
                .body("items[0].superseded.cause", equalTo("void"))
                .body("items[1].superseded", nullValue())
                .extract()
                .path("items[0].captureId");
        given().get("/api/v1/captures/" + capture)
                .then()
                .body("quotes", hasSize(0))
                .body("superseded[0].code", equalTo("LQ45"))
                .body("superseded[0].superseded.cause", equalTo("void"));
        given().header("Accept-Language", "en")
                .get("/captures/" + capture)
                .then()
                .body(containsString("a digit is &lt;b&gt;missing&lt;/b&gt;"));
        given().header("Accept-Language", "id")
                .get("/observations/LQ45")
                .then()
                .body(containsString("dibatalkan"))
                .body(containsString("a digit is &lt;b&gt;missing&lt;/b&gt;"))
                .body(not(containsString("<b>missing")));

        assertThat(take(Via.POLL, "2026-11-23T10:05:00", "LQ45 810,00 -100,00 -10,99%")
                        .summary())
                .contains("new 0, same 1");
        String rows =
                "code,observed_at,value,change,change_percent,quality\nLQ45,2026-11-23T10:05:00+07:00,810.00,-100.00,-10.99,ok\n";
        assertThat(csvImport
                        .run(
                                "rows.csv",
                                new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)),
                                ALL_ROWS_TAKEN)
                        .summary())
                .contains("new 0, same 1");
        given().get("/api/v1/latest").then().body("items[0].value", equalTo(decimal("900.00")));
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        csvExport.all(export);
        assertThat(export.toString(StandardCharsets.UTF_8)).doesNotContain(",810.00,");

        takeBack("2026-11-23T10:05:00")
                .statusCode(200)
                .body("value", equalTo(decimal("810.00")))
                .body("superseded", nullValue());
        assertThat(series()).isEqualTo(before);
        takeBack("2026-11-23T10:05:00").statusCode(404);
    }

    @Test
    void dependentValuesFollowFromTheRemainingObservations() {
        // begins in the evening with a wrong number, so the next one seems to have moved while the market was closed
        take(Via.POLL, "2026-11-23T19:00:00", "LQ45 90,00 -10,00 -10,00%");
        take(Via.POLL, "2026-11-23T20:00:00", "LQ45 900,00 -10,00 -1,10%");
        given().get("/api/v1/latest").then().body("items[0].reason", equalTo("market-closed"));
        voidAt("2026-11-23T19:00:00", "a digit is missing").statusCode(200);
        given().get("/api/v1/latest")
                .then()
                .body("items[0].quality", equalTo("ok"))
                .body("items[0].value", equalTo(decimal("900.00")))
                .body("items[0].previousClose", equalTo(decimal("910.00")));

        // implied closes follow from other observations and cannot be voided
        given().get("/api/v1/indicators/LQ45/observations")
                .then()
                .body("items[2].quality", equalTo("implied"))
                .body("items[2].value", equalTo(decimal("910.00")));
        voidAt("2026-11-20T16:15:00", "not seen").statusCode(409);
        voidAt("2026-11-23T20:00:00", "and this").statusCode(200);
        given().get("/api/v1/latest").then().body("items", hasSize(0));
        assertThat(rows("select * from bar") + rows("select * from observation"))
                .isEmpty();

        // the right number may take its place; then the wrong one cannot be restored
        assertThat(take(Via.POST, "2026-11-23T19:00:00", "LQ45 899,00 -11,00 -1,21%")
                        .summary())
                .contains("new 1");
        takeBack("2026-11-23T19:00:00").statusCode(409);
        given().get("/api/v1/latest").then().body("items[0].value", equalTo(decimal("899.00")));
    }

    @Test
    void alertsThatFiredOnAVoidedNumberResolveWithItsReason() {
        String rule = admin().body("{\"name\":\"low\",\"type\":\"below\",\"level\":850}")
                .post("/api/v1/rules")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        take(Via.POLL, "2026-11-23T10:00:00", "LQ45 900,00 -10,00 -1,10%");
        take(Via.POLL, "2026-11-23T10:05:00", "LQ45 810,00 -100,00 -10,99%");
        String alert = given().get("/api/v1/alerts?rule=" + rule)
                .then()
                .body("items[0].state", equalTo("firing"))
                .extract()
                .path("items[0].id");
        voidAt("2026-11-23T10:05:00", "a digit is missing").statusCode(200);
        given().get("/api/v1/alerts/" + alert)
                .then()
                .body("alert.state", equalTo("resolved"))
                .body("alert.resolvedCause", equalTo("voided"))
                .body("voided.reason", equalTo("a digit is missing"));
        given().header("Accept-Language", "en")
                .get("/alerts/" + alert)
                .then()
                .body(containsString("a digit is missing"));
        given().get("/api/v1/rules/" + rule).then().body("states[0].state", equalTo("ok"));
        // the next number is compared with the remaining ones
        take(Via.POLL, "2026-11-23T10:10:00", "LQ45 400,00 -510,00 -56,04%");
        given().get("/api/v1/alerts?rule=" + rule)
                .then()
                .body("items", hasSize(2))
                .body("items[0].state", equalTo("firing"));
    }

    @Test
    void alertsOnNumbersThatAVoidMakesSuspectResolveAtOnce() {
        String rule = admin().body("{\"name\":\"cheap\",\"type\":\"below\",\"level\":1000000}")
                .post("/api/v1/rules")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        take(Via.POLL, "2026-11-23T17:10:00", "EMAS 1.451.000 0,00%");
        take(Via.POLL, "2026-11-24T09:00:00", "EMAS 725.500 0,00%");
        take(Via.POLL, "2026-11-24T09:05:00", "EMAS 725.500 0,00%");
        take(Via.POLL, "2026-11-24T09:10:00", "EMAS 726.000 0,07%");
        String alert = given().get("/api/v1/alerts?rule=" + rule)
                .then()
                .body("items[0].state", equalTo("firing"))
                .extract()
                .path("items[0].id");
        // without it, too few numbers agree on the new level
        admin().body("{\"reason\":\"a wrong number\"}")
                .put("/api/v1/indicators/EMAS/observations/2026-11-24T09:00:00+07:00/void")
                .then()
                .statusCode(200);
        given().get("/api/v1/latest").then().body("items[0].reason", equalTo("implausible"));
        given().get("/api/v1/alerts/" + alert)
                .then()
                .body("alert.state", equalTo("resolved"))
                .body("alert.resolvedCause", equalTo("doubted"));
        given().get("/api/v1/rules/" + rule).then().body("states[0].state", equalTo("ok"));
    }

    @Test
    void alertsMeasuredAgainstAVoidedNumberResolve() {
        String rule = admin().body("{\"name\":\"fall\",\"type\":\"dropOver\",\"percent\":50,\"window\":\"P30D\"}")
                .post("/api/v1/rules")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        take(Via.POLL, "2026-11-23T10:00:00", "LQ45 900,00 -10,00 -1,10%");
        take(Via.POLL, "2026-11-23T10:05:00", "LQ45 1.820,00 910,00 100,00%");
        take(Via.POLL, "2026-11-23T10:10:00", "LQ45 901,00 -9,00 -0,99%");
        String alert = given().get("/api/v1/alerts?rule=" + rule)
                .then()
                .body("items[0].state", equalTo("firing"))
                .body("items[0].reference", equalTo(decimal("1820.00")))
                .extract()
                .path("items[0].id");
        voidAt("2026-11-23T10:05:00", "a wrong number").statusCode(200);
        given().get("/api/v1/alerts/" + alert)
                .then()
                .body("alert.resolvedCause", equalTo("voided"))
                .body("voided.reason", equalTo("a wrong number"));
        given().get("/api/v1/rules/" + rule).then().body("states[0].state", equalTo("ok"));
    }

    /**
     * Random series: voiding a number gives the same series as never storing it, and restoring it gives the original
     * series.
     */
    @Test
    void voidingEqualsNeverStoring() {
        for (int seed = 0; seed < 3; seed++) {
            Random random = new Random(seed);
            List<String[]> pages = pages(random);
            int wrong = random.nextInt(pages.size());
            TestDatabase.empty(dataSource);
            for (int i = 0; i < pages.size(); i++) {
                if (i != wrong) {
                    take(Via.IMPORT, pages.get(i)[0], pages.get(i)[1]);
                }
            }
            String without = series();
            TestDatabase.empty(dataSource);
            pages.forEach(page -> take(Via.IMPORT, page[0], page[1]));
            String with = series();
            voidAt(pages.get(wrong)[0], "wrong").statusCode(200);
            assertThat(series()).as("seed " + seed).isEqualTo(without);
            assertThat(QuarkusTransaction.requiringNew()
                            .call(() -> rebuild.check(indicators.find("LQ45").orElseThrow()))
                            .isClean())
                    .isTrue();
            takeBack(pages.get(wrong)[0]).statusCode(200);
            assertThat(series()).as("seed " + seed).isEqualTo(with);
        }
    }

    /** A page every few hours, including weekends and nights. */
    private static List<String[]> pages(Random random) {
        List<String[]> pages = new ArrayList<>();
        LocalDateTime at = LocalDateTime.of(2026, 11, 16, 9, 30);
        int value = 90_000;
        for (int i = 0; i < 12; i++) {
            value += random.nextInt(3) == 0 ? 0 : random.nextInt(2000) - 1000;
            int change = random.nextInt(1000) + 100;
            pages.add(new String[] {
                at.toString() + ":00",
                "LQ45 %d,%02d -%d,%02d -%.2f%%"
                        .formatted(
                                value / 100, value % 100, change / 100, change % 100, change * 100.0 / (value + change))
                        .replace('.', ',')
            });
            at = at.plusMinutes(45 + 15 * random.nextInt(150));
        }
        return pages;
    }
}
