package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import id.detak.capture.FetchOutcome;
import id.detak.intake.Arrival;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kiosk in a real Chromium. */
@QuarkusTest
class KioskTest extends BrowserTest {

    private static final long TEN_MINUTES = 600_000;

    @ParameterizedTest
    @CsvSource({
        "1920, 1080, LIGHT, en-US, LQ45",
        "1920, 1080, DARK, id-ID, EMAS",
        "1280, 720, LIGHT, en-US, ISSI",
        "1080, 1920, DARK, en-US, RD.SAHAM",
        "390, 844, LIGHT, id-ID, RD.PENDAPATAN-TETAP",
        "390, 844, DARK, en-US, USDIDR"
    })
    void oneIndicatorFillsTheScreen(int width, int height, ColorScheme scheme, String language, String code) {
        NewContextOptions options =
                width < 500 ? Visit.phone(language) : Visit.desktop(language).setViewportSize(width, height);
        try (Visit visit = visit(Visit.in(options, scheme))) {
            Page page = visit.open("/kiosk?codes=" + code);
            assertThat(page.locator("#live")).isVisible();
            assertThat(page.locator("#clock"))
                    .hasText(Pattern.compile("^\\d+ \\S+ \\d{4} \\d\\d[.:]\\d\\d[.:]\\d\\d WIB$"));
            assertThat(page.locator("#position")).hasText("1 / 1");
            assertThat(page.locator("nav, a")).hasCount(0);
            assertThat(page.locator(".slide .when")).isVisible();
            assertThat(page.locator(".slide .value").boundingBox().height)
                    .as("height of the number")
                    .isGreaterThan(Math.min(width * 0.1, height * 0.2));
            visit.assertFits();
            assertThat(page.evaluate("document.documentElement.scrollHeight - innerHeight"))
                    .as("overflow at the bottom")
                    .isEqualTo(0);
            visit.screenshot("kiosk-" + width + "-" + scheme.name().toLowerCase());
            visit.assertAccessible();
        }
    }

    @Test
    void slidesAdvanceUntilPaused() {
        try (Visit visit = englishWithFakeClock()) {
            Page page = visit.open("/kiosk?codes=EMAS,usd/idr,RD.PENDAPATAN-TETAP,EMAS&every=600");
            shows(page, "EMAS");
            page.clock().fastForward(TEN_MINUTES - 60_000);
            shows(page, "EMAS");
            page.clock().fastForward(60_000);
            shows(page, "USDIDR");
            assertThat(page.locator("#position")).hasText("2 / 3");
            page.keyboard().press("Space");
            assertThat(page.locator("#pause")).hasText("Resume");
            page.clock().fastForward(TEN_MINUTES);
            shows(page, "USDIDR");
            page.keyboard().press("ArrowRight");
            shows(page, "RD.PENDAPATAN-TETAP");
            assertThat(animationOfStep(page)).isEqualTo("enter");
            shows(page, "EMAS");
            page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
            assertThat(animationOfStep(page)).isEqualTo("none");
            page.keyboard().press("ArrowLeft");
            page.keyboard().press("ArrowLeft");
            shows(page, "RD.PENDAPATAN-TETAP");
            page.locator("#pause").click();
            page.clock().fastForward(TEN_MINUTES);
            shows(page, "EMAS");
        }
    }

    @Test
    void buttonsShowForMouseAndKeyboardOnly() {
        try (Visit visit = visit(withoutMotion())) {
            Page page = visit.open("/kiosk?codes=EMAS,LQ45&every=600");
            assertThat(page.locator("#controls")).hasCSS("opacity", "0");
            page.keyboard().press("Tab");
            page.keyboard().press("Tab");
            assertThat(page.locator("#controls")).hasCSS("opacity", "1");
            page.keyboard().press("Space");
            assertThat(page.locator("#pause")).hasText("Resume");
            page.keyboard().press("Enter");
            page.locator("#pause").blur();
            assertThat(page.locator("#controls")).hasCSS("opacity", "0");
            page.mouse().move(200, 200);
            assertThat(page.locator("#controls")).hasCSS("opacity", "1");
            page.locator("#next").click();
            shows(page, "LQ45");
            visit.assertAccessible();
        }
    }

