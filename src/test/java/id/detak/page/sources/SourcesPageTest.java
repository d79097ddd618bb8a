package id.detak.page.sources;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import id.detak.capture.FetchOutcome;
import id.detak.capture.Sources;
import id.detak.capture.Via;
import id.detak.intake.Arrival;
import id.detak.intake.Intake;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source is made due by hand, and its row shows the outcome. */
@QuarkusTest
class SourcesPageTest {

    @Inject
    Sources sources;

    @Inject
    Intake intake;

    @Inject
    EntityManager em;

    @Inject
    Clock clock;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
        update("due_at = now() + interval '1 hour', not_before = null");
    }

    @AfterEach
    void restoreSources() {
        update("due_at = now(), not_before = null");
    }

    private void update(String change) {
        QuarkusTransaction.requiringNew()
                .run(() -> em.createNativeQuery("update source set " + change).executeUpdate());
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN);
    }

    @Test
    void aSourceIsPolledNow() {
        assertThat(nextPoll()).isAfter(databaseTime());
        admin().post("/api/v1/sources/kontan/poll").then().statusCode(202).body("source", equalTo("kontan"));
        assertThat(nextPoll()).isBeforeOrEqualTo(databaseTime());
        admin().post("/api/v1/sources/none/poll").then().statusCode(404);
    }

    @Test
    void aPauseThatTheServerAskedForIsRespected() {
        update("not_before = now() + interval '1 hour'");
        Instant before = nextPoll();
        admin().header("Accept-Language", "id")
                .post("/api/v1/sources/kontan/poll")
                .then()
                .statusCode(409)
                .body(
                        "detail",
                        equalTo(
                                "Server kontan meminta jeda. Pengambilan berikutnya menyusul setelah jeda itu berakhir."));
        assertThat(nextPoll()).isEqualTo(before);
    }

    @Test
    void theRowShowsTheOutcome() {
        assertThat(card("en").text()).contains("Last attempt none yet", "Last success none yet", "Next poll ");
        Instant now = clock.instant();
        take(now.minus(Duration.ofMinutes(10)), new Arrival.Page(Pages.strip("LQ45 900,00 0,00 0,00%")));
        assertThat(card("en").text()).contains("OK ");
        assertThat(card("en").attr("data-good")).isEqualTo("true");
        assertThat(card("en").attr("data-result")).isEqualTo("kontan was polled: OK.");
        take(now, new Arrival.Nothing(FetchOutcome.UNREACHABLE, "The host kontan.co.id is not known."));
        Element failed = card("en");
        assertThat(failed.attr("data-good")).isEqualTo("false");
        assertThat(failed.attr("data-result"))
                .isEqualTo("kontan was polled: unreachable. The host kontan.co.id is not known.");
        assertThat(failed.selectFirst("a.tag").attr("href")).isEqualTo("/alerts#source-kontan");
        assertThat(card("id").text()).contains("tidak dapat dijangkau", "Berhasil terakhir");
    }

    private void take(Instant at, Arrival.Content content) {
        intake.take(new Arrival("kontan", Via.POLL, "http://127.0.0.1:1/", at, null, null, content));
    }

    private static Element card(String language) {
        return Jsoup.parse(given().get("/sources?lang=" + language).asString()).getElementById("polled-kontan");
    }

    private static Instant nextPoll() {
        String next = given().get("/api/v1/sources").path("items.find { it.source == 'kontan' }.nextPollAt");
        return OffsetDateTime.parse(next).toInstant();
    }

    private Instant databaseTime() {
        return QuarkusTransaction.requiringNew().call(() ->
                (Instant) em.createNativeQuery("select now()", Instant.class).getSingleResult());
    }
}
