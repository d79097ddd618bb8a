package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/** The list of the overview, its arrangement, and alerts created beside the chart, in a real Chromium. */
@QuarkusTest
class WatchlistTest extends BrowserTest {

    private static final String ROWS_IN_VIEW = """
            () => [...document.querySelectorAll('.quote')].filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length
            """;

    @Test
    void listAndChartShareTheFirstView() {
        try (Visit visit = visit(Visit.desktop("en-US").setViewportSize(1280, 720))) {
            Page page = visit.open("/?code=LQ45");
            drawn(page, "LQ45");
            BoundingBox chart = page.locator("#chart").boundingBox();
            assertThat(chart.y + chart.height).isLessThan(720);
            assertThat(chart.height).isGreaterThan(220);
            assertThat((Integer) page.evaluate(ROWS_IN_VIEW)).isGreaterThanOrEqualTo(8);
            assertThat(page).hasTitle(Pattern.compile("^LQ45 898\\.78 ▼ −2\\.68% · Detak$"));
            assertThat(page.locator("#key-figures")).containsText("Previous close");
            visit.screenshot("overview-laptop");
        }
    }

    @Test
    void phoneShowsTheListAndOpensTheChartAsAView() {
        try (Visit visit = visit(Visit.in(Visit.phone("id-ID"), ColorScheme.DARK))) {
            Page page = visit.open("/");
            assertThat((Integer) page.evaluate(ROWS_IN_VIEW)).isGreaterThanOrEqualTo(8);
            assertThat(page.locator("#chart")).isHidden();
            visit.screenshot("overview-phone-dark");
            page.locator("#card-EMAS .pick").click();
            drawn(page, "EMAS");
            assertThat(page.locator("#quotes")).isHidden();
            assertThat(page.locator("#chart-title")).containsText("EMAS");
            visit.assertFits();
            visit.assertAccessible();
            visit.screenshot("chart-phone-dark");
            page.locator(".back").click();
            assertThat(page.locator("#quotes")).isVisible();
            assertThat(page.locator("#chart")).isHidden();
            page.goBack();
            assertThat(page.locator("#chart")).isVisible();
            assertThat(visit.loads()).as("page loads").isEqualTo(1);
        }
    }

    @Test
    void valuesAreVisibleInACrash() {
        for (int i = 0; i < 5; i++) {
            rule(
                    "fall " + i,
                    Map.of("type", "below", "level", 900 - i, "codes", List.of("LQ45"), "severity", "critical"));
        }
        postPage(end.plus(Duration.ofMinutes(20)), StripPages.page("LQ45 865,00 -58,50 -6,33%"));
        try (Visit visit = visit(Visit.phone("id-ID"))) {
            Page page = visit.open("/");
            assertThat(page.locator("#message-summary")).containsText("5 peringatan");
            assertThat((Integer) page.evaluate(ROWS_IN_VIEW)).isGreaterThanOrEqualTo(8);
            postPage(end.plus(Duration.ofMinutes(30)), StripPages.page("LQ45 860,00 -63,50 -6,88%"));
            assertThat(page.locator("#card-LQ45 .value")).hasText("860,00");
            assertThat(page.locator(".toast:visible")).hasCount(0);
            assertThat(page.locator("#favicon")).hasAttribute("href", "/favicon-alert.svg");
            visit.screenshot("overview-phone-crash");
            page.locator("#message-summary").click();
            assertThat(page.locator("#firing .notice").first()).isVisible();
            visit.assertFits();
            visit.assertAccessible();
        }
    }

    @Test
    void listCanBeFilteredSortedAndArranged() {
        // a whole browser lets a click copy; the headless shell asks
        try (Visit visit = visit(Visit.desktop("en-US").setPermissions(List.of("clipboard-write")))) {
            Page page = visit.open("/");
            Locator rows = page.locator(".quote:visible .pick");
            assertThat(rows.first()).hasText("LQ45");
            page.locator("#filter").fill("fund");
            assertThat(rows).hasCount(3);
            page.locator("#filter").fill("gold");
            assertThat(rows).hasText(new String[] {"EMAS"});
            page.locator("#filter").press("Enter");
            drawn(page, "EMAS");
            page.locator("#filter").fill("nothing");
            assertThat(page.locator("#no-match")).isVisible();
            page.locator("#filter").fill("");
            page.locator("#sort").selectOption("name");
            assertThat(rows.first()).hasText("EMAS");
            assertThat(page.locator(".group:visible")).hasCount(0);
            page.locator("#sort").selectOption("group");
            assertThat(page.locator(".group:visible").first()).hasText("Indices");

            page.locator("#arrange").click();
            page.locator("#card-USDIDR [data-arrange=pin]").click();
            page.locator("#card-ISSI [data-arrange=hide]").click();
            assertThat(rows.first()).hasText("USD/IDR");
            visit.assertAccessible();
            page.locator("#arrange").click();
            assertThat(page.locator("#card-ISSI")).isHidden();
            assertThat(page.locator("#hidden-count")).hasText("1 hidden");
            page.reload();
            assertThat(rows.first()).hasText("USD/IDR");
            assertThat(page.locator("#card-ISSI")).isHidden();

            page.locator("#share-list").click();
            assertThat(page).hasURL(Pattern.compile("sort=group&pinned=USDIDR&hidden=ISSI$"));
            String shared = page.url();
            page.locator("#reset-list").click();
            assertThat(page.locator("#card-ISSI")).isVisible();
            try (Visit other = english()) {
                Page elsewhere = other.open(URI.create(shared).getRawPath() + "?"
                        + URI.create(shared).getRawQuery());
                assertThat(elsewhere.locator(".quote:visible .pick").first()).hasText("USD/IDR");
                assertThat(elsewhere.locator("#card-ISSI")).isHidden();
            }
            postPage(clock.instant(), StripPages.page("EMAS 1.325.000 6.000 0,45%"));
            assertThat(page.locator("#card-EMAS .value")).hasText("1,325,000");
            assertThat(rows.first()).hasText("LQ45");
        }
    }

