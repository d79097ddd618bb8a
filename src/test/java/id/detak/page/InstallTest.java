package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import id.detak.page.shared.Formats;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Headers;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The pages as an installed app, which also works offline. */
@QuarkusTest
class InstallTest extends BrowserTest {

    private static final String KEPT = """
            async () => {
              const urls = [];
              for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) urls.push(request.url);
              return urls;
            }
            """;

    @Test
    void manifestIsLocalizedAndItsIconsMatch() throws IOException {
        ExtractableResponse<Response> answer = given().header("Accept-Language", "id")
                .get("/manifest.webmanifest")
                .then()
                .statusCode(200)
                .extract();
        assertThat(answer.contentType()).startsWith("application/manifest+json");
        JsonPath manifest = answer.jsonPath();
        assertThat(manifest.getString("description")).isEqualTo("Indikator pasar Indonesia");
        assertThat(manifest.getString("display")).isEqualTo("standalone");
        assertThat(manifest.getString("start_url")).isEqualTo("/");
        List<Map<String, String>> icons = manifest.getList("icons");
        assertThat(icons)
                .extracting(icon -> icon.get("sizes") + " " + icon.get("purpose"))
                .contains("192x192 null", "512x512 null", "512x512 maskable", "any null");
        for (Map<String, String> icon : icons) {
            ExtractableResponse<Response> file =
                    given().get(icon.get("src")).then().statusCode(200).extract();
            assertThat(file.contentType()).startsWith(icon.get("type"));
            if (icon.get("type").equals("image/png")) {
                assertThat(size(file)).isEqualTo(icon.get("sizes"));
            }
        }
        assertThat(size(given().get("/apple-touch-icon.png")
                        .then()
                        .statusCode(200)
                        .extract()))
                .isEqualTo("180x180");
        for (Map<String, String> shortcut : manifest.<Map<String, String>>getList("shortcuts")) {
            given().get(shortcut.get("url")).then().statusCode(200);
        }
        Headers worker = given().get("/sw.js").then().statusCode(200).extract().headers();
        assertThat(worker.getValues("Cache-Control")).containsExactly("no-cache");
        assertThat(worker.getValue("Content-Type")).contains("javascript");
    }

    @Test
    void lastValuesAreShownAndMarkedAsOldOffline() {
        try (Visit visit = visit(Visit.desktop("en-US").setServiceWorkers(ServiceWorkerPolicy.ALLOW))) {
            Page page = visit.open("/?code=EMAS");
            drawn(page, "EMAS");
            postPage(clock.instant(), StripPages.page("EMAS 1.325.000 6.000 0,45%"));
            assertThat(page.locator("#card-EMAS .value")).hasText("1,325,000");
            visit.awaitCopyWith("1,325,000");
            visit.offline(true);
            page.reload();
            assertThat(page.locator("#card-EMAS .value")).hasText("1,325,000");
            assertThat(page.locator("html")).hasClass(Pattern.compile("\\bold\\b"));
            assertThat(page.locator("#not-connected"))
                    .hasText("Disconnected since " + new Formats(Locale.ENGLISH).time(madeAt(page))
                            + ". Values are as of then.");
            drawn(page, "EMAS");
            visit.screenshot("offline");
            visit.assertAccessible();
            visit.open("/channels"); // never cached, and no other page is shown instead
            assertThat(page.locator("h1")).hasText("This page is not available offline");
            visit.assertAccessible();
            assertThat((List<?>) page.evaluate(KEPT))
                    .extracting(String::valueOf)
                    .allMatch(url -> Pattern.matches(
                            ".*(/|/\\?code=EMAS|/offline|\\.js|\\.css|/api/v1/(latest|changes|compare|alerts|indicators(/[^/]+/(history|sessions|observations))?)(\\?.*)?)$",
                            url));
            visit.offline(false);
            assertThat(page).hasTitle("Detak · Channels");
            assertThat(page.locator("#not-connected")).isHidden();
        }
    }

    private static Instant madeAt(Page page) {
        return Instant.parse(page.locator("html").getAttribute("data-made-at"));
    }

    private static String size(ExtractableResponse<Response> png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png.asByteArray()));
        return image.getWidth() + "x" + image.getHeight();
    }
}
