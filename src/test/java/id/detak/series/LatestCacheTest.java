package id.detak.series;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import id.detak.capture.Via;
import id.detak.intake.Arrival;
import id.detak.intake.Intake;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The latest quotes are served from memory until they change. */
@QuarkusTest
class LatestCacheTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Inject
    Intake intake;

    @Inject
    Clock clock;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void storeOneQuote() {
        TestDatabase.empty(dataSource);
        take(2, "LQ45 900,00 1,00 0,11%");
    }

    private void take(int minutesAgo, String item) {
        intake.take(new Arrival(
                "kontan",
                Via.POLL,
                "http://127.0.0.1:1/",
                clock.instant().minus(Duration.ofMinutes(minutesAgo)),
                null,
                null,
                new Arrival.Page(Pages.strip(item))));
    }

    private static Response latest() {
        return given().get("/api/v1/latest");
    }

    @Test
    void theTagLastsAsLongAsTheQuotes() {
        String tag = latest().header("ETag");
        long second = clock.instant().getEpochSecond();
        await().atMost(LIMIT).until(() -> clock.instant().getEpochSecond() > second + 1);
        assertThat(latest().header("ETag")).isEqualTo(tag);
        assertThat(given().header("If-None-Match", tag).get("/api/v1/latest").statusCode())
                .isEqualTo(304);
        take(1, "LQ45 901,00 2,00 0,22%");
        given().header("If-None-Match", tag)
                .get("/api/v1/latest")
                .then()
                .statusCode(200)
                .body(containsString("901.00"));
    }

    @Test
    void everyChangeIsSeenAtOnce() {
        for (int i = 1; i < 5; i++) {
            take(1, "LQ45 90" + i + ",00 1,00 0,11%");
            latest().then().body(containsString("90" + i + ".00"));
            take(0, "LQ45 91" + i + ",00 1,00 0,11%");
            latest().then().body(containsString("91" + i + ".00"));
            TestDatabase.empty(dataSource);
        }
        take(1, "LQ45 900,00 1,00 0,11%");
        hide(true);
        assertThat(latest().asString()).doesNotContain("LQ45");
        hide(false);
        assertThat(latest().asString()).contains("LQ45");
    }

    private static void hide(boolean hidden) {
        given().auth()
                .oauth2(TestDatabase.ADMIN_TOKEN)
                .contentType("application/json")
                .body("{\"hidden\":" + hidden + "}")
                .patch("/api/v1/indicators/LQ45")
                .then()
                .statusCode(200);
    }
}
