package id.detak.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Clock.InstallOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A browser context of one reader; closing it fails the test if the console showed errors. */
final class Visit implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String REPORT_POLICY_VIOLATIONS =
            "document.addEventListener('securitypolicyviolation', e => console.error('content security policy', e.violatedDirective, e.blockedURI))";

    private static final String MOVE_CLOCK = """
            (() => {
              const now = Date.now;
              const moved = () => now() + SKEW;
              window.Date = new Proxy(Date, {
                construct: (type, given, target) => Reflect.construct(type, given.length ? given : [moved()], target),
                get: (type, name) => name === 'now' ? moved : Reflect.get(type, name),
              });
            })();
            """;

    /** A generous limit, for busy machines. */
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final URI site;
    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new ArrayList<>();
    private final Set<String> expected = new HashSet<>(Set.of("Service Worker registration blocked by Playwright"));
    private final Map<String, Integer> requests = new HashMap<>();
    private int loads;

    /** @param clockSkew offset of the browser's clock, the same as the application's */
    Visit(Browser browser, URI site, NewContextOptions options, Duration clockSkew) {
        this.site = site;
        context = browser.newContext(options);
        context.setDefaultTimeout(TIMEOUT.toMillis());
        context.addInitScript(REPORT_POLICY_VIOLATIONS);
        context.addInitScript(MOVE_CLOCK.replace("SKEW", String.valueOf(clockSkew.toMillis())));
        page = newTab();
    }

    /** Call this before opening a page, so that no page sees its clock jump. */
    void installFakeClock(Instant moment) {
        context.clock().install(new InstallOptions().setTime(moment.toEpochMilli()));
    }

    private Page newTab() {
        Page tab = context.newPage();
        tab.onConsoleMessage(message -> {
            boolean known = expected.stream().anyMatch(message.text()::contains);
            if (List.of("error", "warning").contains(message.type()) && !known) {
                errors.add("console: " + message.text());
            }
        });
        tab.onPageError(error -> errors.add("script: " + error));
        tab.onDialog(dialog -> {
            errors.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        tab.onRequest(request -> {
            URI url = URI.create(request.url());
            requests.merge(url.getPath() == null ? "" : url.getPath(), 1, Integer::sum);
            if (!List.of("data", "blob").contains(url.getScheme())
                    && !site.getAuthority().equals(url.getAuthority())) {
                errors.add("request to another host: " + url);
            }
        });
        tab.onLoad(loaded -> loads++);
        return tab;
    }

    static NewContextOptions desktop(String locale) {
        return withoutWorker().setLocale(locale).setViewportSize(1280, 900);
    }

    static NewContextOptions phone(String locale) {
        return withoutWorker()
                .setLocale(locale)
                .setViewportSize(390, 844)
                .setDeviceScaleFactor(2)
                .setHasTouch(true)
                .setIsMobile(true);
    }

    /** Blocks the service worker, so that tests that do not need it do not wait for it. */
    private static NewContextOptions withoutWorker() {
        return new NewContextOptions().setServiceWorkers(ServiceWorkerPolicy.BLOCK);
    }

    static NewContextOptions in(NewContextOptions options, ColorScheme scheme) {
        return options.setColorScheme(scheme);
    }

    Page open(String path) {
        page.navigate(site.resolve(path).toString());
        return page;
    }

    /** Opens a page without Detak's content security policy. */
    Page blank() {
        return page;
    }

    Page openInNewTab(String path) {
        Page tab = newTab();
        tab.navigate(site.resolve(path).toString());
        return tab;
    }

    /** Disconnects or reconnects the browser. */
    void offline(boolean offline) {
        expectNoConnection();
        context.setOffline(offline);
    }

    /** Waits until the service worker has cached the page with a text, and its resources. */
    void awaitCopyWith(String text) {
        await(page, """
                async (text) => {
                  const copyOf = (url) => caches.match(url, { ignoreVary: true });
                  const parts = performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /bundle|history|sessions/.test(name));
                  const kept = await Promise.all(parts.map(copyOf));
                  const html = await (await copyOf(location.href))?.text();
                  return Boolean(navigator.serviceWorker.controller && kept.every(Boolean) && html?.includes(text));
                }
                """, text);
    }

    /** Waits until the function's promise resolves to true; Playwright's own wait does not await promises. */
    static void await(Page page, String function, Object argument) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!Boolean.TRUE.equals(page.evaluate(function, argument))) {
            assertThat(System.nanoTime()).as("timed out: " + function).isLessThan(end);
            page.waitForTimeout(50);
        }
    }

    /** Call this before opening a page. */
    void runInEachPage(String script) {
        context.addInitScript(script);
    }

    CDPSession devTools() {
        return context.newCDPSession(page);
    }

    void allowNotifications() {
        context.grantPermissions(List.of("notifications"));
    }

    void expectNoConnection() {
        expected.add("net::ERR_");
    }

    void expect404() {
        expect(404);
    }

    /** Expects a response status that Chromium logs as an error. */
    void expect(int status) {
        expected.add("status of " + status);
    }

    /** The number of page loads. */
    int loads() {
        return loads;
    }

    /** The number of requests for a path. */
    int requests(String path) {
        return requests.getOrDefault(path, 0);
    }

    void screenshot(String name) {
        page.screenshot(new ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** The legacy mode is faster and only skips frames, of which there are none. */
    void assertAccessible() {
        List<String> violations = new AxeBuilder(page)
                .setLegacyMode(true).analyze().getViolations().stream()
                        .map(rule -> rule.getId() + ": " + rule.getHelp() + " at "
                                + rule.getNodes().stream()
                                        .map(node -> node.getTarget() + " " + node.getFailureSummary())
                                        .toList())
                        .toList();
        assertThat(violations)
                .as("violations found by axe-core on " + page.url())
                .isEmpty();
    }

    /** Checks that nothing overflows to the right, so that readers need not scroll sideways. */
    void assertFits() {
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("overflow at the right")
                .isEqualTo(0);
    }

    @Override
    public void close() {
        context.close();
        assertThat(errors).isEmpty();
    }
}
