package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import id.detak.intake.Arrival;
import id.detak.platform.Wib;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The chart of the overview in a real Chromium: a year of pages, and a day of frequent polls with all kinds of marks.
 */
@QuarkusTest
class ChartTest extends BrowserTest {

    /** Minutes after the first page of the day, and its text; within the sessions of every weekday. */
    private static final Map<Integer, String> DAY = Map.of(
            5,
            "LQ45 899,00 -24,50 -2,65%",
            10,
            "LQ45 899,50 -24,00 -2,60%",
            15,
            "LQ45 700,00 -24,00 -2,60%",
            20,
            "LQ45 899,10 -24,40 -2,64%",
            245,
            "LQ45 901,00 -22,50 -2,44%",
            250,
            "LQ45 880,00 -43,50 -4,71%",
            255,
            "LQ45 885,00 -38,50 -4,17%");

    @BeforeEach
    void aDayOfPages() {
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType(ContentType.JSON)
                .body(Map.of("name", "<b>LQ45</b> low", "type", "below", "codes", List.of("LQ45"), "level", 890))
                .post("/api/v1/rules")
                .then()
                .statusCode(201);
        DAY.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(page -> take(
                        end.plus(Duration.ofMinutes(page.getKey())),
                        new Arrival.Page(StripPages.page(page.getValue()))));
    }

    @Test
    void rangeFormAndScaleUpdateUrlAndHistory() {
        try (Visit visit = english()) {
            Page page = visit.open("/");
            shows(page, "LQ45 7", "line level raw folded"); // eight pages, one of them suspect
            pressed(page, "range", "1D");
            for (String range : List.of("5D", "1M", "3M", "6M", "YTD", "1Y", "5Y", "All")) {
                page.locator("[data-range='" + range + "']").click();
                assertThat(page).hasURL(Pattern.compile("\\brange=" + range + "$"));
                pressed(page, "range", range);
            }
            shows(page, "LQ45 64", "line level 1d"); // closes, without folding
            page.locator("[data-form=area]").click();
            page.locator("[data-scale=percent]").click();
            shows(page, "LQ45 64", "area percent 1d");
            page.locator("[data-form=candles]").click();
            shows(page, Pattern.compile("LQ45 \\d+"), "candles percent 1h");
            assertThat(page).hasURL(Pattern.compile("\\?code=LQ45&range=All&form=candles&scale=percent$"));
            page.goBack();
            page.goBack();
            shows(page, "LQ45 64", "area level 1d");
            page.goForward();
            page.reload();
            shows(page, "LQ45 64", "area percent 1d");
            pressed(page, "scale", "percent");
            page.goBack();
            page.goBack();
            page.goBack();
            pressed(page, "range", "5Y");
            visit.open("/?code=LQ45&range=P1M"); // links of older versions
            pressed(page, "range", "1M");
            visit.open("/?code=RD.SAHAM&form=candles"); // a fund has no level, so no candles, and one value per day
            shows(page, Pattern.compile("RD\\.SAHAM \\d+"), "line level 1d");
            assertThat(page.locator("[data-form=candles]")).isDisabled();
            pressed(page, "range", "6M");
        }
    }

