package id.detak.series.history;

import static id.detak.testsupport.ExactDecimals.decimal;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The data of a chart apart from its points: market hours, gaps, observations and alerts. */
@QuarkusTest
class ChartDataTest {

    private static final String LQ45 = "/api/v1/indicators/LQ45/";

    @Inject
    DataSource dataSource;

    @BeforeEach
    void forget() {
        TestDatabase.empty(dataSource);
    }

    @Test
    void sessionsFollowTheTradingCalendar() {
        get(LQ45 + "sessions?from=2026-11-13&to=2026-11-16")
                .body("timezone", equalTo("Asia/Jakarta"))
                .body("day", contains("2026-11-13", "2026-11-13", "2026-11-16", "2026-11-16")) // a Friday, a Monday
                .body(
                        "open",
                        contains(
                                millis("2026-11-13T09:00"),
                                millis("2026-11-13T14:00"),
                                millis("2026-11-16T09:00"),
                                millis("2026-11-16T13:30")))
                .body(
                        "close",
                        contains(
                                millis("2026-11-13T11:30"),
                                millis("2026-11-13T16:00"),
                                millis("2026-11-16T12:00"),
                                millis("2026-11-16T16:00")));
        get(LQ45 + "sessions?to=2026-11-16&days=5").body("day", hasSize(10)).body("day[0]", equalTo("2026-11-10"));
        get(LQ45 + "sessions?to=2026-11-15")
                .body("day", everyItem(equalTo("2026-11-13"))); // for a Sunday: the last trading day before it
        get("/api/v1/indicators/EMAS/sessions?to=2026-11-14&days=1")
                .body("day", contains("2026-11-14")); // gold trades on Saturdays
        get(LQ45 + "sessions?from=2026-11-14&to=2026-11-15").body("day", empty());
        get(LQ45 + "sessions?from=2099-01-01").body("day", empty()); // it has not begun
        get(LQ45 + "sessions?to=2026-11-16&days=250").body("day", hasSize(500));
    }

