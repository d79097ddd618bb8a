package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Alert notices on every page, and browser notifications, in a real Chromium. */
@QuarkusTest
class NoticesTest extends BrowserTest {

    @Override
    Browser browserOfVisits() {
        return wholeBrowser();
    }

    private static final String HOSTILE = "<img src=x onerror=alert(1)> {7*7} %count%";
    private static final String NOTIFICATIONS = """
            async () => (await (await navigator.serviceWorker.ready).getNotifications())
                .map(({ title, body, tag, silent, data }) => [title, body, tag === data.path.split('/').at(-1), silent].join('|'))
            """;
    private static final String AS_MANY =
            "count => navigator.serviceWorker.ready.then((worker) => worker.getNotifications()).then((all) => all.length === count)";

    @Test
    void alertsAppearOnEveryPageAndAsBrowserNotifications() {
        try (Visit visit = visit(Visit.desktop("en-US").setServiceWorkers(ServiceWorkerPolicy.ALLOW))) {
            visit.allowNotifications();
            Page page = visit.open("/alerts");
            page.waitForFunction("() => navigator.serviceWorker.controller");
            page.locator("#notify button").click();
            assertThat(page.locator("#notify button")).hasText("Turn off notifications while Detak is open");
            Page other = visit.openInNewTab("/channels");
            assertThat(other.locator("#live")).hasText("live");
            rule(HOSTILE, Map.of("type", "dayChange", "percent", 2, "codes", List.of("LQ45"), "severity", "critical"));
            falls();
            for (Page tab : List.of(other, page)) {
                Locator notice = tab.locator("#notice-board [role=alert] .toast");
                assertThat(notice)
                        .containsText(Pattern.compile(
                                "^critical .* \\d\\d:\\d\\d:\\d\\d WIB.*LQ45: -5\\.79 % on the day, at 870\\.00",
                                Pattern.DOTALL));
                assertThat(notice.locator("a")).hasText(HOSTILE);
            }
            Visit.await(page, AS_MANY, 1);
            assertThat(notifications(page))
                    .singleElement()
                    .asString()
                    .startsWith("critical: " + HOSTILE + "|LQ45: -5.79 %")
                    .endsWith("|true|false");

            page.locator("#notify button").click();
            assertThat(page.locator("#notify button")).hasText("Turn on notifications while Detak is open");
            postPage(end.plus(Duration.ofMinutes(30)), StripPages.page("LQ45 920,00 -3,50 -0,38%"));
            assertThat(page.locator("#notice-board [role=status] .toast")).containsText("resolved");
            assertThat(page.locator("#notice-board .toast")).hasCount(1);
            assertThat(notifications(page))
                    .as("after switching off")
                    .singleElement()
                    .asString()
                    .startsWith("critical");
            page.locator("#notify button").click();
            postPage(end.plus(Duration.ofMinutes(40)), StripPages.page("LQ45 870,00 -53,50 -5,79%"));
            Visit.await(page, AS_MANY, 2);
            postPage(end.plus(Duration.ofMinutes(50)), StripPages.page("LQ45 920,00 -3,50 -0,38%"));
            assertThat(page.locator("#notice-board .toast.resolved")).hasCount(2);
            Visit.await(
                    page,
                    "() => navigator.serviceWorker.ready.then((worker) => worker.getNotifications()).then((all) => all.some(({ silent }) => silent))",
                    null);
            assertThat(notifications(page))
                    .hasSize(2)
                    .anyMatch(text -> String.valueOf(text).startsWith("resolved: ")
                            && String.valueOf(text).endsWith("|true|true"));

            visit.screenshot("notices-desktop-light");
            visit.open("/rules");
            assertThat(page.locator("#notice-board .toast")).hasCount(2);
            page.locator("#notice-board .toast button").first().focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("#notice-board .toast button")).isFocused();
            page.keyboard().press("Space");
            assertThat(page.locator("#notice-board .toast")).hasCount(0);
            assertThat(page.locator("img")).hasCount(0);
            other.locator("#notice-board .toast a").first().click();
            other.waitForURL(Pattern.compile("/alerts/[0-9a-f-]{36}$").asPredicate());
        }
    }

    @Test
    void missedAlertsAreShownOnceWithoutCoveringThePage() {
        rule("before", Map.of("type", "below", "level", 950, "codes", List.of("LQ45"), "severity", "info"));
        falls();
        try (Visit visit = visit(Visit.in(Visit.phone("id-ID"), ColorScheme.DARK))) {
            Page page = visit.open("/alerts");
            page.locator("#notify button").click(); // headless Chromium denies the permission
            assertThat(page.locator("#notify .hint")).isVisible();
            assertThat(page.locator("#notify button")).isHidden();
            page.waitForFunction("() => localStorage['detak.alerts'].includes('firing')");
            assertThat(page.locator(".toast")).hasCount(0);

            visit.offline(true);
            assertThat(page.locator("#not-connected")).isVisible();
            IntStream.range(0, 5)
                    .forEach(i -> rule(
                            HOSTILE.repeat(1 + i) + i,
                            Map.of(
                                    "type",
                                    "below",
                                    "level",
                                    900 - i,
                                    "codes",
                                    List.of("LQ45"),
                                    "severity",
                                    i < 2 ? "critical" : "warning")));
            postPage(end.plus(Duration.ofMinutes(30)), StripPages.page("LQ45 860,00 -63,50 -6,88%"));
            visit.offline(false);
            assertThat(page.locator(".toast:not([hidden])")).hasCount(3);
            assertThat(page.locator("#more-notices")).containsText("Peringatan lain: 2");
            assertThat(page.locator("#notice-board")).containsText("kritis");
            assertThat((Double) page.evaluate("document.getElementById('notice-board').offsetHeight / innerHeight"))
                    .isLessThan(0.46);
            visit.assertFits();
            visit.screenshot("notices-phone-dark");
            visit.assertAccessible();
            page.locator("#more-notices button").click();
            assertThat(page.locator(".toast")).hasCount(0);
            assertThat(page.locator("#more-notices")).isHidden();

            page.navigate("about:blank");
            postPage(end.plus(Duration.ofMinutes(40)), StripPages.page("LQ45 960,00 36,50 3,95%"));
            postPage(end.plus(Duration.ofMinutes(50)), StripPages.page("LQ45 940,00 16,50 1,79%"));
            visit.open("/channels");
            assertThat(page.locator(".toast.info")).containsText("before");
            assertThat(page.locator(".toast.resolved")).hasCount(6);
            page.locator("#more-notices button").click();
            page.waitForResponse(Pattern.compile("/api/v1/alerts"), page::reload);
            assertThat(page.locator(".toast")).hasCount(0);
        }
    }

    private static List<?> notifications(Page page) {
        return (List<?>) page.evaluate(NOTIFICATIONS);
    }
}
