package id.detak.intake;

import static id.detak.testsupport.ExactDecimals.decimal;
import static id.detak.testsupport.ExactDecimals.decimals;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import id.detak.capture.Via;
import id.detak.indicator.Indicators;
import id.detak.series.Rebuild;
import id.detak.series.Recorder.Recorded;
import id.detak.series.Recorder.Result;
import id.detak.series.SeriesTransfer.Moved;
import id.detak.series.csv.CsvImport;
import id.detak.testsupport.AllRowsTaken;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Renaming, hiding, merging and deleting indicators. 25 November 2026 is a Wednesday. */
@QuarkusTest
class IndicatorEditorTest {

    private static final String API = "/api/v1/indicators/";

    @Inject
    Intake intake;

    @Inject
    Indicators indicators;

    @Inject
    IndicatorEditor editor;

    @Inject
    CsvImport csvImport;

    @Inject
    Rebuild rebuild;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    /** Other tests expect the seeded indicators. */
    @AfterEach
    void seedAgain() {
        TestDatabase.empty(dataSource);
        indicators.seed();
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType("application/json");
    }

    private IntakeResult take(Via via, String source, String time, String item) {
        return intake.take(new Arrival(
                source,
                via,
                null,
                OffsetDateTime.parse("2026-11-25T" + time + "+07:00").toInstant(),
                null,
                null,
                new Arrival.Page(Pages.strip(item))));
    }

    private void importRows(String rows) throws IOException {
        csvImport.run(
                "rows.csv",
                new ByteArrayInputStream(
                        ("code,observed_at,value,change,change_percent\n" + rows).getBytes(StandardCharsets.UTF_8)),
                new AllRowsTaken());
    }