    @Test
    void voidedObservationIsStruckThroughAndMarked() {
        String reason = "<img src=x> {7*7} a digit is missing";
        try (Visit visit = english();
                Visit watching = english();
                Visit phone = visit(Visit.in(Visit.phone("id-ID"), ColorScheme.DARK))) {
            Page chart = watching.open("/?code=LQ45");
            shows(chart, "LQ45 7", "line level raw folded");
            Page page = visit.open("/observations/LQ45?from=" + end);
            Locator row = page.locator("#observed tbody tr").filter(new Locator.FilterOptions().setHasText("880.00"));
            row.locator("button").press("Enter");
            assertThat(page.locator("#void-title")).containsText("Void 880.00 (−4.71%) of ");
            page.keyboard().type(reason);
            page.keyboard().press("Enter");
            page.locator("#token").fill(TestDatabase.ADMIN_TOKEN);
            page.locator("#token").press("Enter");
            assertThat(page.locator("#done")).hasText("Voided. The number no longer counts.");
            assertThat(row).hasClass("struck");
            assertThat(row).containsText(reason);
            assertThat(row.locator("button")).hasText("Undo");
            assertThat(row.locator("button")).isFocused();
            visit.assertAccessible();
            visit.screenshot("observations-voided");

            shows(chart, "LQ45 6", "line level raw folded");
            assertThat(chart.locator("#legend")).containsText("voided, not counted");
            chart.locator("#points summary").click();
            assertThat(chart.locator("#points tr.struck")).containsText("Voided: " + reason);
            chart.locator("#chart").press("End");
            chart.locator("#chart").press("ArrowLeft");
            assertThat(chart.locator("#point")).containsText("✕ 880.00 Voided: " + reason);
            chart.locator("#chart").scrollIntoViewIfNeeded();
            watching.screenshot("chart-voided");

            Page small = phone.open("/observations/LQ45?from=" + end);
            assertThat(small.locator("tr.struck")).containsText("dibatalkan");
            phone.assertFits();
            phone.screenshot("observations-voided-phone");
            row.locator("button").press("Enter");
            assertThat(page.locator("tr.struck")).hasCount(0);
            shows(chart, "LQ45 7", "line level raw folded");
            assertThat(page.locator("#observed img")).hasCount(0);
        }
    }

    @Test
    void draggedRangeShowsFinerBars() {
        try (Visit visit = english()) {
            Page page = visit.open("/?code=LQ45&range=1Y&form=candles");
            shows(page, Pattern.compile("LQ45 \\d+"), "candles level 1h");
            given().get("/api/v1/indicators/LQ45/history?interval=1h,1d&maxPoints=30&from=P1Y")
                    .then()
                    .statusCode(400);
            page.locator("#chart").scrollIntoViewIfNeeded();
            BoundingBox box = page.locator("#chart").boundingBox();
            drag(page, box, 0.5, 0.8);
            assertThat(page).hasURL(Pattern.compile("\\?code=LQ45&from=\\d{4}-.+Z&to=\\d{4}-.+Z&form=candles$"));
            assertThat(page.locator("[data-range][aria-pressed=true]")).hasCount(0);
            assertThat(page.locator("#point")).isHidden(); // a drag is not a click
            String dragged = page.url();
            List<Runnable> steps = List.of(
                    () -> page.locator("[data-move=in]").click(),
                    () -> page.locator("[data-move=out]").click(),
                    () -> page.locator("[data-move=later]").click(),
                    () -> page.locator("#chart").press("PageUp"));
            for (Runnable step : steps) {
                String before = page.url();
                step.run();
                assertThat(page).not().hasURL(before);
            }
            page.goBack();
            page.goBack();
            page.goBack();
            page.goBack();
            assertThat(page).hasURL(dragged);
            page.goBack();
            pressed(page, "range", "1Y");
        }
    }

    @Test
    void movesDuringLoadingAreKept() {
        try (Visit visit = english()) {
            Page page = visit.open("/?code=LQ45&range=1Y");
            shows(page, "LQ45 64", "line level 1d");
            int before = (int) page.evaluate("history.length");
            page.evaluate(
                    "() => { const zoomIn = document.querySelector('[data-move=in]'); zoomIn.click(); zoomIn.click(); }");
            Visit.await(page, "(length) => history.length === length", before + 2);
            page.goBack();
            assertThat(page).hasURL(Pattern.compile("from=\\d{4}-.+Z&to=\\d{4}-.+Z$"));
            page.goBack();
            pressed(page, "range", "1Y");
        }
    }

    @Test
    void moveShowsThePreviousTradingDay() {
        LocalDate day = Wib.date(end);
        try (Visit visit = english()) {
            Page page = visit.open("/");
            shows(page, "LQ45 7", "line level raw folded");
            page.locator("[data-move=earlier]").click();
            assertThat(page)
                    .hasURL(Pattern.compile(
                            "range=1D&day=" + calendars.exchange().previousTradingDay(day)));
            shows(page, "LQ45 1", "line level raw folded");
            page.locator("[data-move=later]").click();
            assertThat(page).hasURL(Pattern.compile("range=1D$"));
            page.locator("[data-move=later]").click(); // there is no later day
            shows(page, "LQ45 7", "line level raw folded");
        }
    }