    @ParameterizedTest
    @CsvSource({
        "sessions?days=0, 400, days",
        "sessions?days=x, 400, days",
        "sessions?from=2020-01-01&to=2026-01-01, 400, 400 days",
        "sessions?from=2026-01-02&to=2026-01-01, 400, swap",
        "observations?limit=0, 400, limit",
        "observations?from=yesterday, 400, from cannot be read",
        "history?interval=1h;3y, 400, interval",
        "history?interval=1h;1h, 400, interval"
    })
    void invalidParametersAreExplained(String question, int status, String detail) {
        given().get(LQ45 + question.replace(';', ','))
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("detail", containsString(detail));
        given().get("/api/v1/indicators/NOPE/" + question.replace(';', ','))
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void observationsNameTheirCaptures() {
        observe("2026-11-12T10:00", "LQ45 900,00 -10,00 -1,10%");
        observe("2026-11-13T10:00", "LQ45 905,00 5,00 0,56%");
        observe("2026-11-13T10:05", "LQ45 905,00 5,00 9,99%");
        observe("2026-11-14T10:00", "LQ45 905,00 5,00 0,56%"); // on a Saturday, which still belongs to Friday
        String friday = LQ45 + "observations?from=2026-11-13&to=2026-11-13";
        get(friday)
                .body("code", equalTo("LQ45"))
                .body(
                        "items.observedAt",
                        contains("2026-11-14T10:00:00+07:00", "2026-11-13T10:05:00+07:00", "2026-11-13T10:00:00+07:00"))
                .body("items.tradingDay", everyItem(equalTo("2026-11-13")))
                .body("items.quality", contains("ok", "suspect", "ok"))
                .body("items.reason", contains(null, "check-failed", null))
                .body("items[2].previousClose", equalTo(decimal("900.00")))
                .body("items.captureId", everyItem(matchesPattern("[0-9a-f-]{36}")));
        get(friday + "&limit=1").body("items", hasSize(1));
        get(LQ45 + "observations?from=2026-11-13T10:00:00%2B07:00&to=2026-11-13T10:00:00.999999%2B07:00")
                .body("items", hasSize(1));
        get(LQ45 + "observations")
                .body(
                        "items.tradingDay",
                        contains("2026-11-13", "2026-11-13", "2026-11-13", "2026-11-12", "2026-11-11"))
                .body("items[4].quality", equalTo("implied"));
    }

    @Test
    void openMarketWithoutObservationsIsAGap() {
        for (int minute = 0; minute <= 30; minute += 5) {
            observe("2026-11-16T10:%02d".formatted(minute), "LQ45 900,00 -10,00 -1,10%");
        }
        observe("2026-11-16T11:30", "LQ45 901,00 -9,00 -0,99%");
        observe("2026-11-16T11:55", "LQ45 901,00 -9,00 -0,99%"); // 25 minutes
        observe("2026-11-16T13:35", "LQ45 902,00 -8,00 -0,88%"); // ten minutes, plus the lunch break
        observe("2026-11-16T15:58", "LQ45 902,00 -8,00 -0,88%");
        observe("2026-11-17T09:02", "LQ45 903,00 1,00 0,11%"); // a night
        get(LQ45 + "history?interval=raw&from=2026-11-16T10:00:00%2B07:00")
                .body("gaps.from", contains(millis("2026-11-16T10:30"), millis("2026-11-16T13:35")))
                .body(
                        "gaps.to",
                        contains(millis("2026-11-16T11:55"), millis("2026-11-16T15:58"))); // two that touch are one
        get(LQ45 + "history?interval=raw&from=2026-11-17T09:00:00%2B07:00&to=2026-11-17T11:00:00%2B07:00")
                .body("gaps.from", contains(millis("2026-11-17T09:02"))) // until the end of what is asked for
                .body("gaps.to", contains(millis("2026-11-17T11:00")));
        get(LQ45 + "history?interval=raw&from=2026-11-16T09:00:00%2B07:00&to=2026-11-16T10:10:00%2B07:00")
                .body("gaps.from", contains(millis("2026-11-16T09:00")));
        get(LQ45 + "history?interval=1h&from=2026-11-16")
                .body("gaps.from", contains(millis("2026-11-16T14:00")))
                .body("gaps.to", contains(millis("2026-11-16T15:00")));
        get(LQ45 + "history?interval=raw&from=2026-11-16&transform=change").body("gaps", nullValue());
        observe("2026-11-19T10:00", "LQ45 903,00 1,00 0,11%");
        observe("2026-11-20T10:00", "LQ45 903,00 1,00 0,11%");
        // the close of the 18th is implied by the 19th, which does not fill the gap; a weekend is not a gap
        get(LQ45 + "history?interval=1d")
                .body("gaps.from", contains(millis("2026-11-18T00:00")))
                .body("gaps.to", contains(millis("2026-11-19T00:00")));
        get("/api/v1/compare?codes=LQ45")
                .body("items[0].gaps.from", contains(millis("2026-11-18T00:00")))
                .body("items[0].gaps.to", contains(millis("2026-11-19T00:00")));
    }

    @Test
    void aHoleInASparseArchiveIsAGap() {
        for (int day = 2; day < 28; day += 8) {
            observe("2026-05-%02dT10:00".formatted(day), "LQ45 900,00 0,00 0,00%");
            observe("2026-10-%02dT10:00".formatted(day), "LQ45 900,00 0,00 0,00%");
        }
        get(LQ45 + "history?interval=raw")
                .body("gaps.from", contains(millis("2026-05-26T10:00")))
                .body("gaps.to", contains(millis("2026-10-02T10:00")));
        get(LQ45 + "history?interval=1d").body("gaps", hasSize(1));
    }

    @Test
    void sparseArchiveHasNoGaps() {
        for (int day = 2; day < 28; day += 8) {
            observe("2026-10-%02dT10:00".formatted(day), "LQ45 900,00 -10,00 -1,10%");
        }
        get(LQ45 + "history?interval=raw").body("points.t", not(empty())).body("gaps", nullValue());
        get(LQ45 + "history?interval=1d").body("gaps", nullValue());
    }

    @Test
    void finestIntervalThatFitsIsUsed() {
        for (int minute = 0; minute < 50; minute += 5) {
            observe("2026-11-16T10:%02d".formatted(minute), "LQ45 900,00 -10,00 -1,10%");
        }
        get(LQ45 + "history?interval=1d,raw&from=2026-11-16&maxPoints=20").body("interval", equalTo("raw"));
        get(LQ45 + "history?interval=1d, 1h&from=2026-11-16&maxPoints=5").body("interval", equalTo("1h"));
        get(LQ45 + "history?interval=1d,raw&from=2026-11-16&maxPoints=5").body("interval", equalTo("1d"));
    }

    @Test
    void comparisonsAreAvailableAsCsv() {
        observe("2026-11-16T10:00", "LQ45 900,00 -10,00 -1,10%", "EMAS 1.000.000 0,00%");
        observe("2026-11-17T10:00", "LQ45 909,00 9,00 1,00%", "EMAS 990.000 -1,00%");
        String csv = given().get("/api/v1/compare.csv?codes=LQ45,EMAS&from=2026-11-16")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .extract()
                .asString();
        assertThat(csv)
                .isEqualTo(
                        "start,LQ45,EMAS\n2026-11-16T00:00+07:00,100.000000,100.000000\n2026-11-17T00:00+07:00,101.000000,99.000000\n");
        given().get("/api/v1/compare.csv?codes=LQ45,NOPE").then().statusCode(404);
    }

    @Test
    void alertsOfARange() {
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType(ContentType.JSON)
                .body(Map.of("name", "low", "type", "below", "codes", List.of("LQ45"), "level", 890))
                .post("/api/v1/rules")
                .then()
                .statusCode(201);
        observe("2026-11-16T10:00", "LQ45 880,00 -10,00 -1,12%");
        observe("2026-11-16T11:00", "LQ45 900,00 10,00 1,12%");
        observe("2026-11-17T10:00", "LQ45 885,00 -15,00 -1,67%");
        get("/api/v1/alerts?code=LQ45")
                .body("items.firedAt", contains("2026-11-17T10:00:00+07:00", "2026-11-16T10:00:00+07:00"));
        get("/api/v1/alerts?code=LQ45&to=2026-11-16").body("items.firedAt", contains("2026-11-16T10:00:00+07:00"));
        get("/api/v1/alerts?from=2026-11-16T10:00:01%2B07:00")
                .body("items.firedAt", contains("2026-11-17T10:00:00+07:00"));
        given().get("/api/v1/alerts?from=x")
                .then()
                .statusCode(400)
                .body("detail", containsString("from cannot be read"));
    }

    private static ValidatableResponse get(String path) {
        return given().urlEncodingEnabled(false)
                .get(path.replace(" ", "%20"))
                .then()
                .statusCode(200);
    }

    private static void observe(String at, String... items) {
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType("text/plain; charset=utf-8")
                .queryParam("observedAt", at + ":00+07:00")
                .body(Pages.strip(String.join("\n  • ", items)).getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/captures")
                .then()
                .statusCode(201);
    }

    private static long millis(String local) {
        return OffsetDateTime.parse(local + ":00+07:00").toInstant().toEpochMilli();
    }
}
