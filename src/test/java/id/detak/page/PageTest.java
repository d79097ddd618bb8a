package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import id.detak.capture.FetchOutcome;
import id.detak.indicator.Kind;
import id.detak.indicator.TradingCalendar;
import id.detak.intake.Arrival;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The overview and its pages in a real Chromium. */
@QuarkusTest
class PageTest extends BrowserTest {

    private static final String HOSTILE = "<img src=x onerror=alert(1)> \"&amp;'</p><script>alert(2)</script>";

    @Test
    void cardShowsWarningsAndFunds() {
        try (Visit visit = english()) {
            Page page = visit.open("/");
            assertThat(page.locator("#quotes > .quote")).hasCount(9);
            Locator row = page.locator("#card-LQ45");
            assertThat(row).hasClass(Pattern.compile("\\bdown\\b"));
            assertThat(row.locator(".pick")).hasText("LQ45");
            assertThat(row.locator(".name")).hasText("LQ45 index");
            assertThat(row.locator(".value")).hasText("898.78");
            assertThat(row.locator(".glyph")).hasAttribute("aria-label", "stale");
            Locator head = page.locator("#quote-head");
            assertThat(head.locator(".big")).hasText("898.78 ▼ −24.72 (−2.68%)");
            assertThat(head.locator(".doubts")).containsText("stale");
            assertThat(head.locator(".hours"))
                    .hasText(Pattern.compile("^(open until|closed, opens) \\w{3} \\d\\d:\\d\\d$"));
            assertThat(head.locator(".source")).hasText("archive");
            assertThat(row.locator(".change")).hasText("−24.72");
            assertThat(row.locator(".percent")).hasText("▼ −2.68%");
            assertThat(row.locator("svg path").last())
                    .hasAttribute("d", Pattern.compile("^M\\d+\\.\\d .*h0$")); // one hour of the day
            assertThat(row.locator("svg .base")).hasCount(1);
            assertThat(head.locator("time")).hasText(Pattern.compile("10:00:00 WIB$"));
            assertThat(head.locator(".age")).hasText(Pattern.compile("^· \\d+ (d|h) .*ago$"));
            head.locator(".seen a").click();
            page.waitForURL(Pattern.compile("/captures/[0-9a-f-]{36}$").asPredicate());
            assertThat(page.locator("pre")).containsText("LQ45898,78 -24,72 -2.68%");
        }
    }

    @Test
    void signAndArrowFollowTheValues() {
        try (Visit visit = english()) {
            Page page = visit.open("/");
            assertThat(page.locator("#card-KOMPAS100 .percent")).hasText("▲ +0.92%");
            assertThat(page.locator("#card-USDIDR .change")).hasText("−54.00");
            assertThat(page.locator("#card-USDIDR .percent")).hasText("▼ −0.33%");
            assertThat(page.locator("#card-EMAS .percent")).hasText("0.00%");
            assertThat(page.locator("#card-EMAS .change")).hasText("–");
            assertThat(page.locator("#card-ISSI .glyph").first()).hasAttribute("aria-label", "suspect");
            assertThat(page.locator("#card-RD\\.SAHAM .value")).hasText("▲ +0.05%");
            assertThat(page.locator("#card-RD\\.SAHAM .trend svg"))
                    .hasAttribute("aria-label", Pattern.compile("^Last 60 days: low \\S+, high \\S+$"));
        }
    }

    @Test
    void textsAndNumbersAreLocalized() {
        try (Visit visit = visit(Visit.desktop("id-ID"))) {
            Page page = visit.open("/");
            assertThat(page.locator("html")).hasAttribute("lang", "id");
            assertThat(page.locator("#card-LQ45 .value")).hasText("898,78");
            assertThat(page.locator("#card-LQ45 .percent")).hasText("▼ −2,68%");
            assertThat(page.locator("#card-EMAS .value")).containsText("1.319.000");
            assertThat(page.locator("#quote-head .hours"))
                    .hasText(Pattern.compile("^(buka sampai|tutup, buka) \\w{3} \\d\\d\\.\\d\\d$"));
        }
        try (Visit visit = visit(Visit.desktop("en-GB"))) {
            Page page = visit.open("/");
            assertThat(page.locator("html")).hasAttribute("lang", "en");
            assertThat(page.locator("#card-EMAS .value")).containsText("1,319,000");
        }
    }