    @Test
    void marksAreExplainedAndLinkToTheirCapture() {
        try (Visit visit = english()) {
            Page page = visit.open("/?code=LQ45");
            shows(page, "LQ45 7", "line level raw folded");
            assertThat(page.locator("#legend li")).hasText(new String[] {
                "Previous close",
                "suspect, not trusted (at the edge if far outside)",
                "alert fired",
                "no data collected"
            });
            assertThat(page.locator("#chart-sum"))
                    .hasText(Pattern.compile(
                            "^\\d+ \\w{3} \\d{4} · ▼ −4\\.17% since \\d+ \\w{3} \\d{4} \\(923\\.50 → 885\\.00\\)$"));
            Locator chart = page.locator("#chart");
            chart.press("Home");
            assertThat(page.locator("#point"))
                    .hasText(
                            Pattern.compile("10:00:00 WIB · 898\\.78 · Capture · all observations behind this point$"));
            chart.press("ArrowRight");
            chart.press("ArrowRight");
            chart.press("ArrowRight");
            assertThat(page.locator("#point"))
                    .containsText("10:15:00 WIB · ◇ 700.00 suspect: Value, change and percentage do not agree");
            visit.screenshot("chart-suspect");
            page.locator("#point a").first().click();
            assertThat(page.locator("pre")).containsText("LQ45 700,00 -24,00 -2,60%");
            assertThat(page.locator(".facts")).containsText("http://127.0.0.1:1/");
            page.goBack();
            shows(page, "LQ45 7", "line level raw folded");
            BoundingBox box = chart.boundingBox();
            page.mouse().click(box.x + box.width - 90, box.y + box.height / 2);
            assertThat(page.locator("#point")).containsText("14:15:00 WIB · 885.00");
            page.locator("#point a").last().click();
            assertThat(page.locator("tbody tr")).hasCount(1);
            assertThat(page.locator("tbody tr")).containsText("−4.17%");
            visit.open("/?code=LQ45&range=3M"); // longer than the history
            assertThat(page.locator("#legend")).containsText("Implied");
            visit.open("/?code=LQ45&range=6M&form=candles");
            shows(page, Pattern.compile("LQ45 \\d+"), "candles level 1h");
            chart.press("End");
            assertThat(page.locator("#point")).containsText("885.00");
        }
    }

    @Test
    void changesAreMeasuredFromThePreviousClose() {
        try (Visit visit = visit(Visit.desktop("en-US").setTimezoneId("America/New_York"))) {
            Page page = visit.open("/?code=RD.SAHAM&range=1D");
            shows(page, "RD.SAHAM 2", "line level 1d"); // the previous close and that of the day
            assertThat(page.locator("#chart-sum")).containsText("▲ +0.05%");
            visit.open("/?code=LQ45&range=All&scale=percent");
            BigDecimal percent = new BigDecimal(given().get("/api/v1/changes")
                            .jsonPath()
                            .getString("items.find { it.code == 'LQ45' }.changes.all.changePercent"))
                    .setScale(2, RoundingMode.HALF_UP);
            assertThat(page.locator("#chart-sum"))
                    .containsText((percent.signum() < 0 ? "▼ −" : "▲ +") + percent.abs() + "% since ");
            // a custom range starts from the last observation before it, not from a close
            visit.open("/?code=LQ45&from=" + end.plus(Duration.ofMinutes(22)) + "&to="
                    + end.plus(Duration.ofMinutes(256)));
            assertThat(page.locator("#chart-sum")).containsText("▼ −1.57%");
            assertThat(page.locator("#chart-sum")).containsText("(899.10 → 885.00)");
            assertThat(page.locator("#legend")).not().containsText("Previous close");
        }
    }

