package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The changes page in a real Chromium; its order is compared with the API. */
@QuarkusTest
class ChangesPageTest extends BrowserTest {

    private static final String HOSTILE = "S&amp;P'S (A+B) 12,50 0,00%";

    @Test
    void tableIsSortableWithoutJavaScript() {
        try (Visit visit = visit(Visit.desktop("en-US").setJavaScriptEnabled(false))) {
            Page page = visit.open("/");
            page.locator("nav a", new Page.LocatorOptions().setHasText("Changes"))
                    .click();
            Locator day = page.locator("#changes-LQ45 td").nth(1);
            assertThat(page.locator("#changes-LQ45 .latest")).hasText(Pattern.compile("^898\\.78 \\d+ \\w+ \\d{4}$"));
            assertThat(day.locator(".percent")).hasText("▼ −2.68%");
            assertThat(day).hasAttribute("title", Pattern.compile("^from 923\\.50 on \\d+ \\w+ \\d{4}$"));
            assertThat(day.locator(".unseen")).hasText(Pattern.compile("^from 923\\.50 on \\d+ \\w+ \\d{4}$"));
            assertThat(page.locator("#changes-USDIDR td").nth(1).locator(".percent"))
                    .hasText("▼ −0.43%");
            assertThat(page.locator("#changes-RD\\.SAHAM th")).containsText("return index");
            Locator missing = page.locator("#changes-KOMPAS100 td").nth(2);
            assertThat(missing.locator(".percent")).hasText("–");
            assertThat(missing).hasAttribute("title", "history starts later");
            assertThat(missing.locator("svg")).hasCount(0);
            assertThat(page.locator("#changes-LQ45 td:nth-child(3) rect")).hasAttribute("width", "50.0");
            assertThat(page.locator("#changes-LQ45 td:nth-child(3) rect")).hasAttribute("x", "0.0");

            assertThat(page.locator("[aria-sort]")).hasCount(0);
            page.locator("#by-1w a").click();
            assertSorted(page, "1w", "descending");
            page.locator("#by-1w a").click();
            assertSorted(page, "1w", "ascending");
            assertThat(page).hasURL(Pattern.compile("/changes\\?sort=1w&dir=asc#by-1w$"));
            page.locator("#by-all a").click();
            assertSorted(page, "all", "descending");
            page.goBack();
            assertSorted(page, "1w", "ascending");
            page.goForward();
            assertSorted(page, "all", "descending");
            page.locator("#by-high52w a").click();
            assertThat(page.locator("#by-high52w")).hasAttribute("aria-sort", "descending");
            page.locator("#by-indicator a").click();
            assertThat(page.locator("#by-indicator")).hasAttribute("aria-sort", "ascending");
            assertThat(codes(page)).isSorted();
            for (String nonsense :
                    List.of("sort=%22%3E%3Cimg%20src=x%3E&dir=asc", "sort=&dir=", "dir=desc", "sort=1D")) {
                visit.open("/changes?" + nonsense);
                assertThat(page.locator("[aria-sort]")).hasCount(0);
                assertThat(codes(page)).isEqualTo(answer().getList("items.code"));
            }
            visit.open("/changes?sort=1w&dir=%22%3E%3Cimg%20src=x%3E");
            assertSorted(page, "1w", "descending");
            assertThat(page.locator("img")).hasCount(0);

            List<Map<String, ?>> falls = answer().getList(
                            "items.findAll { it.maxDrawdown.peakDay != null }.sort { it.maxDrawdown.percent }");
            assertThat(page.locator("#drawdowns .pick").allTextContents())
                    .hasSizeGreaterThan(3)
                    .isEqualTo(falls.stream().map(fall -> fall.get("code")).toList());
            assertThat(page.locator("#drawdowns li").first().locator(".percent"))
                    .hasText(Pattern.compile("^▼ −\\d+\\.\\d\\d%$"));
            assertThat(page.locator("#drawdowns li").first().locator("rect")).hasAttribute("width", "100.0");
            assertThat(page.locator("#drawdowns li").first().locator(".when"))
                    .hasText(Pattern.compile("^\\d+ \\w+ \\d{4} to \\d+ \\w+ \\d{4}$"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void pageIsAccessibleOnDesktopAndPhone(ColorScheme scheme) {
        postPage(end.plus(Duration.ofMinutes(10)), StripPages.page(HOSTILE));
        boolean indonesian = scheme == ColorScheme.DARK;
        try (Visit visit = visit(Visit.in(Visit.desktop(indonesian ? "id-ID" : "en-US"), scheme))) {
            Page page = visit.open("/changes");
            assertThat(page.locator("#live")).isVisible();
            visit.assertFits();
            visit.screenshot("changes-desktop-" + scheme.name().toLowerCase());
            visit.assertAccessible();
            page.setViewportSize(390, 844);
            visit.open("/changes?sort=ytd&dir=asc#by-ytd");
            for (String part : List.of("h1", "#by-ytd", "#changes-LQ45 th")) {
                assertThat(page.locator(part)).isInViewport();
            }
            assertThat(page.locator("#by-ytd")).hasText(indonesian ? "Tahun ini" : "This year");
            assertThat(page.locator("#changes-LQ45 td").nth(1)).containsText(indonesian ? "−2,68%" : "−2.68%");
            visit.assertFits();
            visit.screenshot("changes-phone-" + scheme.name().toLowerCase());
            visit.assertAccessible();
            page.locator("#changes .pick", new Page.LocatorOptions().setHasText("S&P'S (A+B)"))
                    .click();
            assertThat(page.locator("#chart-title")).containsText("S&P'S (A+B)");
        }
    }

    @Test
    void newQuoteIsShownWithoutReload() {
        try (Visit visit = visit(Visit.phone("en-US"))) {
            Page page = visit.open("/changes?sort=1d&dir=asc");
            assertThat(page.locator("#live")).hasText("live");
            assertThat(page.locator("#changes .pick").first()).hasText("LQ45");
            page.locator("#by-low52w").scrollIntoViewIfNeeded();
            page.locator("#by-low52w a").focus();
            postPage(end.plus(Duration.ofMinutes(10)), StripPages.page("LQ45 1.100,00 176,50 19,11%", HOSTILE));
            assertThat(page.locator("#changes-LQ45 .percent").first()).hasText("▲ +19.11%");
            assertSorted(page, "1d", "ascending");
            assertThat(page.locator("#changes .pick", new Page.LocatorOptions().setHasText("S&P'S (A+B)")))
                    .hasCount(1);
            assertThat(page.locator("#by-low52w a")).isFocused();
            assertThat(page.locator("#by-low52w")).isInViewport();
            assertThat(visit.loads()).as("loads of the whole page").isEqualTo(1);
        }
    }

    @Test
    void languageCanBeChosenInTheFooter() {
        try (Visit visit = visit(Visit.desktop("en-US"))) {
            Page page = visit.open("/changes?sort=1w&dir=asc");
            assertThat(page.locator("#languages [aria-current]")).hasText("English");
            page.evaluate(
                    "history.pushState(null, '', '/changes?sort=all&dir=asc')"); // like a page that keeps its state in
            // the URL
            page.locator("#more summary").click();
            page.locator("#languages [hreflang=id]").click();
            assertThat(page.locator("h1")).hasText("Perubahan");
            assertThat(page.locator("#by-all")).hasAttribute("aria-sort", "ascending");
            assertThat(page.locator("#languages [aria-current]")).hasText("Bahasa Indonesia");
            assertThat(page).hasURL(Pattern.compile("/changes\\?sort=all&dir=asc$"));
            visit.open("/alerts");
            assertThat(page.locator("h1")).hasText("Peringatan");
            assertThat(page.locator("#live")).hasText("langsung");
            page.context().clearCookies(); // as if another tab had chosen
            postPage(end.plus(Duration.ofMinutes(10)), StripPages.page("LQ45 900,00 -23,50 -2,54%"));
            assertThat(page.locator("h1")).hasText("Alerts");
        }
    }

    private static JsonPath answer() {
        return given().get("/api/v1/changes").jsonPath(new JsonPathConfig(JsonPathConfig.NumberReturnType.BIG_DECIMAL));
    }

    private static List<String> codes(Page page) {
        return page.locator("#changes .pick").allTextContents();
    }

    /** Checks the order by exact numbers; missing ones come last in both directions. */
    private static void assertSorted(Page page, String window, String direction) {
        assertThat(page.locator("[aria-sort]")).hasCount(1);
        assertThat(page.locator("#by-" + window)).hasAttribute("aria-sort", direction);
        JsonPath answer = answer();
        List<String> shown = codes(page);
        assertThat(shown).containsExactlyInAnyOrderElementsOf(answer.<String>getList("items.code"));
        List<BigDecimal> percents = shown.stream()
                .map(code -> answer.<BigDecimal>get(
                        "items.find { it.code == \"%s\" }.changes.'%s'?.changePercent".formatted(code, window)))
                .toList();
        Comparator<BigDecimal> order =
                direction.equals("ascending") ? Comparator.naturalOrder() : Comparator.reverseOrder();
        assertThat(percents).isSortedAccordingTo(Comparator.nullsLast(order));
        assertThat(percents.stream().distinct().count()).as("distinct values").isGreaterThan(3);
    }
}