    @ParameterizedTest
    @CsvSource({"desktop, LIGHT", "desktop, DARK", "phone, LIGHT", "phone, DARK"})
    void pageIsCompleteAndAccessible(String device, ColorScheme scheme) {
        NewContextOptions options = device.equals("phone") ? Visit.phone("id-ID") : Visit.desktop("en-US");
        String name = device + "-" + scheme.name().toLowerCase();
        try (Visit visit = visit(Visit.in(options, scheme))) {
            Page page = visit.open("/");
            for (String part : List.of(".pick", ".value", ".change", ".percent", ".spark")) {
                assertThat(page.locator("#card-LQ45 " + part)).isVisible();
            }
            visit.assertFits();
            visit.screenshot(name + "-list");
            visit.assertAccessible();
            visit.open("/?code=LQ45&range=P1Y");
            drawn(page, "LQ45");
            for (String part : List.of(".value", ".moved", "time", ".age", ".source", ".seen a")) {
                assertThat(page.locator("#quote-head " + part).first()).isVisible();
            }
            assertThat(pixels(page, "--down") + pixels(page, "--up"))
                    .as("pixels of the line")
                    .isGreaterThan(100);
            visit.assertFits();
            visit.screenshot(name);
            visit.assertAccessible();
            visit.open(page.locator("#quote-head .seen a").getAttribute("href"));
            visit.assertFits();
            visit.screenshot(name + "-capture");
            visit.assertAccessible();
        }
    }

    @Test
    void choosingAnIndicatorUpdatesUrlAndHistory() {
        try (Visit visit = english()) {
            Page page = visit.open("/");
            drawn(page, "LQ45");
            page.locator("#card-USDIDR .pick").click();
            drawn(page, "USD/IDR");
            assertThat(page).hasURL(Pattern.compile("\\?code=USDIDR\\b"));
            assertThat(page.locator("#chart-title")).hasText("USD/IDR US dollar, 1 dollar");
            page.locator("#card-RD\\.SAHAM .pick").click();
            drawn(page, "RD.SAHAM");
            page.goBack();
            drawn(page, "USD/IDR");
            page.goBack();
            drawn(page, "LQ45");
            assertThat(page.locator("#card-LQ45")).hasClass(Pattern.compile("\\bchosen\\b"));
            assertThat(visit.loads()).as("page loads").isEqualTo(1);
            visit.open("/?code=EMAS");
            drawn(page, "EMAS");
        }
    }

    @Test
    void handwrittenUrlsWork() {
        try (Visit visit = english()) {
            drawn(visit.open("/?code=usd/idr&range=nonsense"), "USD/IDR");
            drawn(visit.open("/?code=rd.saham&range=P1Y"), "RD.SAHAM");
            Page page = visit.open("/?code=no+such");
            drawn(page, "LQ45");
            assertThat(page.locator(".notice", new Page.LocatorOptions().setHasText("There are no values of no such")))
                    .isVisible();
            assertThat(page).hasURL(Pattern.compile("\\?code=LQ45$"));
            drawn(visit.open("/?code=no+such&compare=LQ45,nothing,&from=2026-01-01&to=&form=pie&scale=5"), "LQ45");
        }
    }

