package id.detak.bench;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitUntilState;
import id.detak.testsupport.Browsers;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.Pages;
import id.detak.testsupport.RunningDetak;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The overview in a real Chromium, with two years of the simulated market: its size, the time until it can be read, and
 * its memory use.
 */
class PageBench {

    private static final int MAX_BYTES = 250_000;
    private static final double MAX_MILLIS = 500;
    private static final int SLOWED = 4;
    private static final int ROUNDS = 11;
    private static final int WARMING = 100;
    private static final int UPDATES = 1000;
    private static final double MAX_GROWTH_BYTES = 1_000_000;
    private static final String TOKEN = "t";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final List<String> VIEWS = List.of(
            "/",
            "/?code=LQ45&range=1Y&form=candles",
            "/?code=LQ45&compare=EMAS,USDIDR&range=1Y",
            "/changes",
            "/observations/LQ45",
            "/alerts",
            "/rules",
            "/channels",
            "/kiosk");
    /** The time until the chart was drawn, in milliseconds after the navigation. */
    private static final String WATCH = """
            addEventListener('DOMContentLoaded', () => new MutationObserver((changes, watching) => {
              if (!document.getElementById('chart')?.dataset.drawn) return;
              watching.disconnect();
              requestAnimationFrame(() => setTimeout(() => { window.drawnAt = performance.now(); }));
            }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-drawn'] }));
            """;

    @TempDir
    static Path folder;