    @Test
    void sortByMoveFollowsNewNumbers() {
        try (Visit visit = english()) {
            Page page = visit.open("/?sort=move");
            Locator rows = page.locator(".quote:visible .pick");
            assertThat(rows.first()).hasText("LQ45");
            postPage(clock.instant(), StripPages.page("EMAS 1.425.000 106.000 8,04%"));
            assertThat(rows.first()).hasText("EMAS");
        }
    }

    @Test
    void alertIsASentenceBesideTheChart() {
        try (Visit visit = english()) {
            Page page = visit.open("/?code=LQ45");
            drawn(page, "LQ45");
            page.locator("#new-alert").click();
            Locator amount = page.locator("#alert-amount");
            assertThat(amount).isFocused();
            assertThat(page.locator(".threshold")).containsText("Alert: 905.03");
            amount.fill("0");
            page.locator("#alert-form [type=submit]").click();
            assertThat(page.locator("#alert-problem")).hasText("Enter a number greater than 0.");
            assertThat(amount).hasAttribute("aria-invalid", "true");
            assertThat(amount).isFocused();
            amount.fill("3");
            assertThat(page.locator("#alert-problem")).isHidden();
            assertThat(page.locator(".threshold")).containsText("Alert: 895.80");
            page.locator(".threshold").press("ArrowUp");
            assertThat(amount).not().hasValue("3");
            visit.assertAccessible();
            visit.screenshot("alert-form");
            amount.fill("3");
            page.locator("#alert-past-run").click();
            page.locator("#token").fill(TestDatabase.ADMIN_TOKEN);
            page.locator("#token").press("Enter");
            assertThat(page.locator("#alert-past")).containsText("observations");
            page.locator("#alert-form [type=submit]").click();
            assertThat(page.locator("#alert-done")).containsText("LQ45 falls 3% in a day");
            page.locator("#new-alert").click();
            page.locator("#alert-move").selectOption("rises");
            amount.fill("1.5");
            page.locator("#alert-form [type=submit]").click();
            assertThat(page.locator("#alert-done")).containsText("LQ45 rises 1.5% in a day");
            page.locator("#new-alert").click();
            page.locator("#alert-move").selectOption("above");
            amount.fill("950.25");
            assertThat(page.locator("#alert-span")).isHidden();
            String more = page.locator("#alert-more").getAttribute("href");
            page.locator("#alert-form [type=submit]").click();
            assertThat(page.locator("#alert-done")).containsText("LQ45 is above 950.25");
            ValidatableResponse rules = admin().get("/api/v1/rules").then();
            rules.body("items.type", Matchers.containsInAnyOrder("dayChange", "changeOver", "above"))
                    .body("items.find { it.type == 'changeOver' }.window", Matchers.is("1td"));
            visit.open(more);
            assertThat(page.locator("#level")).hasValue("950.25");
            assertThat(page.locator("#type")).hasValue("above");
            assertThat(page.locator("input[name=codes][value=LQ45]")).isChecked();
        }
    }

    @Test
    void menusCloseAndThemeIsChosen() {
        try (Visit visit = english()) {
            Page page = visit.open("/?code=LQ45");
            drawn(page, "LQ45");
            page.locator("#compare summary").click();
            page.keyboard().press("Escape");
            assertThat(page.locator("#compare fieldset")).isHidden();
            page.locator("#compare summary").click();
            page.locator("#chart-title").click();
            assertThat(page.locator("#compare fieldset")).isHidden();
            page.locator("#more summary").click();
            page.locator("#themes [data-theme-choice=dark]").click();
            assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
            assertThat(page.locator("body")).hasCSS("background-color", "rgb(16, 19, 24)");
            assertThat(page).hasURL(Pattern.compile("\\?code=LQ45$"));
            drawn(page, "LQ45");
            visit.screenshot("overview-chosen-dark");
        }
    }

    /** The tooltip stays while new numbers arrive. */
    @Test
    void hoverSurvivesLiveUpdates() {
        try (Visit visit = english()) {
            Page page = visit.open("/?code=LQ45&compare=IDX&range=6M");
            assertThat(page.locator("#compared-lines li")).hasCount(2);
            BoundingBox box = page.locator("#chart").boundingBox();
            page.mouse().move(box.x + box.width * 0.4, box.y + box.height / 2);
            Locator compared = page.locator("#compared-lines li").first();
            String hovered = compared.textContent();
            for (int i = 0; i < 5; i++) {
                String value = (880 - i) + ".00";
                postPage(
                        end.plus(Duration.ofMinutes(20 + i)),
                        StripPages.page("LQ45 " + value.replace('.', ',') + " -" + (43 + i) + ",50 -" + "4,71%"));
                assertThat(page.locator("#card-LQ45 .value")).hasText(value);
                assertThat(compared).hasText(hovered);
            }
            page.mouse().move(5, 5);
            assertThat(compared).not().hasText(hovered);
        }
    }
}