    @Test
    void newQuoteIsShownWithoutReload() {
        try (Visit visit = english()) {
            Page page = visit.open("/?code=EMAS&range=");
            drawn(page, "EMAS");
            assertThat(page.locator("#live")).hasText("live");
            postPage(clock.instant(), StripPages.page("EMAS 1.325.000 6.000 0,45%", "RD.SAHAM 0.07%"));
            assertThat(page.locator("#card-EMAS .value")).hasText("1,325,000");
            assertThat(page.locator("#card-EMAS .percent")).hasText("▲ +0.45%");
            assertThat(page.locator("#quote-head .age")).hasText(Pattern.compile("^· \\d+ s ago$"));
            assertThat(page.locator("#chart"))
                    .hasAttribute("data-drawn", "EMAS " + (isGoldsPreviousDaySeen() ? 43 : 44));
            assertThat(visit.loads()).as("page loads").isEqualTo(1);
        }
    }

    @Test
    void discoveredIndicatorsCanBeChosenAtOnce() {
        try (Visit visit = english()) {
            Page page = visit.open("/");
            drawn(page, "LQ45");
            postPage(clock.instant(), StripPages.page("SRIKEHATI 350 -2,00 -0,57%"));
            assertThat(page.locator("#card-SRIKEHATI")).containsText("discovered");
            page.locator("#card-SRIKEHATI .pick").click();
            drawn(page, "SRIKEHATI");
            assertThat(visit.loads()).isEqualTo(1);
        }
    }

    @Test
    void failingSourceIsShownWithTheAgeOfTheValues() {
        try (Visit visit = english()) {
            Page page = visit.open("/");
            drawn(page, "LQ45");
            assertThat(page.locator("#notices .notice.bad")).hasCount(0);
            Instant now = clock.instant();
            take(now.minus(Duration.ofMinutes(200)), new Arrival.Page(StripPages.page("EMAS 1.319.000 0,00%")));
            take(now, new Arrival.Nothing(FetchOutcome.UNREACHABLE, "127.0.0.1 did not answer."));
            assertThat(page.locator("#notices .notice.bad"))
                    .hasText(
                            "kontan could not be read: 127.0.0.1 did not answer. The newest value below is 3 h 20 min old. Next attempt: now.");
            assertThat(page.locator("#message-summary")).containsText("1 source problem");
            page.locator("#message-summary").click();
            assertThat(page.locator("#notices .notice.bad")).isVisible();
            visit.screenshot("source-trouble");
            visit.assertAccessible();
            take(now.plusMillis(1), new Arrival.Page(StripPages.page("EMAS 1.319.000 0,00%")));
            assertThat(page.locator("#notices .notice.bad")).hasCount(0);
            assertThat(visit.loads()).isEqualTo(1);
        }
    }

    @Test
    void emptyPageHasInstructionsUntilValuesArrive() {
        TestDatabase.empty(dataSource);
        end = null;
        QuarkusTransaction.requiringNew()
                .run(() -> em.createNativeQuery("update source set due_at = '2099-11-25T03:00:00Z'")
                        .executeUpdate());
        try (Visit visit = english()) {
            Page page = visit.open("/");
            assertThat(page.locator("#empty")).containsText("import");
            assertThat(page.locator("#empty")).containsText("DETAK_DEMO=true");
            assertThat(page.locator("#empty")).containsText("First poll: 25 Nov 2099 10:00:00 WIB.");
            assertThat(page.locator("#live")).hasText("live");
            visit.screenshot("empty");
            visit.assertAccessible();
            take(clock.instant(), new Arrival.Nothing(FetchOutcome.HTTP_ERROR, "The server answered 503."));
            assertThat(page.locator("#notices .notice.bad"))
                    .hasText(
                            "kontan could not be read: The server answered 503. Next attempt: 25 Nov 2099 10:00:00 WIB.");
            postPage(clock.instant(), StripPages.page("EMAS 1.319.000 0,00%"));
            assertThat(page.locator("#card-EMAS")).isVisible();
            drawn(page, "EMAS");
        }
    }

