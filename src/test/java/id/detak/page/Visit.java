package id.detak.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A reader with a browser of their own. When it closes, nothing may have gone wrong in it that only a console tells. */
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

    /** For a machine that is busy with other things. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI site;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final Set<String> expected = new HashSet<>(Set.of("Service Worker registration blocked by Playwright"));
    private final Map<String, Integer> asked = new HashMap<>();
    private int loads;

    /** @param clockSkew how far the browser's clock is from this machine's, as the application's is */
    Visit(Browser browser, URI site, NewContextOptions options, Duration clockSkew) {
        this.site = site;
        context = browser.newContext(options);
        context.setDefaultTimeout(PATIENCE.toMillis());
        context.addInitScript(REPORT_POLICY_VIOLATIONS);
        context.addInitScript(MOVE_CLOCK.replace("SKEW", String.valueOf(clockSkew.toMillis())));
        page = newTab();
    }

    private Page newTab() {
        Page tab = context.newPage();
        tab.onConsoleMessage(message -> {
            boolean known = expected.stream().anyMatch(message.text()::contains);
            if (List.of("error", "warning").contains(message.type()) && !known) {
                complaints.add("console: " + message.text());
            }
        });
        tab.onPageError(error -> complaints.add("script: " + error));
        tab.onDialog(dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        tab.onRequest(request -> {
            URI url = URI.create(request.url());
            asked.merge(url.getPath() == null ? "" : url.getPath(), 1, Integer::sum);
            if (!List.of("data", "blob").contains(url.getScheme()) && !site.getAuthority().equals(url.getAuthority())) {
                complaints.add("request to another host: " + url);
            }
        });
        tab.onLoad(loaded -> loads++);
        return tab;
    }

    static NewContextOptions desktop(String locale) {
        return withoutWorker().setLocale(locale).setViewportSize(1280, 900);
    }

    static NewContextOptions phone(String locale) {
        return withoutWorker().setLocale(locale).setViewportSize(390, 844).setDeviceScaleFactor(2).setHasTouch(true).setIsMobile(true);
    }

    /** Whose work a test must not wait for that is not about it. */
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

    Page openInNewTab(String path) {
        Page tab = newTab();
        tab.navigate(site.resolve(path).toString());
        return tab;
    }

    /** As in a tunnel, and out of it again. */
    void offline(boolean offline) {
        expectNoConnection();
        context.setOffline(offline);
    }

    /** Until the worker keeps the page, with that in it, and what it is made of. */
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

    /** Until the function's promise is kept with true: Playwright's own waiting takes the promise itself for that. */
    static void await(Page page, String function, Object argument) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Boolean.TRUE.equals(page.evaluate(function, argument))) {
            assertThat(System.nanoTime()).as("this took too long: " + function).isLessThan(end);
            page.waitForTimeout(50);
        }
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

    /** An answer's status that Chromium's console calls an error. */
    void expect(int status) {
        expected.add("status of " + status);
    }

    /** How often a page was loaded as a whole. */
    int loads() {
        return loads;
    }

    /** How often pages asked for a path. */
    int asked(String path) {
        return asked.getOrDefault(path, 0);
    }

    void screenshot(String name) {
        page.screenshot(new ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
    }

    /** There are no frames, whose sake the other mode is slower for. */
    void assertAccessible() {
        List<String> violations = new AxeBuilder(page).setLegacyMode(true).analyze().getViolations().stream()
                .map(rule -> rule.getId() + ": " + rule.getHelp() + " at "
                        + rule.getNodes().stream().map(node -> node.getTarget() + " " + node.getFailureSummary()).toList())
                .toList();
        assertThat(violations).as("what axe-core finds on " + page.url()).isEmpty();
    }

    /** Nothing reaches beyond the right edge, so that nobody scrolls sideways. */
    void assertFits() {
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).as("overflow at the right").isEqualTo(0);
    }

    @Override
    public void close() {
        context.close();
        assertThat(complaints).isEmpty();
    }
}
