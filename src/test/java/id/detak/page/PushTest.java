package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import id.detak.testsupport.PushSubscriber;
import id.detak.testsupport.Receiver;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A device subscribes on the page of alerts, and its service worker shows the pushed messages. The browser's own push
 * service cannot be reached, so its PushManager is replaced.
 */
@QuarkusTest
class PushTest extends BrowserTest {

    @Override
    Browser browserOfVisits() {
        return wholeBrowser();
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Remembers the subscription through reloads, like a browser. */
    private static final String PUSH_MANAGER = """
            (() => {
              const key = 'test.subscribed';
              const subscription = () => ({ toJSON: () => (SUBSCRIPTION), unsubscribe: async () => delete localStorage[key] });
              PushManager.prototype.getSubscription = async () => (localStorage[key] ? subscription() : null);
              PushManager.prototype.subscribe = async (options) => {
                localStorage[key] = JSON.stringify(options);
                return subscription();
              };
            })();
            """;

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String NOTIFICATIONS = """
            async () => (await (await navigator.serviceWorker.ready).getNotifications())
                .map(({ title, body, tag, silent, renotify, data }) => [title, body, tag, silent, renotify, data.path].join('|'))
            """;
    private static final String AS_MANY =
            "count => navigator.serviceWorker.ready.then((worker) => worker.getNotifications()).then((all) => all.length === count)";
    /**
     * Runs the worker's script with a browser in which one tab shows an alert. Playwright cannot click notifications.
     */
    private static final String WORKER = """
            async ([script, name, path]) => {
              const handlers = {};
              const done = [];
              const tab = { url: 'https://detak.example/alerts/open', focus: async () => done.push('focus') };
              const self = {
                location: { origin: 'https://detak.example' },
                navigator: { language: 'id-ID' },
                addEventListener: (event, handler) => { handlers[event] = handler; },
                clients: { matchAll: async () => [tab], openWindow: async (page) => done.push(page) },
                registration: { showNotification: async (title, { body, data }) => done.push(title, body, data.path) },
              };
              new Function('self', script)(self);
              let work;
              handlers[name]({
                notification: { close: () => done.push('close'), data: { path } },
                waitUntil: (promise) => { work = promise; },
              });
              await work;
              return done.join(' ');
            }
            """;

    private static Receiver pushService;

    private final PushSubscriber device = PushSubscriber.create();
    /** The path of the device at the push service. */
    private final String endpoint = "/" + UUID.randomUUID();

    @BeforeAll
    static void listen() {
        pushService = Receiver.start();
    }

    @AfterAll
    static void stop() {
        pushService.close();
    }

    @Test
    void aDeviceSubscribesAndStops() throws JsonProcessingException {
        rule("falls", Map.of("type", "dayChange", "percent", 2, "codes", List.of("LQ45")));
        try (Visit visit = visit(Visit.desktop("en-US").setServiceWorkers(ServiceWorkerPolicy.ALLOW))) {
            visit.allowNotifications();
            visit.runInEachPage(pushManager());
            Page page = visit.open("/alerts");
            page.locator("#push-start").click();
            assertThat(page.locator("#push-name")).hasValue("Chrome · Linux");
            visit.assertAccessible();
            visit.screenshot("push-dialog-desktop-light");
            page.locator("#push-name").fill("{7*7} My laptop");
            page.locator("#push-dialog [type=submit]").click();
            page.locator("#token").fill(TestDatabase.ADMIN_TOKEN);
            page.locator("#token-form [type=submit]").click();
            assertThat(page.locator("#push-done")).hasText("A test message to “{7*7} My laptop” is on its way.");
            assertThat(page.locator("#push-on"))
                    .hasText("This device is notified as “{7*7} My laptop”, also while Detak is closed.");
            assertThat(page.locator("#push-start")).isHidden();
            visit.assertAccessible();
            visit.screenshot("push-subscribed-desktop-light");
            assertThat(device.decrypt(pushService.requests(endpoint).get(0).bytes()))
                    .contains("Test message from Detak");
            assertThat(page.evaluate("JSON.parse(localStorage['test.subscribed']).applicationServerKey"))
                    .isEqualTo(admin().get("/api/v1/push-key").then().extract().path("publicKey"));
            List<String> first = channels();
            assertThat(channelsOfTheRule()).isEqualTo(first).hasSize(1);

            admin().body(Map.of("enabled", false)).put("/api/v1/channels/" + first.get(0));
            page.reload();
            page.locator("#push-start").click();
            page.locator("#push-rules").uncheck();
            page.locator("#push-dialog [type=submit]").click();
            assertThat(page.locator("#push-on")).containsText("Chrome · Linux");
            assertThat(page.locator("#push-done")).containsText("A test message");
            assertThat(channelsOfTheRule())
                    .as("the new channel replaces the old one")
                    .isEqualTo(channels())
                    .hasSize(1)
                    .doesNotContainAnyElementsOf(first);

            page.reload();
            assertThat(page.locator("#push-stop")).isVisible();
            visit.open("/channels");
            assertThat(page.locator("#channels .card")).containsText("Push to a device");
            assertThat(page.locator("#type option[value=webpush]")).hasCount(0);
            visit.open("/alerts");
            page.locator("#push-stop").click();
            assertThat(page.locator("#push-done")).hasText("This device is no longer notified.");
            assertThat(page.locator("#push-start")).isVisible();
            assertThat(channels()).isEmpty();
            assertThat(channelsOfTheRule()).isEmpty();
            assertThat(page.evaluate("localStorage['test.subscribed']")).isNull();
        }
    }

    private String pushManager() throws JsonProcessingException {
        return PUSH_MANAGER.replace(
                "SUBSCRIPTION", JSON.writeValueAsString(device.subscription(pushService.url(endpoint))));
    }

    @Test
    void aDeviceIsNotifiedInTheLanguageOfThePage() throws JsonProcessingException {
        try (Visit visit = visit(Visit.phone("id-ID").setServiceWorkers(ServiceWorkerPolicy.ALLOW))) {
            visit.allowNotifications();
            visit.runInEachPage(pushManager());
            Page page = visit.open("/alerts");
            page.locator("#push-start").click();
            page.locator("#push-dialog [type=submit]").click();
            page.locator("#token").fill(TestDatabase.ADMIN_TOKEN);
            page.locator("#token-form [type=submit]").click();
            assertThat(page.locator("#push-done")).containsText("Pesan uji");
            given().get("/api/v1/channels").then().body("items.language", equalTo(List.of("id")));
            visit.assertFits();
        }
    }

    @Test
    void aDeviceIsAddedToANewRuleBesideTheChart() throws JsonProcessingException {
        try (Visit visit = visit(Visit.desktop("en-US").setServiceWorkers(ServiceWorkerPolicy.ALLOW))) {
            visit.allowNotifications();
            visit.runInEachPage(pushManager());
            Page page = visit.open("/?code=LQ45");
            page.locator("#new-alert").click();
            page.locator("#alert-device").click();
            page.locator("#token").fill(TestDatabase.ADMIN_TOKEN);
            page.locator("#token-form [type=submit]").click();
            assertThat(page.locator("#alert-past")).hasText("A test message to “Chrome · Linux” is on its way.");
            assertThat(page.locator("#alert-channels input")).isChecked();
            assertThat(page.locator("#alert-device")).isHidden();
            page.locator("#alert-form [type=submit]").click();
            assertThat(page.locator("#alert-done")).containsText("Created: LQ45 falls 2% in a day");
            assertThat(channelsOfTheRule()).isEqualTo(channels()).hasSize(1);
        }
    }

    private static List<String> channels() {
        return given().get("/api/v1/channels").then().extract().path("items.id");
    }

    private static List<String> channelsOfTheRule() {
        return given().get("/api/v1/rules").then().extract().path("items[0].channels");
    }

    @Test
    void thePageSaysWhyADeviceCannotSubscribe() {
        try (Visit visit = visit(Visit.phone("id-ID"))) {
            visit.runInEachPage("delete window.PushManager");
            Page page = visit.open("/alerts");
            assertThat(page.locator("#push")).containsText("Peramban ini tidak dapat menampilkan pemberitahuan");
            assertThat(page.locator("#push-start")).isHidden();
        }
        try (Visit visit = visit(Visit.in(Visit.phone("id-ID"), ColorScheme.DARK))) {
            visit.runInEachPage("Object.defineProperty(window, 'isSecureContext', { value: false })");
            Page page = visit.open("/alerts");
            assertThat(page.locator("#push [data-state=insecure]")).containsText("HTTPS");
            visit.assertFits();
            visit.assertAccessible();
        }
        try (Visit visit = visit(Visit.phone("id-ID").setServiceWorkers(ServiceWorkerPolicy.ALLOW))) {
            visit.allowNotifications();
            visit.runInEachPage(
                    "PushManager.prototype.subscribe = () => Promise.reject(new DOMException('', 'AbortError'))");
            Page page = visit.open("/alerts");
            page.locator("#push-start").click();
            visit.assertFits();
            visit.screenshot("push-dialog-phone-light");
            page.locator("#push-dialog [type=submit]").click();
            page.locator("#token").fill(TestDatabase.ADMIN_TOKEN);
            page.locator("#token-form [type=submit]").click();
            assertThat(page.locator("#push-problem")).containsText("Peramban tidak dapat berlangganan");
            assertThat(page.locator("#push-start")).isVisible();
            assertThat(channels()).isEmpty();
        }
        try (Visit visit = visit(Visit.phone("id-ID"))) {
            Page page = visit.open("/alerts");
            page.locator("#push-start").click();
            page.locator("#push-dialog [type=submit]").click(); // headless Chromium denies the permission
            assertThat(page.locator("#push")).isHidden();
            assertThat(page.locator("#notify .hint")).isVisible();
        }
    }

    @Test
    void theServiceWorkerShowsWhatIsPushed() {
        try (Visit visit = visit(Visit.desktop("en-US").setServiceWorkers(ServiceWorkerPolicy.ALLOW))) {
            visit.allowNotifications();
            Page page = visit.open("/channels");
            page.waitForFunction("() => navigator.serviceWorker.controller");
            AtomicReference<String> registration = new AtomicReference<>();
            CDPSession devTools = visit.devTools();
            devTools.on("ServiceWorker.workerRegistrationUpdated", event -> event.getAsJsonArray("registrations")
                    .forEach(item -> registration.set(
                            item.getAsJsonObject().get("registrationId").getAsString())));
            devTools.send("ServiceWorker.enable");
            page.waitForCondition(() -> registration.get() != null);

            // what arrives before the worker is active is lost; a push with the same tag replaces the notification
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        push(devTools, registration.get(), notice("it fell", "a1", false));
                        return Boolean.TRUE.equals(page.evaluate(AS_MANY, 1));
                    });
            push(devTools, registration.get(), notice("it fell further", "a1", true));
            push(devTools, registration.get(), notice("gold rose", "a2", false));
            Visit.await(page, AS_MANY, 2);
            assertThat((List<?>) page.evaluate(NOTIFICATIONS))
                    .extracting(String::valueOf)
                    .containsExactlyInAnyOrder(
                            "Firing: x|it fell further|a1|false|true|/alerts/a1",
                            "Firing: x|gold rose|a2|false|false|/alerts/a2");

            push(devTools, registration.get(), "not JSON");
            Visit.await(page, AS_MANY, 3);
            push(devTools, registration.get(), "{\"title\":7}");
            push(devTools, registration.get(), "");
            push(devTools, registration.get(), notice("last", "a3", false));
            Visit.await(page, AS_MANY, 4);
            assertThat((List<?>) page.evaluate(NOTIFICATIONS))
                    .extracting(String::valueOf)
                    .contains(
                            "Detak|A message could not be read. Open Detak to see the alerts.|unreadable|false|false|/alerts");
        }
    }

    @Test
    void aClickOpensTheAlertAndAnEndedSubscriptionIsReported() {
        String script = given().get("/sw.js").then().extract().asString();
        try (Visit visit = english()) {
            Page page = visit.blank();
            assertThat(page.evaluate(WORKER, List.of(script, "notificationclick", "/alerts/open")))
                    .isEqualTo("close focus");
            assertThat(page.evaluate(WORKER, List.of(script, "notificationclick", "/alerts/other")))
                    .isEqualTo("close /alerts/other");
            assertThat(page.evaluate(WORKER, List.of(script, "notificationclick", "/#live")))
                    .isEqualTo("close /#live");
            assertThat(page.evaluate(WORKER, List.of(script, "notificationclick", "//evil.example/alerts")))
                    .isEqualTo("close /alerts");
            assertThat(page.evaluate(WORKER, List.of(script, "pushsubscriptionchange", "")))
                    .isEqualTo(
                            "Detak Perangkat ini tidak lagi mendapat pemberitahuan. Buka Detak untuk mendaftarkannya lagi. /alerts");
        }
    }

    private void push(CDPSession devTools, String registration, String data) {
        JsonObject message = new JsonObject();
        message.addProperty("origin", site.toString().replaceFirst("/$", ""));
        message.addProperty("registrationId", registration);
        message.addProperty("data", data);
        devTools.send("ServiceWorker.deliverPushMessage", message);
    }

    private static String notice(String text, String tag, boolean again) {
        return "{\"title\":\"Firing: x\",\"text\":\"" + text + "\",\"path\":\"/alerts/" + tag + "\",\"tag\":\"" + tag
                + "\",\"again\":" + again + ",\"silent\":false}";
    }
}
