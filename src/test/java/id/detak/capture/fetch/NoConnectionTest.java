package id.detak.capture.fetch;

import static id.detak.capture.fetch.Fetching.LONG;
import static id.detak.capture.fetch.Fetching.SHORT;
import static id.detak.capture.fetch.Fetching.failure;
import static id.detak.capture.fetch.Fetching.fetcher;
import static id.detak.capture.fetch.Fetching.request;
import static id.detak.capture.fetch.RawServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import id.detak.capture.fetch.FetchResult.Failure;
import id.detak.capture.fetch.FetchResult.Failure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fetches that fail before a request is sent. */
@Timeout(60)
class NoConnectionTest {
    private final PageFetcher hasty = fetcher(SHORT, 1024);
    private final PageFetcher patient = fetcher(LONG, 1024);

    @Test
    void refusedConnectionIsUnreachable() throws Exception {
        try (Socket bound = new Socket()) { // it holds the port and does not listen
            bound.bind(new InetSocketAddress(InetAddress.getByName("localhost"), 0));
            FetchResult answer = patient.fetch(request("http://localhost:" + bound.getLocalPort() + "/p?token=secret"));
            Failure failure = failure(answer, Kind.UNREACHABLE);
            assertThat(failure.reason())
                    .contains("No connection to http://localhost:" + bound.getLocalPort())
                    .doesNotContain("secret");
            assertThat(failure.status()).isNull();
        }
    }

    @Test
    void unacceptedConnectionEndsAtTimeLimit() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("localhost"));
                var first = new Socket(full.getInetAddress(), full.getLocalPort());
                var second = new Socket(full.getInetAddress(), full.getLocalPort())) {
            failure(hasty.fetch(request("http://localhost:" + full.getLocalPort() + "/")), Kind.UNREACHABLE);
            assertThat(first.isConnected() && second.isConnected()).isTrue();
        }
    }

    @Test
    void unknownHostIsUnreachable() {
        PageFetcher lost = new PageFetcher(new TestClock(), FetchLimits.defaults(), host -> {
            throw new UnknownHostException(host + ": with details of the machine");
        });
        Failure failure = failure(lost.fetch(request("http://nowhere.invalid/x")), Kind.UNREACHABLE);
        assertThat(failure.reason()).isEqualTo("The host nowhere.invalid could not be found.");
        assertThat(failure.url()).hasToString("http://nowhere.invalid/x");
        PageFetcher empty = new PageFetcher(new TestClock(), FetchLimits.defaults(), host -> List.of());
        failure(empty.fetch(request("http://nowhere.invalid/x")), Kind.UNREACHABLE);
    }

    @Test
    void hangingLookupsEndAtTimeLimitAndLeakNoThreads() {
        Set<Thread> lookups = ConcurrentHashMap.newKeySet();
        PageFetcher slow = new PageFetcher(new TestClock(), new FetchLimits(Duration.ofMillis(40), 1, 1, "t"), host -> {
            lookups.add(Thread.currentThread());
            boolean hanging = true;
            while (hanging) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    hanging = !host.equals("release"); // a lookup of the JDK ignores interrupts, too
                }
            }
            return List.of();
        });
        for (int i = 0; i < 15; i++) {
            failure(slow.fetch(request("http://slow.invalid/")), Kind.UNREACHABLE);
        }
        assertThat(lookups).hasSizeBetween(1, 8);
    }

    @Test
    void stalledTlsHandshakeEndsAtTimeLimit() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getByName("localhost"))) {
            failure(hasty.fetch(request("https://localhost:" + mute.getLocalPort() + "/")), Kind.UNREACHABLE);
        }
    }

    @Test
    void serverWithoutTlsIsUnreachable() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getByName("localhost"))) {
            Thread server = new Thread(() -> {
                try (var connection = plain.accept()) {
                    send(connection.getOutputStream(), "HTTP/1.1 400 Bad Request\r\n\r\n");
                    connection.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // the client went
                }
            });
            server.start();
            FetchResult answer = patient.fetch(request("https://localhost:" + plain.getLocalPort() + "/"));
            assertThat(failure(answer, Kind.UNREACHABLE).reason())
                    .contains("No secure connection to https://localhost");
        }
    }

    @Test
    void untrustedCertificateIsRefused() {
        WireMockServer server = new WireMockServer(Fetching.wireMock().dynamicHttpsPort());
        server.start();
        try {
            FetchResult answer = patient.fetch(request("https://localhost:" + server.httpsPort() + "/"));
            assertThat(failure(answer, Kind.UNREACHABLE).reason()).contains("certificate");
        } finally {
            server.stop();
        }
    }
}
