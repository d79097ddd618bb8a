package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import id.detak.capture.FetchOutcome;
import id.detak.intake.Arrival;
import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The alert, rule and channel pages in a real Chromium, with the real API. */
@QuarkusTest
class AlertPagesTest extends BrowserTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of().orPerhaps("Not delivered to a channel");

    private static final String HOSTILE = "<img src=x onerror=alert(1)> {7*7} {config:x} %name%";
    private static final Pattern ALERT_PAGE = Pattern.compile("/alerts/[0-9a-f-]{36}$");

    @Test
    void presetIsBacktestedSavedAndFires() {
        try (Visit visit = english();
                Visit watching = english()) {
            visit.expect(401);
            Page page = visit.open("/rules");
            page.locator("#preset").selectOption("LQ45 falls 2 % in a day");
            assertThat(page.locator("#percent")).hasValue("2");
            assertThat(page.locator("#window")).isHidden();
            page.locator("#rule-form #name").fill(HOSTILE);
            page.locator("#confirm").fill("");
            page.locator("#try-out").click();
            page.locator("#token").fill("wrong");
            page.locator("#token").press("Enter");
            assertThat(page.locator("#token-problem")).containsText("neither the admin token");
            token(page);
            assertThat(page.locator("#past-sentence"))
                    .containsText(
                            Pattern.compile("It would have fired \\d+×, [\\d.]+× a month, from .* WIB to .* WIB"));
            assertThat(page.locator("#past-chart")).hasAttribute("data-drawn", Pattern.compile("^LQ45 \\d+$"));
            assertThat(page.locator("#past-rows tr").last()).containsText("898.78 (−2.68%)");
            visit.screenshot("rules-backtest");
            page.locator("#confirm").fill("2");
            page.locator("#rule-form button[type=submit]").click();
            assertThat(page.locator("#form-done")).hasText("Saved.");
            assertThat(page.locator(".card h2")).hasText(HOSTILE);
            assertThat(page.locator(".card .does"))
                    .containsText(
                            "LQ45: falls 2% or more in a day · after 2 consecutive observations · resolves below 1.5% · no channel");

            Page overview = watching.open("/");
            assertThat(overview.locator("#live")).hasText("live");
            assertThat(overview.locator("#poll")).hasAttribute("title", "No successful poll yet");
            falls();
            assertThat(overview.locator("#firing .notice"))
                    .containsText("warning LQ45: -6.33 % on the day, at 865.00 points (previous close 923.50 points). "
                            + HOSTILE);
            assertThat(overview.locator("#firing-count")).hasText("1 firing");
            assertThat(page.locator(".places")).hasText("LQ45: firing");
            watching.screenshot("overview-firing");
            overview.locator("#message-summary").click();
            overview.locator("#firing a").click();
            overview.waitForURL(ALERT_PAGE.asPredicate());
            assertThat(overview.locator(".facts")).containsText(HOSTILE);
            assertThat(overview.locator("#story tbody tr")).hasCount(2);
            assertThat(overview.locator("#story tbody tr").last()).containsText("pending → firing");
            assertThat(overview.locator("#alert-chart"))
                    .hasAttribute("data-drawn", Pattern.compile("^LQ45 [1-9]\\d*$"));
            assertThat(pixels(overview, "--down")).as("line at firing").isGreaterThan(100);
            assertThat(pixels(overview, "--up")).as("line at resolved").isZero();

            postPage(end.plus(Duration.ofMinutes(30)), StripPages.page("LQ45 920,00 -3,50 -0,38%"));
            assertThat(overview.locator(".facts")).containsText("920.00 · value");
            assertThat(overview.locator("#firing-count")).hasText("");
            overview.waitForFunction("() => document.querySelector('#around').dataset.resolved !== ''");
            assertThat(overview.locator("#alert-chart")).hasAttribute("data-marked", "2");
            assertThat(pixels(overview, "--up")).as("line at resolved").isGreaterThan(100);
            watching.screenshot("alert-story");
            overview.locator("#story a").nth(1).click();
            assertThat(overview.locator("pre")).containsText("LQ45 865,00");
            assertThat(overview.locator("img")).hasCount(0);
            assertThat(page.locator("img")).hasCount(0);
        }
    }

    @Test
    void ruleIsChangedSnoozedUnsnoozedAndDeleted() {
        rule(
                "LQ45 deep",
                Map.of(
                        "type",
                        "dropOver",
                        "percent",
                        5,
                        "window",
                        "P30D",
                        "codes",
                        List.of("LQ45"),
                        "quietHours",
                        Map.of("from", "22:00", "to", "07:00")));
        try (Visit visit = english()) {
            visit.expect(400);
            Page page = visit.open("/rules");
            page.locator("[data-do=edit]").click();
            assertThat(page.locator("#editor-title")).hasText("Edit LQ45 deep");
            assertThat(page.locator("#editor-title")).isFocused();
            assertThat(page.locator("#window")).hasValue("P30D");
            assertThat(page.locator("#quiet-from")).hasValue("22:00");
            assertThat(page.locator("#all-codes")).not().isChecked();
            page.locator("#window").fill("soon");
            page.locator("#rule-form button[type=submit]").click();
            assertThat(page.locator("#window-error"))
                    .hasText("Enter a time span such as 30m, 12h, 30d, 1w or 5td, at most two years.");
            assertThat(page.locator("#window")).isFocused();
            assertThat(page.locator("#window")).hasAttribute("aria-invalid", "true");
            page.locator("#window").fill("30d");
            assertThat(page.locator("#window-error")).hasCount(0);
            page.locator("#percent").fill("200");
            page.locator("#rule-form button[type=submit]").click();
            token(page);
            assertThat(page.locator("#percent-error"))
                    .hasText("Enter a percentage: a fall is above 0 and at most 100; a change has a sign, such as −3.");
            assertThat(page.locator("#percent")).isFocused();
            assertThat(page.locator("#form-problem")).isHidden();
            page.locator("#type").selectOption("below");
            assertThat(page.locator("#window")).isHidden();
            page.locator("#level").fill("850.5");
            page.locator("#all-codes").check();
            page.locator("#rule-form button[type=submit]").click();
            assertThat(page.locator(".card .does"))
                    .containsText("all indicators: is below 850.5 · quiet hours 22:00–07:00 WIB");
            page.locator("[data-until=tomorrow]").click();
            assertThat(page.locator(".card"))
                    .containsText(Pattern.compile("snoozed until \\d+ \\w+ \\d{4} 07:00:00 WIB"));
            page.locator("[data-do=wake]").click();
            assertThat(page.locator(".card")).not().containsText("snoozed");
            page.locator("[data-do=delete]").click();
            assertThat(page.locator("#confirm-title")).hasText("Delete LQ45 deep?");
            page.keyboard().press("Escape");
            assertThat(page.locator(".card")).hasCount(1);
            page.locator("[data-do=delete]").click();
            page.locator("#confirm-dialog .danger").click();
            assertThat(page.locator(".empty")).hasText("No rules yet. Start from one of the presets below.");
        }
    }

    @Test
    void channelIsAddedTestedChangedAndDeleted() {
        try (Visit visit = english()) {
            visit.expect(400);
            visit.expect(409);
            Page page = visit.open("/channels");
            assertThat(page.locator("#chatId-telegram")).isHidden();
            page.locator("#type").selectOption("webhook");
            page.locator("#channel-form #name").fill(HOSTILE);
            page.locator("#url-webhook").fill("nonsense");
            page.locator("#channel-form button[type=submit]").click();
            token(page);
            assertThat(page.locator("#url-webhook-error")).hasText("Enter a URL such as https://hooks.example.org/….");
            assertThat(page.locator("#url-webhook")).isFocused();
            page.locator("#url-webhook").fill("https://127.0.0.1/hidden-path");
            page.locator("#secret-webhook").fill("a-secret-to-sign-with");
            page.locator("#channel-form button[type=submit]").click();
            assertThat(page.locator(".card h2")).hasText(HOSTILE);
            assertThat(page.locator("#secret-webhook")).hasValue("");
            String failed = "The test message to " + HOSTILE + " was not delivered: ";
            assertThat(page.locator("#form-problem")).containsText("Saved. " + failed);
            assertThat(page.locator("#form-done")).isHidden();
            assertThat(page.locator(".card .does")).containsText(Pattern.compile("failed test · .* WIB · "));
            page.locator("[data-do=test]").click();
            assertThat(page.locator("#problem")).containsText(failed);
            assertThat(page.locator("#form-problem")).isHidden();
            page.locator("[data-do=disable]").click();
            assertThat(page.locator("[data-do=enable]")).isVisible();

            page.locator("[data-do=edit]").click();
            assertThat(page.locator("#editor-title")).hasText("Edit " + HOSTILE);
            assertThat(page.locator("#editor-title")).isFocused();
            assertThat(page.locator("#channel-form #name")).hasValue(HOSTILE);
            assertThat(page.locator("#type")).isHidden();
            assertThat(page.locator("#url-webhook")).hasValue("");
            assertThat(page.locator("#channel-form [name=enabled]")).not().isChecked();
            page.locator("#channel-form #name").fill(HOSTILE + "!");
            page.locator("#channel-form [name=enabled]").check();
            page.locator("#channel-form [name=sources]").uncheck();
            page.locator("#language").selectOption("id");
            page.locator("#send-test").uncheck();
            page.locator("#channel-form button[type=submit]").click();
            assertThat(page.locator("#form-done")).hasText("Saved.");
            assertThat(page.locator("#editor-title")).hasText("New channel");
            assertThat(page.locator(".card h2")).hasText(HOSTILE + "!");
            assertThat(page.locator(".card")).containsText("no source problems");
            assertThat(page.locator(".card")).containsText("https://127.0.0.1/…");
            assertThat(page.locator(".card [lang=id]")).isVisible();
            assertThat(page.locator("[data-do=disable]")).isVisible();
            assertThat(page.content()).doesNotContain("hidden-path", "a-secret-to-sign-with");
            String channel = page.locator(".card").getAttribute("data-id");
            rule("tells", Map.of("type", "below", "level", 1, "channels", List.of(channel)));
            page.locator("[data-do=delete]").click();
            page.locator("#confirm-dialog .danger").click();
            assertThat(page.locator("#problem")).containsText("Remove the channel from these rules first: tells.");
            assertThat(page.locator("img")).hasCount(0);
        }
    }

    @Test
    void optionalSecretOfAChannelIsRemoved() {
        admin().body(Map.of(
                        "name",
                        "signed",
                        "type",
                        "webhook",
                        "url",
                        "https://127.0.0.1/hook",
                        "secret",
                        "a-secret-to-sign-with"))
                .post("/api/v1/channels")
                .then()
                .statusCode(201);
        try (Visit visit = english()) {
            Page page = visit.open("/channels");
            Locator remove = page.getByLabel("Remove: Signing secret");
            assertThat(remove).isHidden();
            page.locator("[data-do=edit]").click();
            remove.check();
            assertThat(page.locator("#secret-webhook")).not().isEditable();
            page.locator("#send-test").uncheck();
            Request saved = page.waitForRequest(
                    request -> request.method().equals("PUT") && request.url().contains("/api/v1/channels/"), () -> {
                        page.locator("#channel-form button[type=submit]").click();
                        token(page);
                    });
            assertThat(saved.postData()).contains("\"secret\":null");
            assertThat(page.locator("#form-done")).hasText("Saved.");
            page.locator("#type").selectOption("webhook");
            assertThat(remove).isHidden();
            assertThat(page.locator("#secret-webhook")).isEditable();
        }
    }

    @Test
    void messagesAreMutedAndUnmuted() {
        try (Visit visit = english()) {
            Page page = visit.open("/channels");
            page.locator("#muted [data-until=morning]").click();
            token(page);
            assertThat(page.locator("#muted"))
                    .containsText(Pattern.compile("All messages are muted until \\d+ \\w+ \\d{4} 07:00:00 WIB"));
            visit.open("/");
            assertThat(page.locator("#notices")).containsText("All messages are muted until");
            visit.open("/channels");
            page.locator("#muted [data-call=DELETE]").click();
            assertThat(page.locator("#muted")).not().containsText("muted until");
        }
    }

    @Test
    void sourceProblemIsAcknowledgedAndMuted() {
        sourceProblem(HOSTILE);
        try (Visit visit = english()) {
            Page page = visit.open("/alerts");
            Locator source = page.locator("#source-kontan");
            assertThat(source).containsText("incomplete");
            assertThat(source).containsText(HOSTILE);
            source.locator("[data-call=PUT]").first().click();
            token(page);
            assertThat(source).containsText("Acknowledged by ");
            source.locator("[data-until=week]").click();
            assertThat(source).containsText("muted until");
            source.locator("[data-call=DELETE]").first().click();
            assertThat(source).not().containsText("Acknowledged by ");
            source.locator("[data-call=DELETE]").click();
            assertThat(source).not().containsText("muted until");
            assertThat(page.locator("img")).hasCount(0);
        }
    }

    @Test
    void sourceIsPolledNow() {
        try (Visit visit = english()) {
            Page page = visit.open("/sources");
            page.locator("#polled-kontan [data-do=poll]").click();
            token(page);
            assertThat(page.locator("#done")).hasText("Waiting for the poll …");
            take(clock.instant(), new Arrival.Nothing(FetchOutcome.HTTP_ERROR, HOSTILE));
            assertThat(page.locator("#problem")).hasText("kontan was polled: HTTP error. " + HOSTILE);
            assertThat(page.locator("#done")).isHidden();
            assertThat(page.locator("#polled-kontan .failed")).hasText("HTTP error");
            assertThat(page.locator("img")).hasCount(0);
            visit.assertAccessible();
        }
    }

    private void sourceProblem(String reason) {
        QuarkusTransaction.requiringNew().run(() -> em.createNativeQuery(
                        "insert into source_trouble (source, id, kind, kind_since, reason, since, polls) values ('kontan', gen_random_uuid(), 'incomplete', now(), :reason, now(), 2)")
                .setParameter("reason", reason)
                .executeUpdate());
    }

    @Test
    void failedDeliveryCanBeRetried() {
        UUID channel =
                UUID.fromString(admin().body(Map.of("name", HOSTILE, "type", "webhook", "url", "https://127.0.0.1/"))
                        .post("/api/v1/channels")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id"));
        rule(
                "LQ45 falls",
                Map.of("type", "dayChange", "percent", 2, "codes", List.of("LQ45"), "channels", List.of(channel)));
        falls();
        QuarkusTransaction.requiringNew().run(() -> em.createNativeQuery(
                        "update notification set state = 'failed', tries = 9, reason = 'It did not answer.'")
                .executeUpdate());
        try (Visit visit = english()) {
            Page page = visit.open("/alerts");
            page.locator(".alerts a").click();
            Locator row = page.locator("#deliveries tbody tr");
            assertThat(row).containsText(HOSTILE);
            assertThat(row).containsText("It did not answer.");
            row.locator("button").click();
            token(page);
            assertThat(page.locator("#done")).hasText("Queued to be sent again.");
            assertThat(row.locator("button")).hasCount(0);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void pagesAreAccessibleAndFitAPhone(ColorScheme scheme) {
        String channel = admin().body(
                        Map.of("name", HOSTILE.repeat(2), "type", "ntfy", "url", "https://ntfy.invalid/a-topic"))
                .post("/api/v1/channels")
                .then()
                .extract()
                .path("id");
        rule(
                HOSTILE.repeat(2),
                Map.of(
                        "type",
                        "dayChange",
                        "percent",
                        2,
                        "codes",
                        List.of("LQ45"),
                        "channels",
                        List.of(channel),
                        "severity",
                        scheme == ColorScheme.DARK ? "critical" : "info"));
        falls();
        sourceProblem(HOSTILE.repeat(2));
        try (Visit visit = visit(Visit.in(Visit.desktop("id-ID"), scheme))) {
            Page page = visit.open("/alerts");
            String story = page.locator(".alerts a").getAttribute("href");
            for (String path : List.of("/alerts", story, "/rules", "/channels", "/sources")) {
                String name = path.equals(story) ? "alert" : path.substring(1);
                page.setViewportSize(1280, 900);
                visit.open(path);
                assertThat(page.locator("nav [aria-current=page]")).hasCount(1);
                if (path.equals("/alerts")) {
                    Locator heading = page.locator("#alert-table th").nth(3);
                    heading.locator("button").press("Enter");
                    assertThat(heading).hasAttribute("aria-sort", "ascending");
                    heading.locator("button").press("Enter");
                    assertThat(heading).hasAttribute("aria-sort", "descending");
                }
                if (path.equals("/rules")) {
                    page.locator("[data-do=edit]").click();
                    assertThat(page.locator("#editor-title")).isFocused();
                    page.locator("#try-out").click();
                    visit.assertAccessible();
                    token(page);
                    assertThat(page.locator("#past-sentence")).containsText("Akan terpicu");
                    assertThat(page.locator("#past-chart")).hasAttribute("data-drawn", Pattern.compile("LQ45 .*"));
                }
                visit.assertAccessible();
                visit.screenshot(name + "-" + scheme.name().toLowerCase());
                page.setViewportSize(320, 740);
                visit.assertFits();
                visit.screenshot(name + "-phone-" + scheme.name().toLowerCase());
            }
            visit.open("/");
            visit.assertFits();
        }
    }

    @Test
    void alertsAndRulesAreReadableWithoutJavaScript() {
        rule(HOSTILE, Map.of("type", "dayChange", "percent", 2, "codes", List.of("LQ45"), "text", HOSTILE + " {code}"));
        falls();
        try (Visit visit = visit(Visit.desktop("en-US").setJavaScriptEnabled(false))) {
            Page page = visit.open("/alerts");
            assertThat(page.locator("link[type='application/atom+xml']"))
                    .hasAttribute("href", "/api/v1/alerts/feed?lang=en");
            assertThat(page.locator("tbody tr")).containsText("warning");
            assertThat(page.locator("tbody tr .said")).hasText(HOSTILE + " LQ45");
            assertThat(page.locator("tbody tr")).containsText("still firing");
            page.locator(".alerts a").click();
            assertThat(page.locator("#story tbody tr").last()).containsText("firing");
            assertThat(page.locator("#alert-text")).hasText(HOSTILE + " LQ45");
            assertThat(page.locator("noscript p"))
                    .hasText("The chart requires JavaScript; the rest of the page does not.");
            visit.open("/rules");
            assertThat(page.locator(".card h2")).hasText(HOSTILE);
            assertThat(page.locator("#rule-form")).isHidden();
            assertThat(page.locator("noscript p")).isVisible();
            assertThat(page.locator("img")).hasCount(0);
        }
    }

    @Test
    void unknownAlertShowsAMessage() {
        try (Visit visit = visit(Visit.desktop("id-ID"))) {
            visit.expect404();
            for (String id : List.of("5e1fdf2c-0000-0000-0000-000000000000", "nonsense")) {
                Page page = visit.open("/alerts/" + id);
                assertThat(page.locator(".notice")).hasText("Peringatan tidak ditemukan.");
            }
            visit.assertAccessible();
        }
    }

    private static void token(Page page) {
        page.locator("#token").fill(TestDatabase.ADMIN_TOKEN);
        page.locator("#token").press("Enter");
    }
}
