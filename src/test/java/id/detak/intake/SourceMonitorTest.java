package id.detak.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import id.detak.capture.FetchOutcome;
import id.detak.capture.Via;
import id.detak.testsupport.Receiver;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Messages about a silent source or a changed page: once, again each day, and when it is over. 23 November 2026 is a
 * Monday.
 */
@QuarkusTest
class SourceMonitorTest {

    private static final String WHOLE = "  • LQ45 900,00 -10,00 -1,10%\n  • EMAS 1.319.000 0,00%\n";
    private static final String HALF = "  • LQ45 900,00 -10,00 -1,10%\n  • <b>EMAS</b> satu koma tiga\n";

    @Inject
    Intake intake;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    private UUID poll(String at, Arrival.Content content) {
        return intake.take(new Arrival(
                        "kontan",
                        Via.POLL,
                        null,
                        OffsetDateTime.parse(at + "+07:00").toInstant(),
                        null,
                        null,
                        content))
                .capture()
                .id();
    }

    private static Arrival.Content strip(String items) {
        return new Arrival.Page("| : WIB | INDIKATOR |\n" + items + "\nTeks pengisi.\n");
    }

    private static Arrival.Content nothing() {
        return new Arrival.Nothing(FetchOutcome.UNREACHABLE, "The server did not answer.");
    }

    private void pollWholeStrips() {
        for (int minute = 10; minute < 35; minute += 5) {
            poll("2026-11-23T09:" + minute + ":00", strip(WHOLE));
        }
    }

    private static List<String> events(Receiver receiver, int count) {
        Receiver.await(
                "told", Duration.ofSeconds(60), () -> receiver.requests("/hook").size() >= count);
        return receiver.requests("/hook").stream()
                .map(request -> request.json().path("event").asText() + " "
                        + request.json().path("source").asText())
                .toList();
    }

    @Test
    void changedLayoutsAreReportedOnceDailyAndAtTheEnd() {
        try (Receiver receiver = Receiver.start()) {
            given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                    .contentType("application/json")
                    .body(Map.of("name", "hook", "type", "webhook", "url", receiver.url("/hook")))
                    .post("/api/v1/channels")
                    .then()
                    .statusCode(201);
            pollWholeStrips();
            given().get("/api/v1/sources")
                    .then()
                    .statusCode(200)
                    .body("items[0].trouble", nullValue())
                    .body("items[0].lastGoodAt", equalTo("2026-11-23T09:30:00+07:00"));
            UUID first = poll("2026-11-23T09:35:00", strip(HALF));
            poll("2026-11-23T09:35:00", strip(HALF)); // the same poll again
            given().get("/api/v1/sources")
                    .then()
                    .body("items[0].trouble.kind", equalTo("incomplete"))
                    .body("items[0].trouble.polls", equalTo(1))
                    .body("items[0].trouble.toldAt", nullValue())
                    .body("items[0].trouble.reason", equalTo("Missing, though most strips before contained it: EMAS."));
            given().get("/api/v1/captures/" + first + "/page")
                    .then()
                    .statusCode(200)
                    .body(containsString("satu koma tiga"));
            UUID second = poll("2026-11-23T09:40:00", new Arrival.Unchanged(first));
            given().get("/api/v1/captures/" + second + "/page")
                    .then()
                    .statusCode(200)
                    .body(containsString("satu koma tiga"));
            given().get("/api/v1/sources").then().body("items[0].trouble.toldAt", notNullValue());
            given().header("Accept-Language", "en")
                    .get("/")
                    .then()
                    .body(
                            containsString(
                                    "The page of kontan reads worse since 23 Nov 2026 09:35:00 WIB. Missing, though most strips before contained it: EMAS."));
            poll("2026-11-23T09:38:00", strip(WHOLE)); // written late, after a newer poll
            poll("2026-11-23T10:00:00", new Arrival.Page("Teks pengisi."));
            poll("2026-11-24T09:39:00", strip(HALF));
            poll("2026-11-24T09:44:00", strip(HALF));
            poll("2026-11-24T09:50:00", strip(HALF));
            poll("2026-11-24T10:00:00", strip(WHOLE));
            assertThat(events(receiver, 3)).containsExactly("firing kontan", "reminder kontan", "resolved kontan");
            assertThat(receiver.requests("/hook").get(0).json().path("alertId"))
                    .isEqualTo(receiver.requests("/hook").get(2).json().path("alertId"));
            given().get("/api/v1/sources").then().body("items[0].trouble", nullValue());
        }
    }

    @Test
    void shortServerOutagesAreNotReported() {
        pollWholeStrips();
        poll("2026-11-23T09:35:00", nothing());
        poll("2026-11-23T09:35:30", nothing());
        poll("2026-11-23T09:36:30", nothing());
        given().get("/api/v1/sources")
                .then()
                .body("items[0].trouble.kind", equalTo("unreachable"))
                .body("items[0].trouble.polls", equalTo(3))
                .body("items[0].trouble.toldAt", nullValue());
        poll("2026-11-23T09:50:00", nothing());
        given().get("/api/v1/sources").then().body("items[0].trouble.toldAt", equalTo("2026-11-23T09:50:00+07:00"));
        poll("2026-11-23T09:55:00", strip(WHOLE));
        given().get("/api/v1/sources").then().body("items[0].trouble", nullValue());
        // in the evening a poll is due each hour
        poll("2026-11-23T20:00:00", nothing());
        poll("2026-11-23T20:55:00", nothing());
        given().get("/api/v1/sources").then().body("items[0].trouble.toldAt", nullValue());
        poll("2026-11-23T21:00:00", nothing());
        given().get("/api/v1/sources").then().body("items[0].trouble.toldAt", notNullValue());
    }

    /** A source may drop an indicator for good. */
    @Test
    void indicatorsMissingForAWeekAreNoLongerExpected() {
        pollWholeStrips();
        for (int day = 23; day < 29; day++) {
            poll("2026-11-" + day + "T09:35:00", strip(HALF));
        }
        given().get("/api/v1/sources").then().body("items[0].trouble.polls", equalTo(6));
        poll("2026-11-30T09:36:00", strip(HALF));
        given().get("/api/v1/sources").then().body("items[0].trouble", nullValue());
    }
}
