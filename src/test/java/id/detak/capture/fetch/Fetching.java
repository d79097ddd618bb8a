package id.detak.capture.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import id.detak.capture.fetch.FetchResult.Failure;
import id.detak.capture.fetch.FetchResult.Page;
import id.detak.platform.net.Resolver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Shared by the tests of this package. */
final class Fetching {
    /** The time limit for servers that never respond completely. */
    static final Duration SHORT = Duration.ofMillis(250);
    /** The time limit for servers that respond, even on a busy machine. */
    static final Duration LONG = Duration.ofSeconds(60);

    private Fetching() {}

    /** WireMock compresses by default; here the tests decide. */
    static WireMockConfiguration wireMock() {
        return WireMockConfiguration.options().dynamicPort().gzipDisabled(true).containerThreads(20);
    }

    static PageFetcher fetcher(Clock clock) {
        return new PageFetcher(clock, FetchLimits.defaults(), Resolver.system());
    }

    static PageFetcher fetcher(Duration whole, int maxBytes) {
        return new PageFetcher(new TestClock(), new FetchLimits(whole, maxBytes, 5, "test"), Resolver.system());
    }

    /** Treats localhost as a public host, and resolves everything else as usual. */
    static Resolver localhostIsPublic() {
        return host -> host.equals("localhost")
                ? List.of(publicAddress())
                : Resolver.system().resolve(host);
    }

    static InetAddress publicAddress() throws UnknownHostException {
        return InetAddress.getByName("203.0.113.7");
    }

    static FetchRequest request(String url) {
        return FetchRequest.of(URI.create(url));
    }

    static Page page(FetchResult answer) {
        assertThat(answer).isInstanceOf(Page.class);
        return (Page) answer;
    }

    static String text(FetchResult answer) {
        return new String(page(answer).body(), StandardCharsets.UTF_8);
    }

    static Failure failure(FetchResult answer, Failure.Kind kind) {
        assertThat(answer).isInstanceOf(Failure.class);
        Failure failure = (Failure) answer;
        assertThat(failure.kind()).as(failure.reason()).isEqualTo(kind);
        assertThat(failure.reason()).endsWith(".").doesNotContain("@", "?", "Exception");
        return failure;
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] gzipOfZeros(int mebibytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] zeros = new byte[1024 * 1024];
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            for (int i = 0; i < mebibytes; i++) {
                gzip.write(zeros);
            }
        }
        return out.toByteArray();
    }

    /** Fetches until the server is asked for the page: on a busy machine, the time limit may end before that. */
    static Failure failureOfPage(PageFetcher fetcher, RawServer server) {
        Failure failure;
        do {
            failure = failure(fetcher.fetch(server.page()), Failure.Kind.UNREACHABLE);
        } while (server.pagesAsked.get() == 0);
        return failure;
    }
}
