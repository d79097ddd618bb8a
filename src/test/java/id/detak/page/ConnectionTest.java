package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.RouteOptions;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connection of open pages: loss, recovery and sharing between tabs, in a real Chromium. */
@QuarkusTest
class ConnectionTest extends BrowserTest {

    private static final String STREAM = "/api/v1/stream";
    private static final String RECORD_STATES = """
            () => {
              window.states = [];
              const live = document.getElementById('live');
              new MutationObserver(() => states.push(live.textContent)).observe(live, { childList: true });
            }
            """;
    /** On a busy machine, it may take more than one attempt. */
    private static final String LOST_THEN_LIVE =
            "() => states.includes('disconnected, reconnecting') && states.at(-1) === 'live'";

    private static final Pattern OLD = Pattern.compile("\\bold\\b");

    @Test
    void anotherTabTakesOverTheStreamOfAClosedTab() {
        try (Visit visit = english()) {
            Page first = visit.open("/");
            assertThat(first.locator("#live")).hasText("live");
            Page second = visit.openInNewTab("/");
            Page third = visit.openInNewTab("/rules");
            assertThat(third.locator("#live")).hasText("live");
            postPage(clock.instant(), StripPages.page("EMAS 1.325.000 6.000 0,45%"));
            assertThat(first.locator("body")).containsText("1,325,000");
            assertThat(second.locator("body")).containsText("1,325,000");
            assertThat(visit.requests(STREAM)).as("connections of three tabs").isEqualTo(1);
            first.close();
            second.waitForCondition(() -> visit.requests(STREAM) == 2); // the request may precede the answer to close()
            postPage(clock.instant(), StripPages.page("EMAS 1.326.000 7.000 0,53%"));
            assertThat(second.locator("body")).containsText("1,326,000");
            assertThat(visit.requests(STREAM))
                    .as("connections after the first tab was closed")
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"desktop, LIGHT", "phone, DARK"})
    void pageShowsItsAgeWhileOfflineAndRefreshesAfterwards(String device, ColorScheme scheme) {
        NewContextOptions options = device.equals("phone") ? Visit.phone("id-ID") : Visit.desktop("en-US");
        try (Visit visit = visit(Visit.in(options, scheme))) {
            Page page = visit.open("/?code=EMAS");
            assertThat(page.locator("#live")).not().isEmpty();
            assertThat(page.locator(".age").first()).isVisible();
            visit.offline(true);
            assertThat(page.locator("#not-connected"))
                    .hasText(
                            device.equals("phone")
                                    ? Pattern.compile(
                                            "^Terputus sejak \\d+ \\w+ \\d{4} \\d\\d\\.\\d\\d\\.\\d\\d WIB\\. Nilai yang tampil adalah nilai saat itu\\.$")
                                    : Pattern.compile(
                                            "^Disconnected since \\d+ \\w+ \\d{4} \\d\\d:\\d\\d:\\d\\d WIB\\. Values are as of then\\.$"));
            assertThat(page.locator("html")).hasClass(OLD);
            assertThat(page.locator(".age").first()).isHidden();
            visit.screenshot("not-connected-" + device + "-" + scheme.name().toLowerCase());
            visit.assertFits();
            visit.assertAccessible();
            postPage(clock.instant(), StripPages.page("EMAS 1.325.000 6.000 0,45%"));
            visit.offline(false);
            assertThat(page.locator("body")).containsText(device.equals("phone") ? "1.325.000" : "1,325,000");
            assertThat(page.locator("html")).not().hasClass(OLD);
            assertThat(page.locator("#not-connected")).isHidden();
            assertThat(page.locator(".age").first()).isVisible();
            assertThat(visit.loads()).as("page loads").isEqualTo(1);
        }
    }

    @Test
    void openPageReloadsForANewVersion() {
        try (Visit visit = english()) {
            Page page = visit.open("/");
            assertThat(page.locator("#live")).hasText("live");
            page.route(
                    "**/",
                    route -> {
                        APIResponse answer = route.fetch();
                        route.fulfill(new FulfillOptions()
                                .setResponse(answer)
                                .setBody(answer.text()
                                        .replace("/static/bundle/app-", "/static/bundle/app-of-another-")));
                    },
                    new RouteOptions().setTimes(1));
            postPage(clock.instant(), StripPages.page("EMAS 1.325.000 6.000 0,45%"));
            page.waitForCondition(() -> visit.loads() == 2);
            assertThat(page.locator("#card-EMAS .value")).hasText("1,325,000");
        }
    }

    @Test
    void silentConnectionsAndTabsAreReplaced() {
        try (Visit visit = englishWithFakeClock()) {
            Page page = visit.open("/rules");
            assertThat(page.locator("#live")).hasText("live");
            page.evaluate(RECORD_STATES);
            page.clock().fastForward(60_000);
            page.waitForFunction(LOST_THEN_LIVE);
            assertThat(visit.requests(STREAM)).isGreaterThanOrEqualTo(2);

            Page other = visit.openInNewTab("/channels");
            assertThat(other.locator("#live")).hasText("live");
            other.evaluate(RECORD_STATES);
            page.evaluate(
                    "() => { BroadcastChannel.prototype.postMessage = () => {}; }"); // appears suspended to the other
            // tabs
            page.clock().fastForward(60_000);
            other.waitForFunction(LOST_THEN_LIVE);
        }
    }
}