    @Test
    void tableAndSparklinesWorkWithoutJavaScript() {
        try (Visit visit = visit(Visit.desktop("en-US").setJavaScriptEnabled(false))) {
            Page page = visit.open("/");
            assertThat(page.locator("#card-LQ45 .value")).containsText("898.78");
            // a dot of its own on a Tuesday, because the year has no pages from Saturdays, on which gold trades
            assertThat(page.locator("#card-EMAS svg path.line[d*='100.0 ']")).hasCount(1);
            assertThat(page.locator("noscript p")).isVisible();
            assertThat(page.locator("noscript p"))
                    .containsText("The chart requires JavaScript; the numbers above do not.");
            assertThat(page.locator("#controls")).isHidden();
            visit.screenshot("without-javascript");
            page.locator("#card-RD\\.PENDAPATAN-TETAP .pick").click();
            assertThat(page.locator("#chart-title")).containsText("RD.PENDAPATAN TETAP");
            page.locator("#chart-menu summary").click();
            page.locator("#to-observations").click();
            assertThat(page.locator("h1")).hasText("RD.PENDAPATAN TETAP Fixed income fund index");
            assertThat(page.locator("tbody tr").first()).containsText("0.00%");
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void scrapedTextIsEscaped(boolean javaScript) {
        String markup = HOSTILE.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
        admin().body(Map.of("label", "S&P'S (A+B)"))
                .post("/api/v1/labels")
                .then()
                .statusCode(201);
        take(
                clock.instant(),
                new Arrival.Page(StripPages.page(
                        "EMAS 1.319.000 0,00%",
                        "S&amp;P'S (A+B) 12,50 0,50 4,17%", "LQ45 898," + markup, "ISSI 214 0,13 0,06%")));
        try (Visit visit = visit(Visit.desktop("en-US").setJavaScriptEnabled(javaScript))) {
            Page page = visit.open("/");
            assertThat(page.locator(".notice", new Page.LocatorOptions().setHasText("Unrecognized text")))
                    .containsText(HOSTILE);
            Locator row = page.locator("#quotes > .quote").last();
            assertThat(row.locator(".pick")).hasText("S&P'S (A+B)");
            row.locator(".pick").click();
            assertThat(page.locator("#chart-title")).hasText("S&P'S (A+B)");
            if (javaScript) {
                drawn(page, "S&P'S (A+B)");
                assertThat(row).hasClass(Pattern.compile("\\bchosen\\b"));
                visit.screenshot("hostile");
                visit.assertAccessible();
            }
            page.locator("#quote-head .seen a").click();
            assertThat(page.locator("pre")).containsText("S&P'S (A+B) 12,50");
            assertThat(page.locator("pre"))
                    .containsText("LQ45 898,&lt;img src=x onerror=alert(1)>"); // stored as is, for reparsing
            assertThat(page.locator("li code")).containsText(HOSTILE);
            assertThat(page.locator("img")).hasCount(0);
            if (javaScript) {
                visit.screenshot("hostile-capture");
                visit.assertAccessible();
            }
        }
    }

    @Test
    void unknownCaptureShowsAMessage() {
        try (Visit visit = visit(Visit.desktop("id-ID"))) {
            visit.expect404();
            Page page = visit.open("/captures/5e1fdf2c-0000-0000-0000-000000000000");
            assertThat(page.locator(".notice")).hasText("Cuplikan tidak ditemukan.");
            visit.assertAccessible();
        }
    }

    /**
     * Whether the latest page belongs to the previous trading day of gold. Otherwise the previous close that a new page
     * implies is an additional point: gold trades on Saturdays and exchange holidays, without pages.
     */
    private boolean isGoldsPreviousDaySeen() {
        TradingCalendar gold = calendars.of(Kind.GOLD);
        return gold.previousTradingDay(gold.tradingDayAt(clock.instant())).equals(gold.tradingDayAt(end));
    }
}