    private String ask(String sql) {
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

    private void execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isClean(String code) {
        return QuarkusTransaction.requiringNew()
                .call(() -> rebuild.check(indicators.find(code).orElseThrow()))
                .isClean();
    }

    private static ValidatableResponse patch(String code, String body) {
        return admin().body(body).patch(API + code).then();
    }

    private static ValidatableResponse merge(String code, String into) {
        return admin().body("{\"into\":\"" + into + "\"}")
                .post(API + code + "/merge")
                .then();
    }

    private static String rule(String codes, String type) {
        return admin().body("{\"name\":\"a rule\",\"codes\":" + codes + "," + type + "}")
                .post("/api/v1/rules")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void renamedIndicatorsKeepTheirFormerCodeAsALabel() {
        take(Via.POST, "post:api", "09:30:00", "JIBOR 6,10 0,05%");
        String rule = rule("[\"JIBOR\", \"LQ45\"]", "\"type\":\"above\",\"level\":6");
        take(Via.POLL, "kontan", "09:35:00", "JIBOR 6,11 0,05%");
        String alert = given().get("/api/v1/alerts").then().extract().path("items[0].id");
        String etag =
                given().get(API + "JIBOR/history?interval=1d").then().extract().header("ETag");

        given().contentType("application/json")
                .body("{\"hidden\":true}")
                .patch(API + "JIBOR")
                .then()
                .statusCode(401);
        patch("JIBOR", "{\"code\":\"jibor 1m\",\"name\":{\"en\":\"Jakarta rate\"}}")
                .statusCode(200)
                .body("code", equalTo("JIBOR 1M"))
                .body("name.en", equalTo("Jakarta rate"))
                .body("name.id", equalTo("JIBOR"))
                .body("labels", equalTo(List.of("JIBOR")));

        take(Via.POLL, "kontan", "09:40:00", "JIBOR 6,12 0,05%");
        given().header("If-None-Match", etag)
                .get(API + "JIBOR/history?interval=1d")
                .then()
                .statusCode(200)
                .body("code", equalTo("JIBOR 1M"))
                .body("points.count", equalTo(List.of(3)));
        given().get("/api/v1/latest").then().body("items.code", equalTo(List.of("JIBOR 1M")));
        given().get("/api/v1/rules/" + rule).then().body("codes", equalTo(List.of("JIBOR 1M", "LQ45")));
        given().get("/api/v1/alerts/" + alert)
                .then()
                .body("alert.code", equalTo("JIBOR 1M"))
                .body("alert.state", equalTo("firing"));
        given().get("/api/v1/alerts").then().body("items", hasSize(1));
        admin().get("/api/v1/audit")
                .then()
                .body("items.action", equalTo(List.of("indicator.change", "rule.create")))
                .body("items[0].subject", equalTo("JIBOR"))
                .body("items[0].detail", equalTo("code JIBOR 1M; names null, Jakarta rate"));

        patch("JIBOR", "{\"code\":\"LQ45\"}")
                .statusCode(409)
                .body("detail", equalTo("LQ45 belongs to LQ45. Merge the two instead."));
        patch("JIBOR", "{\"code\":\"EUR/IDR\"}").statusCode(400).body("detail", containsString("currency pair"));
        patch("JIBOR", "{\"code\":\"=1\"}").statusCode(400);
        patch("JIBOR", "{}").statusCode(400).body("detail", containsString("Nothing to change"));
        patch("JIBOR", "{\"name\":{\"en\":\"two\\nlines\"}}").statusCode(400);
        patch("JIBOR", "{\"name\":{\"en\":\" \"}}").statusCode(400);
        patch("NOSUCH", "{\"hidden\":true}").statusCode(404);
        patch("JIBOR", "{\"code\":\"JIBOR\"}")
                .statusCode(200)
                .body("code", equalTo("JIBOR"))
                .body("labels", equalTo(List.of("JIBOR 1M")));
    }

    @Test
    void renamedSeededIndicatorsStayRenamedAtTheNextStart() {
        patch("LQ45", "{\"code\":\"LQ\",\"name\":{\"id\":\"Empat lima\"}}").statusCode(200);
        indicators.seed();
        assertThat(ask("select code, name_id from indicator where code like 'LQ%'"))
                .isEqualTo("(LQ,\"Empat lima\")");
        take(Via.POLL, "kontan", "09:40:00", "LQ45 900,00 -10,00 -1,10%");
        given().get("/api/v1/latest").then().body("items.code", equalTo(List.of("LQ")));
        patch("LQ", "{\"code\":\"LQ45\"}").statusCode(200);
    }

    @Test
    void hiddenIndicatorsAreUnlistedButRecorded() {
        take(Via.POLL, "kontan", "09:30:00", "LQ45 900,00 -10,00 -1,10%\n  • EMAS 1.609.000 -2.000 -0,12%");
        rule("[\"*\"]", "\"type\":\"below\",\"level\":895");
        given().get("/api/v1/changes").then().body("items.code", hasItems("LQ45", "EMAS"));
        patch("LQ45", "{\"hidden\":true}").statusCode(200).body("hidden", equalTo(true));
        given().get("/api/v1/latest").then().body("items.code", equalTo(List.of("EMAS")));
        given().get("/api/v1/changes").then().body("items.code", equalTo(List.of("EMAS")));
        given().get("/api/v1/indicators").then().body("items.find { it.code == 'LQ45' }.hidden", equalTo(true));
        given().header("Accept-Language", "en").get("/").then().body(not(containsString("LQ45")));
        take(Via.POLL, "kontan", "09:35:00", "LQ45 890,00 -20,00 -2,20%");
        given().get(API + "LQ45/history?interval=raw").then().body("points.close", hasItem(decimal("890.00")));
        given().get("/api/v1/alerts").then().body("items.code", equalTo(List.of("LQ45")));
        patch("LQ45", "{\"hidden\":false}").statusCode(200);
        given().get("/api/v1/latest").then().body("items.code", hasItem("LQ45"));
    }

    @Test
    void mergeMovesEverything() throws IOException {
        // what an earlier version created for a file with the label IHSG, and a second label
        importRows("""
                KOMPOSIT,2026-11-23T10:00:00+07:00,7200.00,,
                KOMPOSIT,2026-11-24T10:00:00+07:00,7100.00,,
                KOMPOSIT,2026-11-24T15:00:00+07:00,7150.00,,
                IDX,2026-11-24T10:00:00+07:00,7101.00,,
                IDX,2026-11-24T15:00:00+07:00,7150.00,,
                """);
        take(Via.POST, "post:api", "09:30:00", "KOMPOSIT 7.166,00 16,00 0,22%");
        take(Via.POST, "post:api", "09:40:00", "KOMPOSIT 71,66 0,16 0,22%");
        admin().body("{\"reason\":\"digits are missing\"}")
                .put(API + "KOMPOSIT/observations/2026-11-25T09:40:00+07:00/void")
                .then()
                .statusCode(200);
        String all = rule("[\"*\"]", "\"type\":\"above\",\"level\":7000");
        String own = rule("[\"KOMPOSIT\"]", "\"type\":\"above\",\"level\":7001");
        take(Via.POLL, "kontan", "09:45:00", "KOMPOSIT 7.167,00 17,00 0,24%");
        take(Via.POLL, "kontan", "09:50:00", "IDX 7.168,00 18,00 0,25%");
        given().get("/api/v1/alerts?state=firing").then().body("items", hasSize(3));
        String etag =
                given().get(API + "IDX/history?interval=1d").then().extract().header("ETag");

        merge("KOMPOSIT", "LQ45X").statusCode(404);
        merge("KOMPOSIT", "komposit").statusCode(409).body("detail", containsString("the same indicator"));
        merge("KOMPOSIT", "RD.SAHAM").statusCode(409).body("detail", containsString("only percents"));
        merge("KOMPOSIT", " ").statusCode(400);
        merge("KOMPOSIT", "IHSG")
                .statusCode(200)
                .body("indicator.code", equalTo("IDX"))
                .body("indicator.labels", equalTo(List.of("IHSG", "KOMPOSIT")))
                .body("moved", equalTo(3))
                .body("same", equalTo(1))
                .body("conflicting", equalTo(1));

        assertThat(isClean("IDX")).isTrue();
        given().header("If-None-Match", etag)
                .get(API + "IDX/history?interval=1d")
                .then()
                .statusCode(200)
                .body("points.close", equalTo(decimals("7200.00", "7150.00", "7168.00")));
        given().get(API + "KOMPOSIT/observations")
                .then()
                .body("code", equalTo("IDX"))
                .body("items.findAll { it.superseded != null }", hasSize(1));
        assertThat(ask("select c.value, c.file from observation_conflict c join indicator i on i.id = c.indicator_id"
                        + " where i.code = 'IDX'"))
                .isEqualTo("(7100.00,\"indicator KOMPOSIT\")");
        given().get("/api/v1/rules/" + own).then().body("codes", equalTo(List.of("IDX")));
        // the rule for all indicators had fired for both: one alert is resolved
        given().get("/api/v1/alerts?state=firing")
                .then()
                .body("items.code", equalTo(List.of("IDX", "IDX")))
                .body("items.ruleId", hasItems(all, own));
        given().get("/api/v1/alerts?state=resolved")
                .then()
                .body("items.code", equalTo(List.of("IDX")))
                .body("items.resolvedCause", equalTo(List.of("indicatorRemoved")));

        IntakeResult next = take(Via.POLL, "kontan", "09:55:00", "KOMPOSIT 7.169,00 19,00 0,27%");
        assertThat(next.recorded().get(0).indicator().code()).isEqualTo("IDX");
        assertThat(next.recorded().get(0).result()).isEqualTo(Result.NEW);
        given().get("/api/v1/alerts?state=firing").then().body("items", hasSize(2));
        assertThat(ask("select code from indicator where code = 'KOMPOSIT'")).isEmpty();
        for (String table : List.of(
                "observation",
                "bar",
                "observation_conflict",
                "observation_superseded",
                "close_difference",
                "rule_state",
                "alert",
                "rule_transition")) {
            assertThat(ask("select * from " + table + " where indicator_id not in (select id from indicator)"))
                    .as(table)
                    .isEmpty();
        }
        admin().get("/api/v1/audit")
                .then()
                .body("items[0].action", equalTo("indicator.merge"))
                .body("items[0].detail", equalTo("into IDX; observations moved 3, same 1, conflicting 1"));
    }

    @Test
    void deletedIndicatorsLeaveNothingAndAreNotDiscoveredAgain() {
        take(Via.POST, "post:api", "09:30:00", "JIBOR 6,10 0,05%");
        String rule = rule("[\"JIBOR\"]", "\"type\":\"above\",\"level\":6");
        rule("[\"*\"]", "\"type\":\"above\",\"level\":5");
        take(Via.POLL, "kontan", "09:35:00", "JIBOR 6,11 0,05%");
        admin().delete(API + "JIBOR")
                .then()
                .statusCode(409)
                .body("detail", containsString("Rules name JIBOR: a rule."));
        admin().delete("/api/v1/rules/" + rule).then().statusCode(204);
        given().delete(API + "JIBOR").then().statusCode(401);
        admin().delete(API + "JIBOR").then().statusCode(204);
        admin().delete(API + "JIBOR").then().statusCode(404);

        for (String table : List.of("observation", "bar", "rule_state", "alert", "rule_transition")) {
            assertThat(ask("select * from " + table)).as(table).isEmpty();
        }
        given().get(API + "JIBOR/history").then().statusCode(404);
        given().get("/api/v1/latest").then().body("items", hasSize(0));
        IntakeResult again = take(Via.POST, "post:api", "09:40:00", "JIBOR 6,12 0,05%");
        assertThat(again.recorded()).isEmpty();
        assertThat(again.capture().unknown()).containsExactly("JIBOR 6.12 0.05%");
        given().get("/api/v1/labels")
                .then()
                .body("items.label", equalTo(List.of("JIBOR")))
                .body("items[0].refused", equalTo(true));
        admin().body("{\"label\":\"JIBOR\"}").post("/api/v1/labels").then().statusCode(201);
        assertThat(take(Via.POLL, "kontan", "09:45:00", "JIBOR 6,12 0,05%").recorded())
                .hasSize(1);
    }

    @Test
    void deletedSeededIndicatorsStayDeletedUntilConfirmed() {
        String id = ask("select id from indicator where code = 'ISSI'").replaceAll("[()]", "");
        admin().delete(API + "ISSI").then().statusCode(204);
        indicators.seed();
        assertThat(ask("select code from indicator where code = 'ISSI'")).isEmpty();
        assertThat(take(Via.POLL, "kontan", "09:30:00", "ISSI 214,00 0,13 0,06%")
                        .recorded())
                .isEmpty();
        admin().body("{\"label\":\"ISSI\"}")
                .post("/api/v1/labels")
                .then()
                .statusCode(201)
                .body("kind", equalTo("index"))
                .body("discovered", equalTo(false));
        execute("update indicator set id = " + id + " where code = 'ISSI'"); // other tests rely on the order
    }

    @Test
    void pageThatWaitsForAMergeIsRecordedInTheTarget() {
        take(Via.POST, "post:api", "09:30:00", "KOMPOSIT 7.166,00 16,00 0,22%");
        CompletableFuture<IntakeResult> waiting = QuarkusTransaction.requiringNew()
                .call(() -> {
                    editor.merge("KOMPOSIT", "IDX", "admin");
                    CompletableFuture<IntakeResult> other = CompletableFuture.supplyAsync(
                            () -> take(Via.POLL, "kontan", "09:35:00", "KOMPOSIT 7.167,00 17,00 0,24%"));
                    awaitLockWaits(1);
                    return other;
                });
        assertThat(waiting.join().recorded())
                .extracting(r -> r.indicator().code())
                .containsExactly("IDX");
        given().get(API + "IDX/observations").then().body("items.findAll { it.quality != 'implied' }", hasSize(2));
        assertThat(ask("select * from observation where indicator_id not in (select id from indicator)"))
                .isEmpty();
        assertThat(isClean("IDX")).isTrue();
    }

    @Test
    void pageThatWaitsForAMergeLocksTheSeriesInTheirOrder() {
        take(
                Via.POST,
                "post:api",
                "09:30:00",
                "IDX 7.166,00 16,00 0,22%\n  • IDX30 427,00 -6,80 -1,57%\n  • KOMPOSIT 7.166,00 16,00 0,22%");
        assertThat(ask("select code from indicator where code in ('IDX', 'IDX30', 'KOMPOSIT') order by id"))
                .isEqualTo("(IDX)\n(IDX30)\n(KOMPOSIT)");
        List<CompletableFuture<?>> waiting = new ArrayList<>();
        QuarkusTransaction.requiringNew().run(() -> {
            editor.merge("KOMPOSIT", "IDX", "admin");
            waiting.add(CompletableFuture.supplyAsync(() -> take(
                    Via.POLL, "kontan", "09:35:00", "IDX30 428,00 -5,80 -1,34%\n  • KOMPOSIT 7.167,00 17,00 0,24%")));
            awaitLockWaits(1);
            waiting.add(
                    CompletableFuture.runAsync(
                            () -> execute(
                                    "begin; select from series join indicator i on i.id = indicator_id where i.code = 'IDX' for update of series;"
                                            + " select from series join indicator i on i.id = indicator_id where i.code = 'IDX30' for update of series; commit")));
            awaitLockWaits(2);
        });
        assertThat(waiting).allSatisfy(CompletableFuture::join);
        given().get(API + "IDX/observations").then().body("items.value", hasItem(decimal("7167.00")));
    }

    private void awaitLockWaits(int count) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> ask("select pid from pg_stat_activity where wait_event_type = 'Lock'")
                                .lines()
                                .count()
                        == count);
    }

