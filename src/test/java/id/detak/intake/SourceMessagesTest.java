package id.detak.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import id.detak.capture.FetchOutcome;
import id.detak.capture.Via;
import id.detak.testsupport.Receiver;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages about sources: which channels receive them, and how people stop them. */
@QuarkusTest
class SourceMessagesTest {

    private static final String MESSAGE = "/hook";

    @Inject
    Intake intake;

    @Inject
    Clock clock;

    @Inject
    DataSource dataSource;

    private Receiver receiver;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
        receiver = Receiver.start();
    }

    @AfterEach
    void close() {
        receiver.close();
        TestDatabase.empty(dataSource);
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType("application/json");
    }

    private String channel(String path, Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(Map.of("name", "hook", "type", "webhook", "url", receiver.url(path)));
        body.putAll(more);
        return admin().body(body)
                .post("/api/v1/channels")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void poll(String at, Arrival.Content content) {
        intake.take(new Arrival(
                "kontan", Via.POLL, null, OffsetDateTime.parse(at + "+07:00").toInstant(), null, null, content));
    }

    private static Arrival.Content page(String items) {
        return new Arrival.Page("| : WIB | INDIKATOR |\n" + items + "\nTeks pengisi.\n");
    }

    /** Two bad polls, which are reported. */
    private void loseTheStrip() {
        poll("2026-11-23T09:35:00", new Arrival.Page("Teks pengisi."));
        poll("2026-11-23T09:40:00", new Arrival.Page("Teks pengisi."));
    }

    private List<String> events(String path, int count) {
        Receiver.await(
                "notified",
                Duration.ofSeconds(60),
                () -> receiver.requests(path).size() >= count);
        return receiver.requests(path).stream()
                .map(request -> request.json().path("event").asText())
                .toList();
    }

    private String in(Duration duration) {
        return clock.instant().plus(duration).atOffset(ZoneOffset.UTC).toString();
    }

    private static void messagesWait(int count) {
        given().get("/api/v1/deliveries")
                .then()
                .body("items", hasSize(count))
                .body("items.state", everyItem(equalTo("waiting")))
                .body("items.tries", everyItem(equalTo(0)));
    }

    @Test
    void onlyChannelsThatWantThemReceiveSourceMessages() {
        String without = channel("/without", Map.of("sources", false));
        channel(MESSAGE, Map.of());
        loseTheStrip();
        assertThat(events(MESSAGE, 1)).containsExactly("firing");
        given().get("/api/v1/deliveries").then().body("items", hasSize(1));
        given().get("/api/v1/channels").then().body("items.sources", equalTo(List.of(false, true)));
        given().header("Accept-Language", "en").get("/channels").then().body(containsString("no source problems"));

        admin().body(Map.of("sources", true))
                .put("/api/v1/channels/" + without)
                .then()
                .statusCode(200)
                .body("sources", equalTo(true))
                .body("enabled", equalTo(true));
        poll("2026-11-24T09:45:00", new Arrival.Page("Teks pengisi."));
        assertThat(events(MESSAGE, 2)).containsExactly("firing", "reminder");
        // this channel never received a message about it
        Receiver.await("skipped", Duration.ofSeconds(60), () -> given().get("/api/v1/deliveries?channel=" + without)
                .path("items[0].state")
                .equals("skipped"));
        assertThat(receiver.requests("/without")).isEmpty();
    }

    @Test
    void messagesAboutAMutedSourceWaitAndStayInOrder() {
        channel(MESSAGE, Map.of());
        String until = in(Duration.ofHours(2));
        admin().body(Map.of("until", until))
                .put("/api/v1/sources/kontan/mute")
                .then()
                .statusCode(200)
                .body("mutedUntil", notNullValue());
        loseTheStrip();
        for (int minute = 45; minute < 56; minute += 5) {
            poll("2026-11-23T09:" + minute + ":00", page("  • LQ45 900,00 -10,00 -1,10%"));
        }
        Receiver.await("postponed", Duration.ofSeconds(60), () -> nextTry()
                .isAfter(OffsetDateTime.parse(until).minusMinutes(1)));
        messagesWait(2);
        given().header("Accept-Language", "en").get("/alerts").then().body(containsString("muted until"));
        admin().delete("/api/v1/sources/kontan/mute").then().statusCode(204);
        assertThat(events(MESSAGE, 2)).containsExactly("firing", "resolved");
        given().get("/api/v1/sources").then().body("items[0].mutedUntil", nullValue());
    }

    private static OffsetDateTime nextTry() {
        return OffsetDateTime.parse(given().get("/api/v1/deliveries").path("items[0].nextTryAt"));
    }

    @Test
    void allMessagesCanBeMutedForATime() {
        String id = channel(MESSAGE, Map.of());
        admin().body(Map.of(
                        "name",
                        "low",
                        "codes",
                        List.of("LQ45"),
                        "type",
                        "below",
                        "level",
                        950,
                        "severity",
                        "critical",
                        "channels",
                        List.of(id)))
                .post("/api/v1/rules")
                .then()
                .statusCode(201);
        given().get("/api/v1/mute").then().statusCode(200).body("until", nullValue());
        admin().body(Map.of("until", in(Duration.ofHours(8))))
                .put("/api/v1/mute")
                .then()
                .statusCode(200)
                .body("until", notNullValue());
        poll("2026-11-23T09:30:00", page("  • LQ45 900,00 -10,00 -1,10%"));
        loseTheStrip();
        Receiver.await("postponed", Duration.ofSeconds(60), () -> nextTry()
                .isAfter(OffsetDateTime.parse(in(Duration.ofHours(7)))));
        messagesWait(2);
        for (String page : List.of("/", "/channels")) {
            given().header("Accept-Language", "en")
                    .get(page)
                    .then()
                    .body(containsString("All messages are muted until "));
        }
        admin().delete("/api/v1/mute").then().statusCode(204);
        assertThat(events(MESSAGE, 2)).containsOnly("firing");
        given().get("/api/v1/mute").then().body("until", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/mute", "/api/v1/sources/kontan/mute"})
    void pausesEndInTheNextYear(String path) {
        for (Map<String, ?> body : List.<Map<String, ?>>of(
                Map.of(),
                Map.of("until", in(Duration.ofMinutes(-1))),
                Map.of("until", in(Duration.ofDays(400))),
                Map.of("until", "07:00"))) {
            admin().body(body).put(path).then().statusCode(400).body("detail", containsString("until"));
        }
    }

    @Test
    void acknowledgedProblemsSendNoRemindersButGetReportedWhenWorse() {
        channel(MESSAGE, Map.of());
        admin().put("/api/v1/sources/kontan/acknowledgement").then().statusCode(409);
        admin().put("/api/v1/sources/nowhere/acknowledgement").then().statusCode(404);
        for (int minute = 10; minute < 35; minute += 5) {
            poll("2026-11-23T09:" + minute + ":00", page("  • LQ45 900,00 -10,00 -1,10%\n  • EMAS 1.319.000 0,00%"));
        }
        Arrival.Content half = page("  • LQ45 900,00 -10,00 -1,10%");
        poll("2026-11-23T09:35:00", half);
        poll("2026-11-23T09:40:00", half);
        assertThat(events(MESSAGE, 1)).containsExactly("firing");
        admin().put("/api/v1/sources/kontan/acknowledgement")
                .then()
                .statusCode(200)
                .body("trouble.acknowledgedAt", notNullValue())
                .body("trouble.acknowledgedBy", notNullValue());
        given().header("Accept-Language", "en")
                .get("/alerts")
                .then()
                .body(containsString("Acknowledged by "))
                .body(containsString("Withdraw acknowledgement"));
        poll("2026-11-24T10:00:00", half);
        poll("2026-11-25T09:00:00", half);
        given().get("/api/v1/deliveries").then().body("items", hasSize(1));

        admin().delete("/api/v1/sources/kontan/acknowledgement").then().statusCode(204);
        poll("2026-11-25T09:05:00", half);
        assertThat(events(MESSAGE, 2)).containsExactly("firing", "reminder");

        admin().put("/api/v1/sources/kontan/acknowledgement").then().statusCode(200);
        poll("2026-11-25T09:10:00", new Arrival.Nothing(FetchOutcome.UNREACHABLE, "The server did not answer."));
        assertThat(events(MESSAGE, 3)).containsExactly("firing", "reminder", "firing");
        given().get("/api/v1/sources").then().body("items[0].trouble.acknowledgedAt", nullValue());
    }
}
