package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import id.detak.capture.Via;
import id.detak.intake.Arrival;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages show no more than what was observed, in a real Chromium. */
@QuarkusTest
class ClaimsTest extends BrowserTest {

    /** Records the texts that are drawn on a canvas. */
    private static final String KEEP_DRAWN_TEXTS = """
            window.drawnTexts = [];
            const fillText = CanvasRenderingContext2D.prototype.fillText;
            CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
              window.drawnTexts.push(String(text));
              return fillText.call(this, text, ...rest);
            };
            """;

    private static final String TWO_FRAMES =
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";

    /** A morning with five minutes between pages, four hours without any, and two more. */
    private void aDayWithAGap() {
        poll(5, "LQ45 899,00 -24,50 -2,65%", "IDX 7.170 -62,59 -0,87%");
        poll(10, "LQ45 899,50 -24,00 -2,60%", "IDX 7.171 -61,59 -0,85%");
        poll(15, "LQ45 899,10 -24,40 -2,64%", "IDX 7.172 -60,59 -0,84%");
        poll(250, "LQ45 880,00 -43,50 -4,71%", "IDX 7.150 -82,59 -1,14%");
        poll(255, "LQ45 885,00 -38,50 -4,17%", "IDX 7.155 -77,59 -1,07%");
    }

    private void poll(int minutes, String... items) {
        take(end.plus(Duration.ofMinutes(minutes)), new Arrival.Page(StripPages.page(items)));
    }

    private void importPage(Duration after, String... items) {
        intake.take(new Arrival(
                "archive", Via.IMPORT, null, end.plus(after), null, null, new Arrival.Page(StripPages.page(items))));
    }

    @AfterEach
    void loadYearAgain() {
        end = null; // reloads the year, since these tests change indicators and rules
    }

