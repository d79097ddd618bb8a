package id.detak.page.overview;

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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The overview is served from memory until something changes, and never to the wrong reader. */
@QuarkusTest
class OverviewCacheTest {

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

    private static Response overview(String language) {
        return given().header("Accept-Language", language).get("/");
    }

    @Test
    void manyReadersGetOneRendering() {
        await().atMost(LIMIT).until(() -> {
            Set<String> tags = IntStream.range(0, 5)
                    .mapToObj(i -> overview("en").header("ETag"))
                    .collect(Collectors.toSet());
            return tags.size() == 1;
        });
        await().atMost(LIMIT)
                .until(() -> given().header("Accept-Language", "en")
                                .header("If-None-Match", overview("en").header("ETag"))
                                .get("/")
                                .statusCode()
                        == 304);
    }

    @Test
    void everyQuoteIsShownAtOnce() {
        for (int i = 1; i < 5; i++) {
            take(1, "LQ45 90" + i + ",00 1,00 0,11%");
            overview("en").then().body(containsString("90" + i + ".00"));
            take(0, "LQ45 91" + i + ",00 1,00 0,11%");
            overview("en").then().body(containsString("91" + i + ".00"));
            TestDatabase.empty(dataSource);
        }
    }

    @Test
    void languagesThemesAndAccountsHaveTheirOwnPages() {
        for (int i = 0; i < 3; i++) {
            assertThat(overview("id").asString()).contains("lang=\"id\"").contains("900,00");
            assertThat(overview("en").asString()).contains("lang=\"en\"").contains("900.00");
            assertThat(given().cookie("detak-theme", "dark").get("/").asString())
                    .contains("data-theme=\"dark\"");
            assertThat(overview("en").asString()).doesNotContain("data-theme=\"dark\"");
            assertThat(given().auth()
                            .oauth2(TestDatabase.ADMIN_TOKEN)
                            .header("Accept-Language", "en")
                            .get("/")
                            .asString())
                    .contains("href=\"/access\"");
            assertThat(overview("en").asString()).doesNotContain("href=\"/access\"");
        }
        assertThat(overview("en").header("Vary"))
                .contains("Accept-Language")
                .contains("Cookie")
                .contains("Accept-Encoding");
    }
}
