package id.detak.series;

import static id.detak.testsupport.ExactDecimals.decimal;
import static id.detak.testsupport.ExactDecimals.decimals;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API over real HTTP. */
@QuarkusTest
class ApiTest {

    private static final String EARLY_AT = "2021-03-02T09:30:00+07:00";

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType("text/plain; charset=utf-8");
    }

    private static ValidatableResponse post(String at, String page) {
        return admin().queryParam("observedAt", at)
                .body(page.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/api/v1/captures")
                .then();
    }

    private static ValidatableResponse problem(ValidatableResponse answer, int status) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("detail", notNullValue());
    }

    @Test
    void latestReturnsTheNumbersOfTheStrip() {
        post(EARLY_AT, Pages.EARLY).statusCode(201).body("read", equalTo(5)).body("created", equalTo(5));
        String json = given().get("/api/v1/latest")
                .then()
                .statusCode(200)
                .body("items", hasSize(5))
                .body("items[0].code", equalTo("LQ45"))
                .body("items[0].observedAt", equalTo(EARLY_AT))
                .body("items[0].tradingDay", equalTo("2021-03-02"))
                .body("items[0].quality", equalTo("ok"))
                .body("items[0].captureId", notNullValue())
                .body("items[1].quality", equalTo("unchecked"))
                .body("items[2].value", nullValue())
                .extract()
                .asString();
        assertThat(json)
                .contains(
                        "\"value\":898.78",
                        "\"change\":-24.72",
                        "\"changePercent\":-2.68",
                        "\"value\":1319000",
                        "\"changePercent\":0.00");
    }

    @Test
    void indicatorsAreListedWithTheirLatestQuote() {
        post(EARLY_AT, Pages.EARLY.replace("RD.CAMPURAN", "RD.PASAR UANG"));
        given().get("/api/v1/indicators")
                .then()
                .statusCode(200)
                .body("items.code", hasItem("USD/IDR"))
                .body("items.find { it.code == 'USD/IDR' }.address", equalTo("USDIDR"))
                .body("items.find { it.code == 'USD/IDR' }.latest", nullValue())
                .body("items.find { it.code == 'LQ45' }.latest.value", equalTo(decimal("898.78")))
                .body("items.find { it.code == 'LQ45' }.name.id", equalTo("Indeks LQ45"))
                .body("items.find { it.code == 'LQ45' }.discovered", equalTo(false))
                .body("items.find { it.code == 'RD.PASAR UANG' }.discovered", equalTo(true))
                .body("items.find { it.code == 'RD.PENDAPATAN TETAP' }.address", equalTo("RD.PENDAPATAN-TETAP"));
    }

    @Test
    void numbersLinkToTheirCapture() {
        post(EARLY_AT, Pages.EARLY);
        String id = given().get("/api/v1/latest").then().extract().path("items[0].captureId");
        given().get("/api/v1/captures/{id}", id)
                .then()
                .statusCode(200)
                .body("observedAt", equalTo(EARLY_AT))
                .body("via", equalTo("post"))
                .body("outcome", equalTo("ok"))
                .body("strip", containsString("LQ45898,78 -24,72 -2.68%"))
                .body("quotes", hasSize(5))
                .body("unknown", hasSize(0));
    }

    @Test
    void pageWithoutStripIsRejectedAndKept() {
        String id = problem(post(EARLY_AT, "halaman rekaan"), 422)
                .body("captureId", notNullValue())
                .extract()
                .path("captureId");
        given().get("/api/v1/captures/{id}", id)
                .then()
                .body("outcome", equalTo("no-strip"))
                .body("pageKept", equalTo(true));
        assertThat(given().get("/api/v1/captures/{id}/page", id).asString()).isEqualTo("halaman rekaan");
    }

    @Test
    void rawHistoryMarksSuspectObservations() {
        post("2026-11-23T10:00:00+07:00", Pages.strip("LQ45 831,00 -12,11 -1,44%"));
        post("2026-11-23T10:05:00+07:00", Pages.strip("LQ45 839,00 -12,11 -9,44%"));
        given().get("/api/v1/indicators/LQ45/history?interval=raw")
                .then()
                .statusCode(200)
                .body("code", equalTo("LQ45"))
                .body("measure", equalTo("value"))
                .body("interval", equalTo("raw"))
                .body("unit", equalTo("points"))
                .body("timezone", equalTo("Asia/Jakarta"))
                .body("points.t", contains(1795166100000L, 1795402800000L, 1795403100000L))
                .body("points.close", equalTo(decimals("843.11", "831.00", null)))
                .body("points.count", contains(0, 1, 1))
                .body("points", not(hasKey("open")))
                .body("suspect", hasSize(1))
                .body("suspect[0].t", equalTo(1795403100000L))
                .body("suspect[0].number", equalTo(decimal("839.00")))
                .body("suspect[0].reason", equalTo("check-failed"))
                .body("implied", hasSize(1))
                .body("implied[0].t", equalTo(1795166100000L))
                .body("implied[0].captureId", notNullValue());
    }

    @Test
    void barsUseTradingDaysAndExcludeSuspectObservations() {
        post("2026-11-20T10:00:00+07:00", Pages.strip("LQ45 831,00 -12,11 -1,44%"));
        post("2026-11-20T15:00:00+07:00", Pages.strip("LQ45 835,00 -8,11 -0,96%"));
        post("2026-11-20T15:30:00+07:00", Pages.strip("LQ45 99,00 -8,11 -0,96%"));
        post("2026-11-21T10:00:00+07:00", Pages.strip("LQ45 835,00 -8,11 -0,96%"));
        post("2026-11-23T10:00:00+07:00", Pages.strip("LQ45 840,00 5,00 0,60%"));
        given().get("/api/v1/indicators/LQ45/history?interval=1d")
                .then()
                .body("points.t", contains(1795021200000L, 1795107600000L, 1795366800000L))
                .body("points.open", equalTo(decimals("843.11", "831.00", "840.00")))
                .body("points.high", equalTo(decimals("843.11", "835.00", "840.00")))
                .body("points.low", equalTo(decimals("843.11", "831.00", "840.00")))
                .body("points.close", equalTo(decimals("843.11", "835.00", "840.00")))
                .body("points.count", contains(0, 3, 1));
        given().get("/api/v1/indicators/LQ45/history?interval=1w").then().body("points.count", contains(3, 1));
        given().get("/api/v1/indicators/LQ45/history?interval=1mo")
                .then()
                .body("points.count", contains(4))
                .body("points.close", equalTo(decimals("840.00")));
        given().get("/api/v1/indicators/LQ45/history?interval=1h").then().body("points.count", contains(0, 1, 1, 1, 1));
        given().get("/api/v1/indicators/LQ45/history?maxPoints=3")
                .then()
                .statusCode(200)
                .body("interval", equalTo("1d"));
    }

    @Test
    void bothEndsOfARangeCount() {
        for (String at : List.of("2026-11-23T10:00:00", "2026-11-23T10:05:00", "2026-11-24T00:00:00")) {
            post(at + "+07:00", Pages.strip("EMAS 1.319.000 0,00%"));
        }
        history("EMAS", "from", "2026-11-23T10:00:00+07:00", "to", "2026-11-23T10:05:00+07:00")
                .body("points.t", hasSize(2));
        history("EMAS", "from", "2026-11-23", "to", "2026-11-23").body("points.t", hasSize(2));
        history("EMAS", "from", "2026-11-24").body("points.t", hasSize(1));
        history("EMAS", "to", "2026-11-22").body("points.t", hasSize(0));
    }

    private static ValidatableResponse history(String code, String... parameters) {
        RequestSpecification request = given().queryParam("interval", "raw");
        for (int i = 0; i < parameters.length; i += 2) {
            request.queryParam(parameters[i], parameters[i + 1]);
        }
        return request.get("/api/v1/indicators/{code}/history", code).then().statusCode(200);
    }

    @Test
    void returnIndexChainsOnePercentADayAndShowsGaps() {
        post("2026-11-19T18:00:00+07:00", Pages.strip("RD.SAHAM 9.99%"));
        post("2026-11-19T19:00:00+07:00", Pages.strip("RD.SAHAM 1.00%"));
        post("2026-11-20T10:00:00+07:00", Pages.strip("RD.SAHAM 1.00%"));
        post("2026-11-24T20:00:00+07:00", Pages.strip("RD.SAHAM -2.00%"));
        given().get("/api/v1/indicators/RD.SAHAM/history?measure=returnIndex")
                .then()
                .statusCode(200)
                .body("interval", equalTo("1d"))
                .body("points.close", equalTo(decimals("100.000000", "101.000000", null, null, "98.980000")))
                .body("points.count", contains(0, 3, 0, 0, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"USDIDR", "usdidr", "RD.PENDAPATAN-TETAP", "RD.PENDAPATAN%20TETAP", "LQ45"})
    void codesAreFoundInTheirUrlForm(String code) {
        given().urlEncodingEnabled(false)
                .get("/api/v1/indicators/" + code + "/history")
                .then()
                .statusCode(200)
                .body("points.t", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource({
        "from=2026-13-01",
        "from=yesterday",
        "to=P1",
        "from=2026-11-25T10:00:00",
        "from=2026-02-01&to=2026-01-01",
        "interval=3h",
        "measure=price",
        "maxPoints=0",
        "maxPoints=100001",
        "maxPoints=many",
        "measure=returnIndex",
        "from=-999999999-01-01T00:00:00Z",
        "from=0000-01-01",
        "from=P999999999Y"
    })
    void invalidParametersAreExplained(String query) {
        problem(
                given().urlEncodingEnabled(false)
                        .get("/api/v1/indicators/LQ45/history?" + query)
                        .then(),
                400);
    }

    @Test
    void tooManyPointsAreRejectedWithAdvice() {
        post("2026-11-23T10:00:00+07:00", Pages.strip("EMAS 1.319.000 0,00%"));
        post("2026-11-23T10:05:00+07:00", Pages.strip("EMAS 1.320.000 0,08%"));
        problem(
                        given().get("/api/v1/indicators/EMAS/history?interval=raw&maxPoints=1")
                                .then(),
                        400)
                .body("detail", containsString("maxPoints"));
        given().get("/api/v1/indicators/EMAS/history?maxPoints=1")
                .then()
                .statusCode(200)
                .body("interval", equalTo("15m"));
    }

    @Test
    void missingResourcesAre404() {
        problem(given().get("/api/v1/indicators/NOPE/history").then(), 404)
                .body("detail", containsString("/api/v1/indicators"));
        problem(
                given().urlEncodingEnabled(false)
                        .get("/api/v1/indicators/%00/history")
                        .then(),
                400);
        problem(given().get("/api/v1/captures/7").then(), 404);
        problem(
                given().get("/api/v1/captures/00000000-0000-0000-0000-000000000000")
                        .then(),
                404);
        problem(given().get("/api/v1/nothing").then(), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer wrong", "Bearer ", "Basic dGVzdDp0ZXN0", TestDatabase.ADMIN_TOKEN})
    void writesCheckTheAdminTokenFirst(String authorization) {
        RequestSpecification request =
                given().contentType("application/x-nonsense").body(new byte[10]);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        problem(request.post("/api/v1/captures").then(), 401).header("WWW-Authenticate", containsString("Bearer"));
        assertThat(given().get("/api/v1/latest").<List<Object>>path("items")).isEmpty();
    }

    @Test
    void samePagePostedConcurrentlyIsRecordedOnce() throws Exception {
        var pool = java.util.concurrent.Executors.newFixedThreadPool(6);
        var answers = pool.invokeAll(java.util.Collections.nCopies(
                6, () -> post(EARLY_AT, Pages.EARLY).extract().statusCode()));
        pool.shutdown();
        for (var answer : answers) {
            assertThat(answer.get()).isEqualTo(201);
        }
        assertThat(given().get("/api/v1/latest").<List<Object>>path("items")).hasSize(5);
    }

    @Test
    void conflictNamesTheCaptureThatCounts() {
        String first = post(EARLY_AT, Pages.strip("LQ45 831,00 -12,11 -1,44%"))
                .extract()
                .path("id");
        String second = post(EARLY_AT, Pages.strip("LQ45 830,00 -13,11 -1,55%"))
                .body("conflicting", equalTo(1))
                .extract()
                .path("id");
        given().get("/api/v1/captures/{id}", second)
                .then()
                .body("conflicts[0].code", equalTo("LQ45"))
                .body("conflicts[0].value", equalTo(decimal("830.00")))
                .body("conflicts[0].standing", equalTo(first));
        assertThat(given().get("/captures/{id}", second).asString()).contains("Conflicts", "830.00", first);
    }

    @Test
    void bothSpellingsOfACurrencyPairAreOneIndicator() {
        post(EARLY_AT, Pages.strip("USDIDR 16.175 0,00 0,00%")).statusCode(201);
        given().get("/api/v1/latest").then().body("items.code", contains("USD/IDR"));
    }

    @Test
    void pagesNeedAPlausibleTime() {
        for (String at :
                List.of("2026-11-23", "2026-11-23T10:00:00", "2999-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "now")) {
            problem(post(at, Pages.EARLY), 400).body("detail", containsString("observedAt"));
        }
        problem(admin().body("x").post("/api/v1/captures").then(), 400)
                .body("detail", containsString("observedAt is missing"));
        problem(
                        admin().queryParam("observedAt", EARLY_AT)
                                .post("/api/v1/captures")
                                .then(),
                        400)
                .body("detail", containsString("empty"));
        problem(post(EARLY_AT, "x".repeat(5 * 1024 * 1024 + 1)), 413);
    }

    @Test
    void everythingUnderApiIsInTheOpenApiDocument() {
        Map<String, Object> paths = given().accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .path("paths");
        assertThat(paths.keySet())
                .contains(
                        "/api/v1/indicators",
                        "/api/v1/latest",
                        "/api/v1/indicators/{code}/history",
                        "/api/v1/captures",
                        "/api/v1/captures/{id}",
                        "/api/v1/stream")
                .allMatch(path -> path.startsWith("/api/v1/"));
        given().get("/q/swagger-ui/").then().statusCode(200);
    }

    @Test
    void healthAndMetricsAnswer() {
        given().get("/q/health").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/metrics").then().statusCode(200);
    }
}