    @Test
    void clickOpensThePointOfTheTooltip() {
        aDayWithAGap();
        try (Visit visit = english()) {
            Page page = visit.open("/changes");
            page.addInitScript(KEEP_DRAWN_TEXTS);
            for (String view : List.of("range=All", "range=3M", "range=1D", "range=6M&form=candles")) {
                visit.open("/?code=LQ45&" + view);
                drawn(page, "LQ45");
                page.locator("#chart").scrollIntoViewIfNeeded();
                BoundingBox box = page.locator("#chart").boundingBox();
                int tooltips = 0;
                for (double part = 0.06; part < 0.98; part += 0.037) {
                    page.evaluate("drawnTexts.length = 0");
                    page.mouse().move(box.x + box.width * part, box.y + box.height * 0.4);
                    page.evaluate(TWO_FRAMES);
                    List<?> texts = (List<?>) page.evaluate("drawnTexts");
                    String shown = texts.stream()
                            .map(String::valueOf)
                            .filter(text -> text.matches("\\d+ \\w{3} \\d{4}( .+ WIB)?"))
                            .reduce((first, last) -> last)
                            .orElse(null);
                    if (shown == null) {
                        continue; // beside the axis
                    }
                    tooltips++;
                    page.mouse().down();
                    page.mouse().up();
                    assertThat(page.locator("#point").textContent())
                            .as(view + " at " + part)
                            .startsWith(shown + " · ");
                }
                assertThat(tooltips).as(view).isGreaterThan(18);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"desktop, LIGHT", "phone, DARK"})
    void lineIsInterruptedWhereNothingWasObserved(String device, ColorScheme scheme) {
        aDayWithAGap();
        boolean phone = device.equals("phone");
        try (Visit visit = visit(Visit.in(phone ? Visit.phone("id-ID") : Visit.desktop("en-US"), scheme))) {
            Page page = visit.open("/?code=LQ45");
            Locator chart = page.locator("#chart");
            assertThat(chart).hasAttribute("data-bridges", "1");
            assertThat(page.locator("#card-LQ45 .spark .bridge")).hasCount(1);
            visit.screenshot("gap-line-" + device);
            visit.open("/?code=LQ45&compare=IDX");
            assertThat(chart).hasAttribute("data-drawn", "LQ45 6, IDX 6");
            assertThat(chart).hasAttribute("data-bridges", "2");
            assertThat(page.locator("#legend .dots")).hasCount(1);
            visit.screenshot("gap-compare-" + device);
            visit.open("/?code=LQ45&range=5D&form=candles");
            assertThat(chart).hasAttribute("data-shows", Pattern.compile("candles"));
            visit.screenshot("gap-candles-" + device);
            visit.open("/kiosk?codes=LQ45");
            visit.screenshot("gap-kiosk-" + device);
            visit.open("/changes");
            page.evaluate(
                    "document.body.innerHTML = '<img src=\"/cards/LQ45.svg\"> <img src=\"/cards/IDX.svg\"> <img src=\"/cards/EMAS.svg\">'");
            page.waitForLoadState(LoadState.NETWORKIDLE);
            visit.screenshot("gap-cards-" + device);
        }
    }

    @Test
    void sparklineBeginsWithTheDaysFirstObservation() {
        poll(5, "LQ45 899,00 -24,50 -2,65%");
        poll(250, "LQ45 880,00 -43,50 -4,71%");
        poll(255, "LQ45 885,00 -38,50 -4,17%");
        // the box is from 09:00 to 16:15; the first page is of 10:00
        assertThat(given().get("/cards/LQ45.svg").asString())
                .containsPattern(
                        "class=\"line down\" d=\"M13\\.8 [\\d.]+L14\\.9 [\\d.]+M71\\.3 [\\d.]+L72\\.4 [\\d.]+\"")
                .containsPattern("class=\"base\" d=\"M14\\.9 [\\d.]+L71\\.3 [\\d.]+\"");
        assertThat(given().get("/cards/IDX.svg").asString())
                .as("one observation of the day, and none of the day before")
                .containsPattern("class=\"line down\" d=\"M13\\.8 [\\d.]+h0\" stroke-width=\"4\"");
        assertThat(given().get("/cards/USDIDR.svg").asString())
                .as("its sign is that of the rupiah's gain")
                .contains("class=\"line down\"");
    }

    @Test
    void smallDifferencesCanBeRead() {
        importPage(Duration.ofMinutes(1), "TINY 0,000120 0,00%", "PEG 1,0000010 0,00%");
        importPage(Duration.ofMinutes(6), "TINY 0,000135 0,00%", "PEG 1,0000020 0,00%");
        importPage(Duration.ofMinutes(11), "TINY 0,000120 0,00%", "PEG 1,0000010 0,00%");
        try (Visit visit = english()) {
            Page page = visit.open("/changes");
            page.addInitScript(KEEP_DRAWN_TEXTS);
            for (Map.Entry<String, String> each :
                    Map.of("TINY", "0.000120", "PEG", "1.0000010").entrySet()) {
                visit.open("/?code=" + each.getKey());
                drawn(page, each.getKey());
                assertThat(page.locator("#card-" + each.getKey() + " .value")).hasText(each.getValue());
                page.evaluate(TWO_FRAMES);
                List<?> texts = (List<?>) page.evaluate("drawnTexts");
                String start = each.getValue().substring(0, 3);
                List<String> labels = texts.stream()
                        .map(String::valueOf)
                        .distinct()
                        .filter(text -> text.startsWith(start) && text.matches("[\\d.]+"))
                        .toList();
                assertThat(labels)
                        .hasSizeBetween(3, 12)
                        .allMatch(label -> label.length() >= each.getValue().length() - 1);
                page.evaluate("drawnTexts.length = 0");
                page.locator("#chart").press("End");
                page.evaluate(TWO_FRAMES);
                assertThat((List<?>) page.evaluate("drawnTexts")).asList().contains(each.getValue());
                assertThat(page.locator("#point")).containsText("WIB · " + each.getValue() + " · ");
            }
        }
    }

    @Test
    void ownRangeNamesItsDays() {
        try (Visit visit = english()) {
            Page page = visit.open(
                    "/?code=LQ45&from=" + end.minus(Duration.ofDays(20)) + "&to=" + end.minus(Duration.ofDays(3)));
            assertThat(page.locator("#chart-sum"))
                    .hasText(
                            Pattern.compile(
                                    "^[▲▼] [+−]\\d\\.\\d\\d% · \\d+ \\w{3}( \\d{4})? – \\d+ \\w{3} \\d{4} \\(\\d+\\.\\d\\d → \\d+\\.\\d\\d\\)$"));
            assertThat(page.locator("#chart-sum")).not().containsText("since");
            visit.open("/?code=LQ45&range=1M");
            assertThat(page.locator("#chart-sum")).containsText("since");
        }
    }

    @Test
    void missingPagesSayWhatIsMissing() {
        try (Visit visit = english()) {
            visit.expect404();
            for (String path : List.of(
                    "/alerts/" + UUID.randomUUID(),
                    "/alerts/x",
                    "/captures/" + UUID.randomUUID(),
                    "/observations/NOPE")) {
                Page page = visit.open(path);
                assertThat(page.locator("#live")).hasText("live");
                assertThat(page.locator("main h1")).hasCount(1);
                assertThat(page.locator("main .notice.bad"))
                        .containsText(Pattern.compile("not found|no such", Pattern.CASE_INSENSITIVE));
                page.waitForResponse(
                        response -> response.url().endsWith(path) && response.status() == 404,
                        () -> postPage(end.plus(Duration.ofMinutes(15)), StripPages.page("LQ45 901,00 -22,50 -2,44%")));
                page.evaluate(TWO_FRAMES);
                assertThat(page.locator("#not-connected")).isHidden();
                TestDatabase.emptyAfter(dataSource, end);
            }
            visit.screenshot("missing-observations");
        }
    }

    @Test
    void emptyChangesSayThatThereIsNoData() {
        TestDatabase.empty(dataSource);
        try (Visit visit = english();
                Visit phone = visit(Visit.in(Visit.phone("id-ID"), ColorScheme.DARK))) {
            Page page = visit.open("/changes");
            assertThat(page.locator("main")).containsText("No data yet");
            assertThat(page.locator("table")).hasCount(0);
            assertThat(page.locator("main")).not().containsText("No close has been below");
            visit.screenshot("changes-empty");
            assertThat(phone.open("/changes").locator("main")).containsText("Belum ada data");
            phone.assertFits();
            phone.assertAccessible();
            phone.screenshot("changes-empty-phone");
            postPage(end, StripPages.page("LQ45 900,00 -23,50 -2,54%"));
            assertThat(page.locator("#changes-LQ45 .latest")).containsText("900.00");
        }
    }

    @Test
    void marketAndSourceAreDimmedWhileOffline() {
        try (Visit visit = visit(Visit.in(Visit.desktop("en-US"), ColorScheme.DARK))) {
            Page page = visit.open("/");
            assertThat(page.locator("#live")).hasText("live");
            visit.offline(true);
            assertThat(page.locator("#not-connected")).isVisible();
            for (String part : List.of("#market", "#quote-head .hours", "#quote-head .source")) {
                assertThat(page.locator(part)).hasCSS("font-style", "italic");
                Object[] shown = ((List<?>) page.evaluate(
                                "(part) => { const mark = getComputedStyle(document.querySelector(part), '::before'); const value = getComputedStyle(document.querySelector('#card-LQ45 .value')); return [mark.color, value.color]; }",
                                part))
                        .toArray();
                assertThat(shown[0]).as(part).isEqualTo(shown[1]);
            }
            visit.screenshot("offline-dark");
            visit.offline(false);
            assertThat(page.locator("#not-connected")).isHidden();
            assertThat(page.locator("#market")).hasCSS("font-style", "normal");
        }
    }

    @Test
    void fallingAlertPointsDownAndBacktestsPrintAllDecimals() {
        rule("low", Map.of("type", "below", "codes", List.of("IDX"), "level", 7000));
        poll(5, "LQ45 1.205,10 0,00 0,00%", "IDX 6.990 -242,59 -3,35%");
        poll(10, "LQ45 1.100,10 -105,00 -8,71%", "IDX 6.991 -241,59 -3,34%");
        try (Visit visit = english()) {
            Page page = visit.open("/?code=IDX");
            drawn(page, "IDX");
            assertThat(page.locator("#legend .alert")).hasAttribute("data-glyph", "▼");
            page.locator("#chart").press("Home");
            page.locator("#chart").press("ArrowRight");
            visit.screenshot("alert-falls");
            visit.open("/rules");
            page.locator("#name").fill("high");
            page.locator("#type").selectOption("above");
            page.locator("#level").fill("1200");
            page.locator("input[name=codes][value=LQ45]").check();
            page.locator("#try-out").click();
            page.locator("#token").fill(TestDatabase.ADMIN_TOKEN);
            page.locator("#token").press("Enter");
            assertThat(page.locator("#past-rows td.num").first()).containsText("1,205.10");
            visit.screenshot("backtest-decimals");
        }
    }
}
