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
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Messages about a silent source or a changed page: once, again each day, and at the end. 23 November 2026 is a Monday.
 */
@QuarkusTest
class SourceMonitorTest {

    private static final String WHOLE = "  • LQ45 900,00 -10,00 -1,10%\n  • EMAS 1.319.000 0,00%\n";
    private static final String HALF = "  • LQ45 900,00 -10,00 -1,10%\n  • <b>EMAS</b> satu koma tiga\n";

    @Inject
    Intake intake;

    @Inject
    SourceMonitor monitor;

    @Inject
    Clock clock;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    private UUID poll(String at, Arrival.Content content) {
        return poll(OffsetDateTime.parse(at + "+07:00").toInstant(), content);
    }

    private UUID poll(Instant at, Arrival.Content content) {
        return intake.take(new Arrival("kontan", Via.POLL, null, at, null, null, content))
                .capture()
                .id();
    }

    private static void hook(Receiver receiver) {
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType("application/json")
                .body(Map.of("name", "hook", "type", "webhook", "url", receiver.url("/hook")))
                .post("/api/v1/channels")
                .then()
                .statusCode(201);
    }

    private static List<String> texts(Receiver receiver) {
        return receiver.requests("/hook").stream()
                .map(request -> request.json().path("text").asText())
                .toList();
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
                "notified",
                Duration.ofSeconds(60),
                () -> receiver.requests("/hook").size() >= count);
        return receiver.requests("/hook").stream()
                .map(request -> request.json().path("event").asText() + " "
                        + request.json().path("source").asText())
                .toList();
    }

    @Test
    void changedLayoutsAreReportedOnceDailyAndAtTheEnd() {
        try (Receiver receiver = Receiver.start()) {
            hook(receiver);
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
                                    "The page of kontan is missing items since 23 Nov 2026 09:35:00 WIB. Missing, though most strips before contained it: EMAS."));
            poll("2026-11-23T09:38:00", strip(WHOLE)); // written late, after a newer poll
            poll("2026-11-24T09:39:00", strip(HALF));
            poll("2026-11-24T09:44:00", strip(HALF));
            poll("2026-11-24T09:50:00", strip(HALF));
            poll("2026-11-24T10:00:00", strip(WHOLE));
            poll("2026-11-24T10:05:00", strip(WHOLE));
            given().get("/api/v1/sources").then().body("items[0].trouble.goodPolls", equalTo(2));
            poll("2026-11-24T10:10:00", strip(WHOLE));
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

    /** A source may drop an indicator permanently. */
    @Test
    void indicatorsMissingForAWeekAreNoLongerExpected() {
        pollWholeStrips();
        for (int day = 23; day < 29; day++) {
            poll("2026-11-" + day + "T09:35:00", strip(HALF));
        }
        given().get("/api/v1/sources").then().body("items[0].trouble.polls", equalTo(6));
        for (int minute = 36; minute < 39; minute++) {
            poll("2026-11-30T09:" + minute + ":00", strip(HALF));
        }
        given().get("/api/v1/sources").then().body("items[0].trouble", nullValue());
    }

    @Test
    void totalLossAfterASmallerProblemIsReportedAtOnce() {
        try (Receiver receiver = Receiver.start()) {
            hook(receiver);
            pollWholeStrips();
            poll("2026-11-23T09:35:00", strip(HALF));
            poll("2026-11-23T09:40:00", strip(HALF));
            poll("2026-11-23T09:45:00", nothing());
            poll("2026-11-23T09:50:00", strip(HALF));
            poll(
                    "2026-11-23T09:55:00",
                    new Arrival.Page("Teks pengisi.")); // the channels were notified of such a loss before
            assertThat(events(receiver, 2)).containsExactly("firing kontan", "firing kontan");
            assertThat(texts(receiver))
                    .containsExactly(
                            "The page of kontan has been incomplete since 23 Nov 2026 09:35 WIB. Missing, though most strips before contained it: EMAS. Its layout may have changed; the pages are kept.",
                            "No page of kontan could be read since 23 Nov 2026 09:45 WIB: The server did not answer. Rules see no new numbers.");
            assertThat(receiver.requests("/hook").stream()
                            .map(request -> request.json().path("severity").asText()))
                    .containsExactly("warning", "critical");
        }
    }

    @Test
    void alternatingLayoutsAreOneProblem() {
        try (Receiver receiver = Receiver.start()) {
            hook(receiver);
            pollWholeStrips();
            Instant at = OffsetDateTime.parse("2026-11-23T09:35:00+07:00").toInstant();
            for (int round = 0; round < 4; round++) {
                for (String items : List.of(HALF, HALF, WHOLE)) {
                    poll(at, strip(items));
                    at = at.plus(Duration.ofMinutes(5));
                }
            }
            given().get("/api/v1/sources")
                    .then()
                    .body("items[0].trouble.rounds", equalTo(4))
                    .body("items[0].trouble.polls", equalTo(8))
                    .body("items[0].trouble.goodPolls", equalTo(1));
            given().header("Accept-Language", "en")
                    .get("/")
                    .then()
                    .body(containsString("kontan has an intermittent problem: 4 times since "));
            for (int poll = 0; poll < 11; poll++) {
                poll(at, strip(WHOLE));
                at = at.plus(Duration.ofMinutes(5));
            }
            given().get("/api/v1/sources").then().body("items[0].trouble", nullValue());
            assertThat(events(receiver, 2)).containsExactly("firing kontan", "resolved kontan");
            assertThat(texts(receiver).get(1))
                    .isEqualTo(
                            "kontan can be read completely again. The problem began 23 Nov 2026 09:35 WIB. It came back 4 times.");
        }
    }

    /** Half of the numbers are lost, though never twice in a row. */
    @Test
    void everySecondPollIncompleteIsReported() {
        pollWholeStrips();
        poll("2026-11-23T09:35:00", strip(HALF));
        poll("2026-11-23T09:40:00", strip(WHOLE));
        poll("2026-11-23T09:45:00", strip(HALF));
        given().get("/api/v1/sources").then().body("items[0].trouble.toldAt", equalTo("2026-11-23T09:45:00+07:00"));
    }

    @Test
    void problemsThatComeBackWithinADayAreTheSame() {
        try (Receiver receiver = Receiver.start()) {
            hook(receiver);
            pollWholeStrips();
            for (int round = 0; round < 2; round++) {
                String hour = "2026-11-23T1" + round + ":";
                poll(hour + "35:00", strip(HALF));
                poll(hour + "40:00", strip(HALF));
                for (int minute = 45; minute < 57; minute += 2) {
                    poll(hour + minute + ":00", strip(WHOLE));
                }
            }
            poll("2026-11-25T09:35:00", strip(HALF));
            poll("2026-11-25T09:40:00", strip(HALF));
            assertThat(events(receiver, 5))
                    .containsExactly(
                            "firing kontan", "resolved kontan", "firing kontan", "resolved kontan", "firing kontan");
            List<String> ids = receiver.requests("/hook").stream()
                    .map(request -> request.json().path("alertId").asText())
                    .toList();
            assertThat(ids.subList(1, 4)).containsOnly(ids.get(0));
            assertThat(ids.get(4)).isNotEqualTo(ids.get(0));
            assertThat(texts(receiver).get(2))
                    .endsWith("The problem comes and goes: 3 bad polls in 2 rounds since 23 Nov 2026 10:35 WIB.");
        }
    }

    /** No poll could report it: the server asked not to be polled for hours. */
    @Test
    void longPausesAreReportedAfterThreeIntervals() throws Exception {
        Instant now = clock.instant();
        poll(now.minus(Duration.ofMinutes(1)), nothing());
        waitForServer();
        monitor.run();
        given().get("/api/v1/sources").then().body("items[0].trouble.toldAt", nullValue());
        TestDatabase.empty(dataSource);
        poll(now.minus(Duration.ofMinutes(61)), nothing());
        monitor.run();
        given().get("/api/v1/sources").then().body("items[0].trouble.toldAt", nullValue()); // it is polled as usual
        try (Receiver receiver = Receiver.start()) {
            hook(receiver);
            waitForServer();
            monitor.run();
            monitor.run();
            given().get("/api/v1/sources")
                    .then()
                    .body("items[0].trouble.polls", equalTo(1))
                    .body("items[0].trouble.toldAt", notNullValue());
            assertThat(events(receiver, 1)).containsExactly("firing kontan");
            assertThat(texts(receiver).get(0)).contains("Its server asked for a pause: the next poll is at ");
        }
    }

    @Test
    void pollsFromTheFutureDoNotHideProblems() {
        Instant now = clock.instant();
        poll(now.plus(Duration.ofDays(30)), strip(WHOLE));
        poll(now.minus(Duration.ofMinutes(1)), nothing());
        given().get("/api/v1/sources").then().body("items[0].trouble.polls", equalTo(1));
    }

    private void waitForServer() throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update source set not_before = now() + interval '6 hours' where name = 'kontan'");
        }
    }

    /** Market hours begin at 09:00. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-23T09:45:00, 09:14, true",
        "2026-11-23T09:45:00, 09:16, false",
        "2026-11-23T09:45:00, 09:50, false",
        "2026-11-23T09:29:00, 16:00, false",
        "2026-11-23T09:45:00, 16:00, true",
        "2026-11-23T13:40:00, 11:59, false",
        "2026-11-23T16:30:00, 14:00, false",
        "2026-11-22T10:00:00, 09:00, false",
        "2026-11-23T09:45:00, '', false",
    })
    void stripClocksFarBehindAreStaleAtTheSource(String at, String shown, boolean stale) {
        Arrival.Content page = new Arrival.Page("| " + shown + " WIB | INDIKATOR |\n" + WHOLE + "\nTeks pengisi.\n");
        UUID capture = poll(at, page);
        given().get("/api/v1/captures/" + capture).then().body("stripClock", equalTo(shown.isEmpty() ? null : shown));
        given().get("/api/v1/sources").then().body("items[0].trouble.kind", equalTo(stale ? "stale" : null));
    }

    @Test
    void staleStripsAreReported() {
        try (Receiver receiver = Receiver.start()) {
            hook(receiver);
            for (String at : List.of("2026-11-23T10:05:00", "2026-11-23T10:10:00")) {
                poll(at, new Arrival.Page("| 09:30 WIB | INDIKATOR |\n" + WHOLE + "\nTeks pengisi.\n"));
            }
            assertThat(events(receiver, 1)).containsExactly("firing kontan");
            assertThat(texts(receiver))
                    .containsExactly(
                            "The page of kontan has shown old numbers since 23 Nov 2026 10:05 WIB. The strip shows the time 09:30 WIB, but was fetched at 10:10 WIB. Rules use the old numbers.");
        }
    }
}