    /** A long series moves in parts, and polls of all indicators are recorded between them. */
    @Test
    void pollsAreRecordedWhileALongSeriesIsMerged() throws IOException {
        StringBuilder rows = new StringBuilder();
        OffsetDateTime at = OffsetDateTime.parse("2026-01-05T00:00:00+07:00");
        for (int i = 0; i < 12_000; i++) {
            rows.append("KOMPOSIT,")
                    .append(at.plusMinutes(30L * i))
                    .append(',')
                    .append(7000 + i % 50)
                    .append(",,\n");
        }
        importRows(rows.toString());
        importRows("IDX,2026-02-03T10:10:00+07:00,7010.00,,\nIDX,2026-11-24T10:10:00+07:00,7011.00,,\n");

        Moved part = editor.mergePart("KOMPOSIT", "IDX").orElseThrow();
        assertThat(part.moved()).isBetween(5_000L, 5_100L);
        assertThat(isClean("IDX")).isTrue();
        IntakeResult poll = take(
                Via.POLL,
                "kontan",
                "10:15:00",
                "KOMPOSIT 7.012,00 1,00 0,01%\n  • IDX 7.012,00 1,00 0,01%\n  • EMAS 1.609.000 -2.000 -0,12%");
        assertThat(poll.recorded()).extracting(Recorded::result).containsOnly(Result.NEW);
        assertThat(poll.recorded()).extracting(r -> r.indicator().code()).containsExactly("KOMPOSIT", "IDX", "EMAS");

        merge("KOMPOSIT", "IDX")
                .statusCode(200)
                .body("moved", equalTo(12_000 - (int) part.moved()))
                .body("same", equalTo(1));
        assertThat(isClean("IDX")).isTrue();
        assertThat(ask("select count(*) from observation o join indicator i on i.id = o.indicator_id"
                        + " where i.code = 'IDX' and quality <> 'implied'"))
                .isEqualTo("(12003)");

        String id = ask("select id from indicator where code = 'IDX'").replaceAll("[()]", "");
        admin().delete(API + "IDX").then().statusCode(204);
        assertThat(ask("select indicator_id from observation union select indicator_id from bar"))
                .isEqualTo(ask("select id from indicator where code = 'EMAS'"));
        admin().body("{\"label\":\"IDX\"}").post("/api/v1/labels").then().statusCode(201);
        execute("update indicator set id = " + id + " where code = 'IDX'"); // other tests rely on the order
    }

    @Test
    void changesOfAnotherReplicaAreSeen() {
        take(Via.POST, "post:api", "09:30:00", "JIBOR 6,10 0,05%");
        given().get(API + "JIBOR").then().statusCode(200);
        execute(
                "update indicator set code = 'JIBOR 1M' where code = 'JIBOR'; select pg_notify('detak', 'indicators:')");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> given().get(API + "JIBOR").then().statusCode(404));
        given().get(API + "JIBOR-1M/observations").then().body("code", equalTo("JIBOR 1M"));
    }

    @Test
    void mergeThatFailsChangesNothing() {
        take(Via.POST, "post:api", "09:30:00", "KOMPOSIT 7.166,00 16,00 0,22%");
        String before = ask("select * from observation") + ask("select * from bar") + ask("select * from indicator");
        QuarkusTransaction.begin();
        editor.merge("KOMPOSIT", "IDX", "admin");
        QuarkusTransaction.rollback();
        assertThat(ask("select * from observation") + ask("select * from bar") + ask("select * from indicator"))
                .isEqualTo(before);
        given().get(API + "KOMPOSIT/observations").then().body("code", equalTo("KOMPOSIT"));
    }
}