    @Test
    void failedLoadShowsAnErrorAndNoOldData() {
        try (Visit visit = english()) {
            visit.expect(503);
            Page page = visit.open("/");
            shows(page, "LQ45 7", "line level raw folded");
            page.route("**/history?*", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
            page.locator("#card-EMAS .pick").click();
            assertThat(page.locator("#chart")).hasAttribute("data-state", "failed");
            assertThat(page.locator("#chart-sum")).isEmpty();
            assertThat(page.locator("#legend li")).hasCount(0);
            page.unroute("**/history?*");
            take(clock.instant(), new Arrival.Page(StripPages.page("EMAS 1.325.000 6.000 0,45%")));
            assertThat(page.locator("#chart")).hasAttribute("data-drawn", Pattern.compile("^EMAS \\d+$"));
        }
    }

    @Test
    void comparedIndicatorsAreRebasedTo100() throws IOException {
        try (Visit visit = english()) {
            Page page = visit.open("/?code=LQ45&range=1Y");
            shows(page, "LQ45 64", "line level 1d");
            page.locator("#compare summary").click();
            page.locator("#compare input[value=EMAS]").check();
            page.locator("#compare input[value='RD.SAHAM']").check();
            shows(page, Pattern.compile("LQ45 \\d+, EMAS \\d+, RD\\.SAHAM \\d+"), "line level 1d");
            assertThat(page).hasURL(Pattern.compile("\\?code=LQ45&compare=EMAS%2CRD.SAHAM&range=1Y$"));
            assertThat(page.locator("#chart-title")).hasText("LQ45, EMAS, RD.SAHAM");
            assertThat(page.locator("#compared")).hasText("(2)");
            assertThat(page.locator("[data-form=candles]")).isHidden();
            page.locator("#points summary").click();
            assertThat(page.locator("#points tbody tr").last())
                    .hasText(Pattern.compile("100\\.00\\s*100\\.00\\s*100\\.00$"));
            List<String> rows = Files.readAllLines(
                    page.waitForDownload(() -> chosen(page, "#csv")).path());
            assertThat(rows.get(0)).isEqualTo("start,LQ45,EMAS,RD.SAHAM");
            assertThat(rows.get(1)).endsWith(",100.000000,100.000000,100.000000");
            page.locator("[data-range='1D']").click();
            shows(
                    page,
                    Pattern.compile("LQ45 \\d, EMAS \\d, RD\\.SAHAM \\d"),
                    "line level 1d"); // a fund has one value per day
            page.locator("#compare summary").click();
            page.locator("#compare input[value=EMAS]").uncheck();
            page.locator("#compare input[value='RD.SAHAM']").uncheck();
            page.locator("#compare input[value=IDX]").check();
            shows(page, "LQ45 7, IDX 1", "line level raw folded");
            List<String> seen = Files.readAllLines(
                    page.waitForDownload(() -> chosen(page, "#csv")).path());
            assertThat(seen).hasSize(8).first().isEqualTo("time,LQ45,IDX");
            assertThat(seen.get(1)).matches(".+Z,97\\.32\\d+,99\\.07\\d+"); // relative to the previous closes
            page.locator("#compare summary").click();
            page.locator("#compare input[value=IDX]").uncheck();
            shows(page, "LQ45 7", "line level raw folded");
        }
    }

    @Test
    void numbersAreAvailableAsTableAndFiles() throws IOException {
        try (Visit visit = english()) {
            Page page = visit.open("/?code=LQ45");
            shows(page, "LQ45 7", "line level raw folded");
            page.locator("#points summary").click();
            assertThat(page.locator("#points caption")).hasText("LQ45 · every observation");
            assertThat(page.locator("#points tbody tr")).hasCount(8);
            assertThat(page.locator("#points tbody tr").nth(4))
                    .hasText(
                            Pattern.compile(
                                    "10:15:00 WIB\\s*700\\.00\\s*1\\s*Value, change and percentage do not agree.*Observations$"));
            Download csv = page.waitForDownload(() -> chosen(page, "#csv"));
            assertThat(Files.readAllLines(csv.path()))
                    .hasSize(9)
                    .last()
                    .asString()
                    .matches("LQ45,.*,885\\.00,-38\\.50,-4\\.17,ok,\\d{4}-\\d\\d-\\d\\d,,,");
            Download png = page.waitForDownload(() -> chosen(page, "#png"));
            assertThat(png.suggestedFilename()).isEqualTo("LQ45_1D.png");
            assertThat(Files.readAllBytes(png.path()))
                    .startsWith((byte) 0x89, (byte) 'P', (byte) 'N', (byte) 'G')
                    .hasSizeGreaterThan(5000);
            page.locator("[data-form=candles]").click();
            assertThat(page.locator("#points thead"))
                    .hasText(Pattern.compile("Time\\s*Open\\s*High\\s*Low\\s*Close\\s*Observations\\s*Note\\s*Source"));
            assertThat(page.locator("#points tbody tr").last())
                    .hasText(Pattern.compile(
                            "10:00–10:30 WIB\\s*898\\.78\\s*899\\.50\\s*898\\.78\\s*899\\.10\\s*4\\s*Observations$"));
        }
    }

    @ParameterizedTest
    @CsvSource({"desktop, LIGHT", "phone, DARK"})
    void eachFormFitsAndIsAccessible(String device, ColorScheme scheme) {
        NewContextOptions options = device.equals("phone") ? Visit.phone("id-ID") : Visit.desktop("en-US");
        String name = "chart-" + device + "-" + scheme.name().toLowerCase();
        try (Visit visit = visit(Visit.in(options, scheme))) {
            Page page = visit.open("/?code=LQ45&form=area");
            shows(page, "LQ45 7", "area level raw folded");
            visit.assertFits();
            visit.screenshot(name + "-day");
            page.locator("[data-range='6M']").click();
            page.locator("[data-form=candles]").click();
            shows(page, Pattern.compile("LQ45 \\d+"), "candles level 1h");
            page.locator("#chart").press("End");
            page.locator("#points summary").click();
            assertThat(page.locator("#point a")).hasCount(2);
            visit.assertFits();
            visit.screenshot(name + "-candles");
            visit.assertAccessible();
            visit.open("/?code=LQ45&compare=EMAS,USDIDR&range=6M");
            shows(page, Pattern.compile("LQ45 \\d+, EMAS \\d+, USD/IDR \\d+"), "line level 1d");
            page.locator("#compare summary").click();
            visit.assertFits();
            visit.screenshot(name + "-compare");
            visit.assertAccessible();
        }
    }

    @ParameterizedTest
    @CsvSource({"desktop, DARK", "phone, LIGHT"})
    void observationsFitAndAreAccessible(String device, ColorScheme scheme) {
        try (Visit visit =
                visit(Visit.in(device.equals("phone") ? Visit.phone("id-ID") : Visit.desktop("en-US"), scheme))) {
            Page page = visit.open("/observations/LQ45?from=" + end);
            assertThat(page.locator("tbody tr").first()).containsText("885");
            visit.assertFits();
            visit.screenshot("observations-" + device);
            visit.assertAccessible();
        }
    }

    private static void shows(Page page, String drawn, String shows) {
        assertThat(page.locator("#chart")).hasAttribute("data-drawn", drawn);
        assertThat(page.locator("#chart")).hasAttribute("data-shows", shows);
    }

    private static void shows(Page page, Pattern drawn, String shows) {
        assertThat(page.locator("#chart")).hasAttribute("data-shows", shows);
        assertThat(page.locator("#chart")).hasAttribute("data-drawn", Pattern.compile("^" + drawn + "$"));
    }

    /** Chooses an entry of the chart's menu. */
    private static void chosen(Page page, String entry) {
        page.locator("#chart-menu summary").click();
        page.locator(entry).click();
    }

    private static void pressed(Page page, String group, String value) {
        Locator buttons = page.locator("[data-" + group + "][aria-pressed=true]");
        assertThat(buttons).hasCount(1);
        assertThat(buttons).hasAttribute("data-" + group, value);
    }

    private static void drag(Page page, BoundingBox box, double from, double to) {
        page.mouse().move(box.x + box.width * from, box.y + 60);
        page.mouse().down();
        page.mouse().move(box.x + box.width * to, box.y + 80);
        page.mouse().up();
    }
}