    @Test
    void newValuesAreShownAtOnceAndEscaped() {
        try (Visit visit = visit(withoutMotion())) {
            Page page = visit.open("/kiosk?every=600&codes=EMAS,S%26P'S-(A%2BB),%3Cimg%20src=x%20onerror=alert(1)%3E");
            assertThat(page.locator("#notices"))
                    .hasText("There are no values of S&P'S-(A+B), <img src=x onerror=alert(1)>.");
            assertThat(page.locator("#live")).hasText("live");
            postPage(
                    clock.instant(), StripPages.page("EMAS 1.325.000 6.000 0,45%", "S&amp;P'S (A+B) 12,50 0,50 4,17%"));
            assertThat(page.locator(".slide:visible .value")).hasText("1,325,000");
            assertThat(page.locator(".slide:visible .moved")).hasText("▲ +6,000 +0.45%");
            assertThat(page.locator("#notices")).hasText("There are no values of <img src=x onerror=alert(1)>.");
            page.keyboard().press("ArrowRight");
            assertThat(page.locator(".slide:visible h2")).hasText("S&P'S (A+B) discovered");
            assertThat(page.locator("img")).hasCount(0);
            assertThat(visit.loads()).as("loads of the whole page").isEqualTo(1);
            visit.screenshot("kiosk-hostile");
        }
    }

    @Test
    void problemsAreVisible() {
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType(ContentType.JSON)
                .body(Map.of("name", "LQ45 <b>low</b>", "type", "below", "level", 900, "codes", List.of("LQ45")))
                .post("/api/v1/rules")
                .then()
                .statusCode(201);
        postPage(end.plus(Duration.ofMinutes(10)), StripPages.page("LQ45 890,00 -33,50 -3,63%"));
        take(clock.instant(), new Arrival.Nothing(FetchOutcome.UNREACHABLE, "127.0.0.1 did not answer."));
        try (Visit visit = visit(Visit.desktop("en-US").setViewportSize(1920, 1080))) {
            visit.expect(502);
            Page page = visit.open("about:blank");
            page.route("**/api/v1/stream?*", route -> route.fulfill(new Route.FulfillOptions().setStatus(502)));
            visit.open("/kiosk?codes=LQ45,ISSI&every=600");
            assertThat(page.locator("#live")).hasText("disconnected, reconnecting");
            assertThat(page.locator("#live")).hasCSS("font-weight", "700");
            assertThat(page.locator("#kiosk")).hasCSS("box-shadow", Pattern.compile("inset"));
            assertThat(page.locator("#notices")).hasText("kontan cannot be read: 127.0.0.1 did not answer.");
            assertThat(page.locator("#firing")).containsText("LQ45 <b>low</b>");
            assertThat(page.locator(".slide:visible .notice"))
                    .hasText("stale No new value could be fetched in three polls.");
            assertThat(page.evaluate("document.documentElement.scrollHeight - innerHeight"))
                    .as("overflow at the bottom")
                    .isEqualTo(0);
            visit.screenshot("kiosk-trouble");
            visit.assertAccessible();
            page.keyboard().press("ArrowRight");
            assertThat(page.locator(".slide:visible .notice").first())
                    .hasText(
                            "suspect Value, change and percentage do not agree, or the numbers of the page are ambiguous."
                                    + " This number is not trusted.");
        }
    }

    @Test
    void allSlidesAreListedWithoutJavaScript() {
        try (Visit visit = visit(Visit.desktop("id-ID").setJavaScriptEnabled(false))) {
            Page page = visit.open("/kiosk");
            for (Locator slide : page.locator(".slide").all()) {
                assertThat(slide.locator(".value")).isVisible();
            }
            assertThat(page.locator(".slide")).hasCount(9);
            assertThat(page.locator(".slide[data-code=LQ45] .value")).hasText("898,78");
            assertThat(page.locator(".slide[data-code=LQ45] .spark path").last())
                    .hasAttribute("d", Pattern.compile("^M\\d+\\.\\d "));
            assertThat(page.locator("#controls")).isHidden();
            visit.assertFits();
            visit.screenshot("kiosk-without-javascript");
        }
    }

    /** Waits for the fade-in before checking the slide. */
    private static NewContextOptions withoutMotion() {
        return Visit.desktop("en-US").setReducedMotion(ReducedMotion.REDUCE);
    }

    /** Checked at once: the next refresh replaces the slide by one that does not fade in. */
    private static Object animationOfStep(Page page) {
        return page.evaluate("""
                () => {
                  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
                  return getComputedStyle(document.querySelector('.slide:not([hidden])')).animationName;
                }
                """);
    }

    private static void shows(Page page, String code) {
        assertThat(page.locator(".slide:visible")).hasCount(1);
        assertThat(page.locator(".slide:visible")).hasAttribute("data-code", code);
    }
}
