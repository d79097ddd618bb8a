package id.detak.capture.fetch;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static id.detak.capture.fetch.Fetching.failure;
import static id.detak.capture.fetch.Fetching.fetcher;
import static id.detak.capture.fetch.Fetching.page;
import static id.detak.capture.fetch.Fetching.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import id.detak.capture.fetch.FetchResult.Failure;
import id.detak.capture.fetch.FetchResult.Failure.Kind;
import id.detak.capture.fetch.FetchResult.Page;
import id.detak.testsupport.BesideTheApplication;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class RobotsTest {
    @RegisterExtension
    static final WireMockExtension SERVER =
            WireMockExtension.newInstance().options(Fetching.wireMock()).build();

    @RegisterExtension
    static final WireMockExtension OTHER =
            WireMockExtension.newInstance().options(Fetching.wireMock()).build();

    private final TestClock clock = new TestClock();
    private final PageFetcher fetcher = fetcher(clock);

    @BeforeEach
    void servePagesByDefault() {
        for (WireMockExtension server : new WireMockExtension[] {SERVER, OTHER}) {
            server.stubFor(any(anyUrl()).atPriority(9).willReturn(aResponse().withBody("page")));
            server.stubFor(get(urlEqualTo("/robots.txt"))
                    .atPriority(8)
                    .willReturn(aResponse().withStatus(404)));
        }
    }

    private static void robots(ResponseDefinitionBuilder answer) {
        SERVER.stubFor(get(urlEqualTo("/robots.txt")).willReturn(answer));
    }

    private static void robots(String text) {
        robots(aResponse().withHeader("Content-Type", "text/plain").withBody(text));
    }

    private static String url(String path) {
        return SERVER.baseUrl() + path;
    }

    private FetchResult fetch(String path) {
        return fetcher.fetch(request(url(path)));
    }

    private boolean allowed(String path) {
        return fetch(path) instanceof Page;
    }

    private static void askedForRobots(int times) {
        SERVER.verify(times, getRequestedFor(urlEqualTo("/robots.txt")));
    }

    @Test
    void disallowedPageIsNotRequested() {
        robots("User-agent: *\nDisallow: /private\n");
        Failure failure = failure(fetch("/private/x?token=secret"), Kind.REFUSED);
        assertThat(failure.reason()).isEqualTo("robots.txt of " + SERVER.baseUrl() + " does not allow this page.");
        assertThat(failure.url()).isEqualTo(URI.create(url("/private/x?token=secret")));
        assertThat(failure.retryAfter()).isNull();
        assertThat(allowed("/public")).isTrue();
        SERVER.verify(0, getRequestedFor(urlEqualTo("/private/x?token=secret")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "User-agent: *;Disallow: /                                      | /       | false",
                "User-agent: *;Disallow:                                        | /       | true",
                "User-agent: *;Disallow: /;Allow: /$                            | /       | true",
                "User-agent: *;Disallow: /;Allow: /$                            | /x      | false",
                "User-agent: *;Disallow: /*.php$                                | /x.php  | false",
                "User-agent: *;Disallow: /*.php$                                | /x.php5 | true",
                "User-agent: *;Disallow: /a*z                                   | /abcz   | false",
                "User-agent: *;Disallow: /a;Allow: /ab                          | /abc    | true",
                "User-agent: *;Disallow: /;User-agent: Detak;Allow: /           | /x      | true",
                "User-agent: *;Allow: /;User-agent: detak;Disallow: /x          | /x      | false",
                "User-agent: other;Disallow: /                                  | /x      | true",
                "USER-AGENT: DETAK;disallow: /x                                 | /x      | false",
                "User-agent: *;Disallow: /x # and why                           | /x      | false",
                "User-agent: *;Disallow: /x                                     | /%78    | false",
                "User-agent: *;Disallow: /caf\u00e9                             | /caf%C3%A9 | false",
                "User-agent: *;Disallow: /a<b                                   | /a%3Cb  | false",
                "User-agent: *;Crawl-delay: 99999                               | /x      | true",
                "User-agent: *;Disallow: /s?q=                                  | /s?q=1  | false",
                "\uFEFFUser-agent: *;Disallow: /x                               | /x      | false"
            })
    void rulesFollowTheStandard(String rules, String path, boolean allowed) {
        robots(aResponse().withBody(rules.replace(';', '\n').getBytes(StandardCharsets.UTF_8)));
        assertThat(allowed(path)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 401, 403, 404, 410, 429})
    void missingRobotsAllowsAll(int status) {
        robots(aResponse().withStatus(status));
        assertThat(allowed("/x")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<!DOCTYPE html><html><body>User-agent: *\nDisallow: /\n</body></html>",
                "\n\n <HTML>not found</HTML>",
                "junk",
                "\u0000\u0001\u0002: \u00ff",
                "Disallow: /",
                "{\"error\": 404}"
            })
    void junkRobotsAllowsAll(String body) {
        robots(aResponse().withHeader("Content-Type", "text/html").withBody(body));
        assertThat(allowed("/x")).isTrue();
    }

    @Test
    void failingRobotsForbidsAllAndKeepsRetryAfter() {
        robots(aResponse().withStatus(503).withHeader("Retry-After", "3600"));
        Failure failure = failure(fetch("/x"), Kind.HTTP_ERROR);
        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.reason()).contains("robots.txt of " + SERVER.baseUrl() + " answered 503", "RFC 9309");
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofHours(1));
        SERVER.verify(0, getRequestedFor(urlEqualTo("/x")));
    }

    @Test
    void failingRobotsIsRetriedWithNextPage() {
        robots(aResponse().withStatus(500));
        failure(fetch("/x"), Kind.HTTP_ERROR);
        robots("User-agent: *\nAllow: /\n");
        assertThat(allowed("/x")).isTrue();
        askedForRobots(2);
    }

    @Test
    void unreachableRobotsIsRetriedWithNextPage() {
        robots(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));
        assertThat(failure(fetch("/x"), Kind.UNREACHABLE).reason()).startsWith("robots.txt of ");
        robots("User-agent: *\n");
        assertThat(allowed("/x")).isTrue();
    }

    @Test
    void cachedRobotsApplyWhileUnreachable() {
        robots("User-agent: *\nDisallow: /private\n");
        assertThat(allowed("/x")).isTrue();
        clock.advance(Duration.ofHours(25));
        robots(aResponse().withStatus(500));
        assertThat(allowed("/x")).isTrue();
        failure(fetch("/private"), Kind.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404})
    void robotsAreCachedForADay(int status) {
        robots(aResponse().withStatus(status).withBody("User-agent: *\nDisallow: /private\n"));
        assertThat(allowed("/x")).isTrue();
        assertThat(allowed("/y")).isTrue();
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(allowed("/x")).isTrue();
        askedForRobots(1);
        robots("User-agent: *\nDisallow: /\n");
        clock.advance(Duration.ofSeconds(1));
        failure(fetch("/x"), Kind.REFUSED);
        askedForRobots(2);
    }

    @Test
    void robotsRedirectIsFollowed() {
        robots(aResponse().withStatus(301).withHeader("Location", OTHER.baseUrl() + "/rules"));
        OTHER.stubFor(get(urlEqualTo("/rules")).willReturn(aResponse().withBody("User-agent: *\nDisallow: /x\n")));
        failure(fetch("/x"), Kind.REFUSED);
        assertThat(allowed("/y")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/robots.txt", "file:///etc/passwd", ""})
    void refusedRobotsRedirectForbidsAll(String location) {
        robots(aResponse().withStatus(302).withHeader("Location", location));
        assertThat(failure(fetch("/x"), Kind.REFUSED).reason()).contains("robots.txt of");
    }

    @Test
    void robotsRedirectToInternalHostIsRefused() {
        robots(aResponse().withStatus(302).withHeader("Location", "http://127.0.0.1:" + OTHER.getPort() + "/rules"));
        PageFetcher outside = new PageFetcher(clock, FetchLimits.defaults(), Fetching.localhostIsPublic());
        FetchResult answer = outside.fetch(request("http://localhost:" + SERVER.getPort() + "/x"));
        assertThat(failure(answer, Kind.REFUSED).reason()).contains("inside this network");
        OTHER.verify(0, getRequestedFor(urlEqualTo("/rules")));
    }

    @Test
    void everyHopObeysRobotsOfItsOrigin() {
        SERVER.stubFor(get(urlEqualTo("/a"))
                .willReturn(aResponse().withStatus(302).withHeader("Location", OTHER.baseUrl() + "/there")));
        OTHER.stubFor(
                get(urlEqualTo("/robots.txt")).willReturn(aResponse().withBody("User-agent: *\nDisallow: /there\n")));
        Failure failure = failure(fetch("/a"), Kind.REFUSED);
        assertThat(failure.url()).isEqualTo(URI.create(OTHER.baseUrl() + "/there"));
        OTHER.verify(0, getRequestedFor(urlEqualTo("/there")));
    }

    @Test
    void redirectToDisallowedPageIsRefused() {
        robots("User-agent: *\nDisallow: /private\n");
        for (String location : new String[] {"/private", "/a/../private", "/%70rivate", "./x/../private"}) {
            SERVER.stubFor(
                    get(urlEqualTo("/a")).willReturn(aResponse().withStatus(302).withHeader("Location", location)));
            failure(fetch("/a"), Kind.REFUSED);
        }
    }

    @Test
    void hugeRobotsCountsWholeLinesOfFirst512KiB() {
        String start = "User-agent: *\nDisallow: /private\n";
        String filling = "# " + "x".repeat(77) + "\n";
        StringBuilder huge = new StringBuilder(start);
        while (huge.length() + filling.length() < 512 * 1024 - 20) {
            huge.append(filling);
        }
        String lastLine = "Disallow: /" + "y".repeat(512 * 1024 - huge.length() - 11); // cut right after this
        robots(huge + lastLine + "longer\nDisallow: /late\n" + filling.repeat(10_000));
        failure(fetch("/private"), Kind.REFUSED);
        assertThat(allowed("/" + lastLine.substring(11) + "?")).isTrue();
        assertThat(allowed("/late")).isTrue();
    }

    @Test
    void endlessRobotsEndsAtLimit() throws Exception {
        String endless = "User-agent: *\nDisallow: /private\n" + "#\n".repeat(5_000_000);
        byte[] bomb = Fetching.gzip(endless.getBytes(StandardCharsets.US_ASCII));
        robots(aResponse().withBody(bomb).withHeader("Content-Encoding", "gzip"));
        failure(fetch("/private"), Kind.REFUSED);
        assertThat(allowed("/x")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0130",
                "<",
                "<html>user-agent:",
                "*",
                "%",
                ":",
                " ",
                "Disallow: /*a*a*a*b\n",
                "\u2028",
                "user-agent: *\n"
            })
    @Timeout(300)
    void hostileRobotsIsParsedInLinearTime(String piece) {
        long harmless = processorTime("# a comment\n");
        assertThat(processorTime(piece))
                .as("nanoseconds for %s, against %d for a harmless one", piece, harmless)
                .isLessThan(50 * harmless);
    }

    /** The CPU time to read a robots.txt that repeats the piece, and to apply it. It depends little on other load. */
    private long processorTime(String piece) {
        String text = "User-agent: *\nDisallow: /private\n" + piece.repeat(500_000 / piece.length());
        robots(aResponse().withBody(text.getBytes(StandardCharsets.UTF_8)));
        PageFetcher fetcher = fetcher(clock);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        failure(fetcher.fetch(request(url("/private"))), Kind.REFUSED);
        assertThat(fetcher.fetch(request(url("/" + "a".repeat(2000))))).isNotNull();
        return threads.getCurrentThreadCpuTime() - before;
    }

    @Test
    void stalledRobotsEndsAtTimeLimit() {
        robots(aResponse().withFixedDelay(2000).withBody("User-agent: *\n"));
        PageFetcher hasty = fetcher(Duration.ofMillis(300), 1000);
        // on a busy machine, the time limit may end even before robots.txt is asked for
        await().atMost(Fetching.LONG)
                .pollInSameThread()
                .until(
                        () -> failure(hasty.fetch(request(url("/x"))), Kind.UNREACHABLE)
                                .reason(),
                        reason -> reason.contains("robots.txt") && reason.contains("within 300 ms"));
        SERVER.verify(0, getRequestedFor(urlEqualTo("/x")));
    }

    @Test
    void pageIsRequestedAfterRobots() {
        robots("User-agent: *\nAllow: /\n");
        assertThat(page(fetch("/x")).body()).hasSize(4);
        askedForRobots(1);
    }

    @ParameterizedTest
    @CsvSource({"10, 10", "0.5, 1", "60, 60", "99999, 60", "-5, 0", "x, 0"})
    void crawlDelayIsKeptUpToAMinute(String printed, int seconds) {
        robots("User-agent: *\nCrawl-delay: " + printed + "\n");
        URI page = URI.create(url("/x"));
        assertThat(fetcher.crawlDelay(page)).isZero();
        assertThat(fetcher.pauseBefore(page)).isZero();
        assertThat(allowed("/x")).isTrue();
        Duration delay = fetcher.crawlDelay(page);
        assertThat(delay)
                .isBetween(Duration.ofMillis(seconds == 1 ? 500 : seconds * 1000L), Duration.ofSeconds(seconds));
        assertThat(fetcher.pauseBefore(URI.create(url("/other")))).isEqualTo(delay);
        assertThat(fetcher.pauseBefore(URI.create(OTHER.baseUrl() + "/x"))).isZero();
        clock.advance(Duration.ofMinutes(1));
        assertThat(fetcher.pauseBefore(page)).isZero();
    }
}