    private static Playwright playwright;
    private static Browser browser;
    private static RunningDetak running;
    private static PackagedDetak detak;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> chromium = Browsers.find();
        assumeTrue(chromium.isPresent(), "no Chromium found");
        playwright = Playwright.create();
        browser = playwright.chromium().launch(Browsers.launchOptions(chromium.get()));
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        detak = PackagedDetak.on(folder.resolve("data"))
                .with("DETAK_DEMO", true)
                .with("DETAK_MARKET_HOURS", "always")
                .with("DETAK_POLL_EVERY", "PT12H")
                .with("DETAK_ADMIN_TOKEN", TOKEN)
                .forTheLongRun();
        running = detak.serve();
        String days = "";
        for (String before = "x"; !days.equals(before) || days.length() < 10_000; Thread.sleep(3000)) {
            before = days;
            days = running.get("/api/v1/indicators/LQ45/history?interval=1d").body();
        }
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.close();
        }
        if (playwright != null) {
            playwright.close();
        }
    }

    @Test
    void firstViewIsSmall() {
        try (BrowserContext context = browser.newContext(desktop())) {
            Page page = context.newPage();
            AtomicLong bytes = new AtomicLong();
            Set<String> hosts = new HashSet<>();
            CDPSession network = context.newCDPSession(page);
            network.send("Network.enable");
            network.on(
                    "Network.loadingFinished",
                    event -> bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
            page.onRequest(request -> hosts.add(URI.create(request.url()).getAuthority()));
            page.navigate(url("/"));
            assertThat(page.locator("#chart")).hasAttribute("data-drawn", Pattern.compile("LQ45 \\d+"));
            page.waitForTimeout(2000);
            assertThat(hosts).as("no other host is asked").containsExactly("127.0.0.1:" + detak.httpPort());
            ResultTable.put(
                    "First view of the overview, chart and all, compressed",
                    "%d kB in all, from this host only".formatted(bytes.get() / 1000),
                    String.format(Locale.ROOT, "%.2f of the limit", (double) bytes.get() / MAX_BYTES),
                    "at most 250 kB",
                    bytes.get() <= MAX_BYTES);
        }
    }

    @Test
    void numbersAreVisibleBeforeScriptsRun() {
        try (BrowserContext context = browser.newContext(desktop())) {
            Page page = context.newPage();
            page.route("**/*.js", route -> {
                // it never appears
            });
            page.navigate(url("/"), new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
            assertThat(page.locator("#card-LQ45 .value")).hasText(Pattern.compile("\\d+\\.\\d\\d"));
            assertThat(page.locator("#card-LQ45 .spark path").last()).isVisible();
            double painted = ((Number) page.waitForFunction(
                                    "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
                            .jsonValue())
                    .doubleValue();
            ResultTable.put(
                    "First values painted, without any script", Duel.time(painted), "", "before any script", true);
        }
    }

    @Test
    void chartIsDrawnQuickly() throws Exception {
        byte[] history = CLIENT.send(
                        HttpRequest.newBuilder(
                                        URI.create(url("/api/v1/indicators/LQ45/history?maxPoints=1500&from=P1Y")))
                                .build(),
                        BodyHandlers.ofByteArray())
                .body();
        try (PlainPage plain = new PlainPage(history)) {
            String ours = url("/?code=LQ45&range=1Y");
            assertThat(points(ours)).as("the same points").isCloseTo(points(plain.url()), within(3));
            for (int slowed : new int[] {1, SLOWED}) {
                double[] us = new double[ROUNDS];
                double[] them = new double[ROUNDS];
                double[] ratios = new double[ROUNDS];
                for (int round = 0; round < ROUNDS; round++) {
                    us[round] = drawnAfter(ours, slowed);
                    them[round] = drawnAfter(plain.url(), slowed);
                    ratios[round] = us[round] / them[round];
                }
                double median = Duel.median(us);
                boolean limited = slowed == 1;
                ResultTable.put(
                        "Chart of a year drawn after navigation, nothing cached"
                                + (limited ? "" : ", with a CPU " + slowed + " times as slow")
                                + ", against a bare page with ECharts",
                        "%s against %s".formatted(Duel.time(median), Duel.time(Duel.median(them))),
                        String.format(Locale.ROOT, "%.2f", Duel.median(ratios)),
                        limited ? "at most 500 ms" : "reported",
                        !limited || median <= MAX_MILLIS);
            }
        }
    }

    @Test
    void liveUpdatesDoNotLeakMemory() throws Exception {
        try (BrowserContext context = browser.newContext(desktop())) {
            Page page = context.newPage();
            page.navigate(url("/?code=LQ45&range=1Y&form=candles"));
            assertThat(page.locator("#live")).hasText("live");
            CDPSession session = context.newCDPSession(page);
            for (int i = 0; i < WARMING; i++) {
                update(page, i);
            }
            Memory before = Memory.of(session);
            for (int i = WARMING; i < WARMING + UPDATES; i++) {
                update(page, i);
            }
            Memory after = Memory.of(session);
            double grown = after.heap - before.heap;
            ResultTable.put(
                    "%d live updates in a row, the chart open".formatted(UPDATES),
                    String.format(
                            Locale.ROOT,
                            "heap %.1f to %.1f MB, DOM nodes %d to %d, listeners %d to %d",
                            before.heap / 1e6,
                            after.heap / 1e6,
                            before.nodes,
                            after.nodes,
                            before.listeners,
                            after.listeners),
                    String.format(Locale.ROOT, "%.2f", after.heap / before.heap),
                    "less than 1 MB more",
                    grown < MAX_GROWTH_BYTES
                            && after.nodes < before.nodes * 1.1
                            && after.listeners <= before.listeners * 1.1);
        }
    }

    @Test
    void pagesAreAccessible() {
        int violations = 0;
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (BrowserContext context = browser.newContext(desktop().setColorScheme(scheme))) {
                Page page = context.newPage();
                for (String view : VIEWS) {
                    page.navigate(url(view));
                    page.waitForTimeout(500);
                    violations += new AxeBuilder(page)
                            .setLegacyMode(true)
                            .analyze()
                            .getViolations()
                            .size();
                }
            }
        }
        ResultTable.put(
                "axe-core on %d views, light and dark".formatted(VIEWS.size()),
                violations + " violations",
                "",
                "none",
                violations == 0);
    }

    private record Memory(double heap, long nodes, long listeners) {

        static Memory of(CDPSession session) {
            session.send("HeapProfiler.enable");
            session.send("HeapProfiler.collectGarbage");
            session.send("HeapProfiler.collectGarbage");
            JsonObject counters = session.send("Memory.getDOMCounters");
            double heap = session.send("Runtime.getHeapUsage").get("usedSize").getAsDouble();
            return new Memory(
                    heap,
                    counters.get("nodes").getAsLong(),
                    counters.get("jsEventListeners").getAsLong());
        }
    }

    /** Posts a page and waits until its number is shown. */
    private static void update(Page page, int i) throws Exception {
        String whole = String.valueOf(800 + i % 50);
        String cents = String.format(Locale.ROOT, "%02d", i % 100);
        String strip = Pages.strip("LQ45 %s,%s 1,00 0,12%%".formatted(whole, cents));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url("/api/v1/captures?observedAt=" + Instant.now())))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofString(strip, StandardCharsets.UTF_8))
                .build();
        assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
        page.waitForFunction(
                "(text) => document.querySelector('#card-LQ45 .value').textContent === text",
                whole + "." + cents,
                new WaitForFunctionOptions().setTimeout(30_000));
    }

    private static double drawnAfter(String url, int slowed) {
        try (BrowserContext context = browser.newContext(desktop())) {
            context.addInitScript(WATCH);
            Page page = context.newPage();
            CDPSession session = context.newCDPSession(page);
            JsonObject rate = new JsonObject();
            rate.addProperty("rate", slowed);
            session.send("Emulation.setCPUThrottlingRate", rate);
            page.navigate(url);
            return ((Number) page.waitForFunction("() => window.drawnAt").jsonValue()).doubleValue();
        }
    }

    private static int points(String url) {
        try (BrowserContext context = browser.newContext(desktop())) {
            Page page = context.newPage();
            page.navigate(url);
            assertThat(page.locator("#chart")).hasAttribute("data-drawn", Pattern.compile("LQ45 \\d+"));
            return Integer.parseInt(
                    page.locator("#chart").getAttribute("data-drawn").split(" ")[1]);
        }
    }

    private static NewContextOptions desktop() {
        return new NewContextOptions().setLocale("en-US").setViewportSize(1280, 900);
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + detak.httpPort() + path;
    }
}
