package id.detak.capture.fetch;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static id.detak.capture.fetch.Fetching.failure;
import static id.detak.capture.fetch.Fetching.fetcher;
import static id.detak.capture.fetch.Fetching.gzip;
import static id.detak.capture.fetch.Fetching.page;
import static id.detak.capture.fetch.Fetching.request;
import static id.detak.capture.fetch.Fetching.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import id.detak.capture.fetch.FetchResult.Failure;
import id.detak.capture.fetch.FetchResult.Failure.Kind;
import id.detak.capture.fetch.FetchResult.NotModified;
import id.detak.capture.fetch.FetchResult.Page;
import id.detak.platform.Version;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageFetcherTest {
    @RegisterExtension
    static final WireMockExtension SERVER =
            WireMockExtension.newInstance().options(Fetching.wireMock()).build();

    private final TestClock clock = new TestClock();
    private final PageFetcher fetcher = fetcher(clock);
    private String url;

    @BeforeEach
    void pageWithoutRobots() {
        url = SERVER.baseUrl() + "/page?token=secret";
        SERVER.stubFor(any(anyUrl()).atPriority(9).willReturn(aResponse().withStatus(404)));
    }

    private void answers(ResponseDefinitionBuilder answer) {
        SERVER.stubFor(get(urlEqualTo("/page?token=secret")).willReturn(answer));
    }

    private FetchResult fetch() {
        return fetcher.fetch(request(url));
    }

    @Test
    void pageHasValidatorsAndServerDate() {
        answers(aResponse()
                .withBody("LQ45898,78")
                .withHeader("ETag", "\"v1\"")
                .withHeader("Last-Modified", "Mon, 02 Mar 2026 02:10:00 GMT")
                .withHeader("Date", "Mon, 02 Mar 2026 02:15:31 GMT")
                .withHeader("Content-Type", "text/html; charset=utf-8"));

        Page page = page(fetch());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.url()).isEqualTo(URI.create(url));
        assertThat(text(page)).isEqualTo("LQ45898,78");
        assertThat(page.etag()).isEqualTo("\"v1\"");
        assertThat(page.lastModified()).isEqualTo("Mon, 02 Mar 2026 02:10:00 GMT");
        assertThat(page.serverDate()).isEqualTo("2026-03-02T02:15:31Z");
        assertThat(page.contentType()).isEqualTo("text/html; charset=utf-8");
    }

    @Test
    void missingHeadersAreNull() {
        answers(aResponse().withBody("x").withHeader("Date", "soon"));
        Page page = page(fetch());
        assertThat(page.etag()).isNull();
        assertThat(page.lastModified()).isNull();
        assertThat(page.contentType()).isNull();
        assertThat(page.serverDate()).isNull();
    }

    @Test
    void validatorsAreSentAndNotModifiedReturned() {
        answers(aResponse()
                .withStatus(304)
                .withHeader("Age", "30")
                .withHeader("Date", "Mon, 02 Mar 2026 02:15:31 GMT"));

        FetchResult answer =
                fetcher.fetch(new FetchRequest(URI.create(url), "\"v1\"", "Mon, 02 Mar 2026 02:10:00 GMT"));

        assertThat(answer)
                .isEqualTo(new NotModified(
                        TestClock.START_MICROS.minusSeconds(30),
                        URI.create(url),
                        304,
                        Instant.parse("2026-03-02T02:15:31Z")));
        SERVER.verify(getRequestedFor(urlEqualTo("/page?token=secret"))
                .withHeader("If-None-Match", equalTo("\"v1\""))
                .withHeader("If-Modified-Since", equalTo("Mon, 02 Mar 2026 02:10:00 GMT")));
    }

    @Test
    void invalidValidatorsAreNotSent() {
        answers(aResponse().withBody("x"));
        page(fetcher.fetch(new FetchRequest(URI.create(url), "\"v1\"\r\nX-Evil: 1", "")));
        SERVER.verify(getRequestedFor(urlEqualTo("/page?token=secret"))
                .withHeader("If-None-Match", absent())
                .withHeader("X-Evil", absent())
                .withHeader("If-Modified-Since", absent()));
    }

    @Test
    void unrequestedNotModifiedIsHttpError() {
        answers(aResponse().withStatus(304));
        assertThat(failure(fetch(), Kind.HTTP_ERROR).status()).isEqualTo(304);
    }

    @Test
    void pageIsObservedByInjectedClock() {
        answers(aResponse().withBody("x").withHeader("Date", "Mon, 02 Mar 2020 02:15:31 GMT"));
        assertThat(fetch().observedAt()).isEqualTo(TestClock.START_MICROS);
        clock.advance(Duration.ofHours(5));
        assertThat(fetch().observedAt()).isEqualTo(TestClock.START_MICROS.plus(Duration.ofHours(5)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "90 | 90",
                "' 7 ' | 7",
                "5, 9 | 5",
                "-5 | 0",
                "+5 | 0",
                "1.5 | 0",
                "abc | 0",
                "99999999999999999999999 | 0",
                "31536000000 | 0",
                "'' | 0"
            })
    void plausibleAgeIsSubtracted(String age, int seconds) {
        answers(aResponse().withBody("x").withHeader("Age", age));
        assertThat(fetch().observedAt()).isEqualTo(TestClock.START_MICROS.minusSeconds(seconds));
    }

    @Test
    void sendsUserAgentAndAcceptsGzip() {
        answers(aResponse().withBody("x"));
        fetch();
        String detak = "Detak/" + Version.NUMBER + " (market indicator tracker; self-hosted; honours robots.txt)";
        for (String path : new String[] {"/page?token=secret", "/robots.txt"}) {
            SERVER.verify(getRequestedFor(urlEqualTo(path))
                    .withHeader("User-Agent", equalTo(detak))
                    .withHeader("Accept-Encoding", equalTo("gzip")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP"})
    void compressedPageIsInflated(String encoding) {
        answers(aResponse()
                .withBody(gzip("EMAS1.319.000".getBytes(StandardCharsets.UTF_8)))
                .withHeader("Content-Encoding", encoding));
        assertThat(text(fetch())).isEqualTo("EMAS1.319.000");
    }

    @Test
    void unrequestedCompressionIsUnreadable() {
        answers(aResponse().withBody("x").withHeader("Content-Encoding", "br"));
        assertThat(failure(fetch(), Kind.UNREACHABLE).reason()).contains("compression");
    }

    @Test
    void truncatedGzipIsUnreadable() {
        byte[] whole = gzip("EMAS1.319.000 0,00%".getBytes(StandardCharsets.UTF_8));
        for (int length = 1; length < whole.length; length++) {
            answers(aResponse().withBody(Arrays.copyOf(whole, length)).withHeader("Content-Encoding", "gzip"));
            assertThat(failure(fetch(), Kind.UNREACHABLE).reason()).contains("damaged or incomplete");
        }
    }

    @Test
    void falseGzipIsUnreadable() {
        answers(aResponse().withBody("plain text").withHeader("Content-Encoding", "gzip"));
        failure(fetch(), Kind.UNREACHABLE);
    }

    @Test
    void gzipBombIsTooLargeAndKeepsHeapSmall() throws Exception {
        answers(aResponse().withBody(Fetching.gzipOfZeros(400)).withHeader("Content-Encoding", "gzip"));
        fetch(); // loads classes
        var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getCurrentThreadAllocatedBytes();

        Failure failure = failure(fetch(), Kind.TOO_LARGE);

        assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(24L * 1024 * 1024);
        assertThat(failure.reason()).contains("larger than 5 MB");
        assertThat(failure.status()).isEqualTo(200);
    }

    @Test
    void sizeLimitIsExact() {
        PageFetcher small = fetcher(Fetching.LONG, 1000);
        answers(aResponse().withBody(new byte[1000]));
        assertThat(page(small.fetch(request(url))).body()).hasSize(1000);
        answers(aResponse().withBody(gzip(new byte[1000])).withHeader("Content-Encoding", "gzip"));
        assertThat(page(small.fetch(request(url))).body()).hasSize(1000);
        answers(aResponse().withBody(new byte[1001]));
        failure(small.fetch(request(url)), Kind.TOO_LARGE);
        answers(aResponse().withBody(gzip(new byte[1001])).withHeader("Content-Encoding", "gzip"));
        failure(small.fetch(request(url)), Kind.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 206, 300, 305, 400, 401, 403, 404, 407, 410, 418, 429, 500, 502, 503, 599})
    void otherStatusIsHttpError(int status) {
        answers(aResponse().withStatus(status).withBody(status == 204 ? "" : "sorry"));
        Failure failure = failure(fetch(), Kind.HTTP_ERROR);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.reason()).contains("answered " + status).doesNotContain("secret");
        assertThat(failure.retryAfter()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | PT2M",
                "0 | PT0S",
                "86401 | PT24H",
                "99999999999999999999 | PT24H",
                "Mon, 02 Mar 2026 02:20:00 GMT | PT5M",
                "Monday, 02-Mar-26 02:20:00 GMT | PT5M",
                "Mon Mar  2 02:20:00 2026 | PT5M",
                "Mon, 02 Mar 2020 02:20:00 GMT | PT0S",
                "Mon, 01 Mar 2027 02:20:00 GMT | PT24H",
                "-3 | ",
                "later | ",
                "1.5 | "
            })
    void readsBothFormsOfRetryAfter(String value, Duration expected) {
        for (int status : new int[] {429, 503, 403}) {
            answers(aResponse()
                    .withStatus(status)
                    .withHeader("Retry-After", value)
                    .withHeader("Date", "Mon, 02 Mar 2026 02:15:00 GMT"));
            assertThat(failure(fetch(), Kind.HTTP_ERROR).retryAfter()).isEqualTo(expected);
        }
    }

    @Test
    void retryAfterDateCountsFromOwnClockWithoutDate() {
        answers(aResponse()
                .withStatus(503)
                .withHeader("Retry-After", "Mon, 02 Mar 2026 02:16:00 GMT")
                .withHeader("Date", "?"));
        assertThat(failure(fetch(), Kind.HTTP_ERROR).retryAfter()).isEqualTo(Duration.ofNanos(29_876_543_211L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://localhost/",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "data:text/html,x",
                "/page",
                "//user:pw@localhost/",
                "mailto:someone@localhost",
                "http://user:pw@",
                "http:///x",
                "http://under_score/",
                "http://0x7f.1/",
                "http://localhost:0/",
                "http://localhost:99999/",
                "http://user:pw@localhost/",
                "http://user@localhost/x",
                "http://a@b@localhost/"
            })
    void forbiddenUrlIsRefused(String address) {
        Failure failure = failure(fetcher.fetch(request(address)), Kind.REFUSED);
        assertThat(failure.url().toString()).doesNotContain("pw", "user@local", "a@b");
        assertThat(failure.observedAt()).isEqualTo(TestClock.START_MICROS);
        assertThat(failure.status()).isNull();
    }

    @Test
    void fetcherIsThreadSafe() throws Exception {
        answers(aResponse().withBody("x"));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            Callable<FetchResult> fetch = this::fetch;
            for (Future<FetchResult> answer : pool.invokeAll(Collections.nCopies(64, fetch))) {
                assertThat(text(answer.get())).isEqualTo("x");
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
