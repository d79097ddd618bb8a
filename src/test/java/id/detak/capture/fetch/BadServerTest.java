package id.detak.capture.fetch;

import static id.detak.capture.fetch.Fetching.LONG;
import static id.detak.capture.fetch.Fetching.SHORT;
import static id.detak.capture.fetch.Fetching.failure;
import static id.detak.capture.fetch.Fetching.failureOfPage;
import static id.detak.capture.fetch.Fetching.fetcher;
import static id.detak.capture.fetch.Fetching.page;
import static id.detak.capture.fetch.RawServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.detak.capture.fetch.FetchResult.Failure;
import id.detak.capture.fetch.FetchResult.Failure.Kind;
import id.detak.capture.fetch.FetchResult.Page;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that misbehave. */
@Timeout(120)
class BadServerTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final int KIB = 1024;
    private static final int STALLS = 20;

    private final PageFetcher hasty = fetcher(SHORT, 64 * KIB);
    private final PageFetcher patient = fetcher(LONG, 64 * KIB);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-",
                OK + "Content-Length: 10\r\n\r\n",
                OK + "Content-Length: 10\r\n\r\nabc",
                OK + "\r\nabc",
                OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nab",
                OK + "Transfer-Encoding: chunked\r\n\r\n"
            })
    void stalledResponseEndsAtTimeLimit(String begin) throws Exception {
        try (RawServer server = RawServer.stallingAfter(begin)) {
            assertThat(failureOfPage(hasty, server).reason()).contains("within 250 ms");
            assertThat(server.allHungUp()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 50000\r\n\r\n", "\r\n"})
    void slowBodyEndsAtTimeLimit(String rest) throws Exception {
        try (RawServer server = RawServer.playing(out -> {
            send(out, OK + rest);
            while (true) {
                send(out, "x");
                Thread.sleep(20);
            }
        })) {
            assertThat(failureOfPage(hasty, server).reason()).contains("within 250 ms");
            assertThat(server.allHungUp()).isTrue();
        }
    }

    @Test
    void slowHeadersEndAtTimeLimit() throws Exception {
        try (RawServer server = RawServer.playing(out -> {
            send(out, OK);
            while (true) {
                send(out, "X: y\r\n");
                Thread.sleep(20);
            }
        })) {
            assertThat(failureOfPage(hasty, server).reason()).contains("within 250 ms");
            assertThat(server.allHungUp()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-",
                OK + "Content-Length: 10\r\n\r\nabc",
                OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nab",
                OK + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
                "nonsense\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                OK + "Content-Length: x\r\n\r\nabc",
                OK + "Content-Length: -7\r\n\r\nabc",
                OK + "Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n",
                OK + "Bad Header Name: 1\r\n\r\nx",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 99999 Far\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n"
            })
    void incompleteResponseIsUnreachable(String all) throws Exception {
        try (RawServer server = RawServer.playing(out -> send(out, all))) {
            FetchResult answer = patient.fetch(server.page());
            assertThat(answer).isInstanceOf(Failure.class);
            assertThat(((Failure) answer).kind()).isIn(Kind.UNREACHABLE, Kind.HTTP_ERROR);
            assertThat(server.allHungUp()).isTrue();
        }
    }

    @Test
    void bodyWithTooLargeContentLengthIsNotRead() throws Exception {
        try (RawServer server = RawServer.stallingAfter(OK + "Content-Length: 70000\r\n\r\n")) {
            Failure failure = failure(patient.fetch(server.page()), Kind.TOO_LARGE);
            assertThat(failure.reason()).contains("larger than 64 KiB");
            assertThat(server.allHungUp()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "Transfer-Encoding: chunked\r\n\r\n", "Content-Encoding: gzip\r\n\r\n"})
    void endlessBodyIsTooLargeAndCloses(String rest) throws Exception {
        String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
        try (RawServer server = RawServer.playing(out -> {
            send(out, OK + rest);
            while (true) {
                send(out, chunk);
            }
        })) {
            failure(patient.fetch(server.page()), Kind.TOO_LARGE);
            assertThat(server.allHungUp()).isTrue();
        }
    }

    @Test
    void bodyOfErrorIsNotRead() throws Exception {
        String busy = "HTTP/1.1 503 Busy\r\nContent-Length: 9999\r\nRetry-After: 7\r\n\r\n";
        try (RawServer server = RawServer.stallingAfter(busy)) {
            Failure failure = failure(patient.fetch(server.page()), Kind.HTTP_ERROR);
            assertThat(failure.status()).isEqualTo(503);
            assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
            assertThat(server.allHungUp()).isTrue();
        }
    }

    @Test
    void hugeHeaderIsUnreachable() throws Exception {
        try (RawServer server = RawServer.playing(
                out -> send(out, OK + "X-Huge: " + "x".repeat(2_000_000) + "\r\nContent-Length: 0\r\n\r\n"))) {
            failure(patient.fetch(server.page()), Kind.UNREACHABLE);
            assertThat(server.allHungUp()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OK, "HTTP/1.1 302 Found\r\n", "HTTP/1.1 100 Continue\r\n"})
    void endlessHeadersAreUnreachable(String status) throws Exception {
        try (RawServer server = RawServer.playing(out -> {
            send(out, status);
            for (long i = 0; true; i++) {
                send(out, "X-Flood-" + i + ": " + "y".repeat(1000) + "\r\n");
            }
        })) {
            failure(patient.fetch(server.page()), Kind.UNREACHABLE);
            assertThat(server.allHungUp()).isTrue();
        }
    }

    @Test
    void endlessContinuesEndAtTimeLimit() throws Exception {
        try (RawServer server = RawServer.playing(out -> {
            while (true) {
                send(out, "HTTP/1.1 100 Continue\r\n\r\n");
            }
        })) {
            failureOfPage(hasty, server);
            assertThat(server.allHungUp()).isTrue();
        }
    }

    @Test
    void twentyStallsLeakNoThreadsOrConnections() throws Exception {
        try (RawServer server = RawServer.stallingAfter(OK + "Content-Length: 10\r\n\r\nabc")) {
            // threads inherit the group, so those of tests that run at the same time are not counted
            ThreadGroup group = new ThreadGroup("stalls");
            FutureTask<Integer> stalls = new FutureTask<>(() -> stall(server, group));
            new Thread(group, stalls).start();
            assertThat(stalls.get()).as("threads started by %d stalls", STALLS).isLessThan(STALLS / 2);
            assertThat(server.allHungUp()).isTrue();
        }
    }

    private static int stall(RawServer server, ThreadGroup group) {
        PageFetcher brief = fetcher(Duration.ofMillis(100), KIB);
        failureOfPage(brief, server);
        assertThat(server.allHungUp()).isTrue();
        int before = group.activeCount();
        while (server.pagesAsked.get() <= STALLS) {
            failure(brief.fetch(server.page()), Kind.UNREACHABLE);
        }
        return group.activeCount() - before;
    }

    @Test
    void interruptEndsFetchAndIsKept() throws Exception {
        try (RawServer server = RawServer.stallingAfter(OK + "Content-Length: 10\r\n\r\nabc")) {
            Thread me = Thread.currentThread();
            Thread interrupter = new Thread(() -> {
                while (server.pagesAsked.get() == 0) {
                    Thread.onSpinWait();
                }
                me.interrupt();
            });
            interrupter.start();
            FetchResult answer = patient.fetch(server.page());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure(answer, Kind.UNREACHABLE).reason()).contains("interrupted");
            assertThat(server.allHungUp()).isTrue();

            me.interrupt();
            failure(patient.fetch(server.page()), Kind.UNREACHABLE);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void recoveredServerIsReadAgain() throws Exception {
        try (RawServer server = RawServer.playing(new RawServer.Script() {
            private int times;

            @Override
            public void play(OutputStream out) throws Exception {
                send(out, OK + "Content-Length: 2\r\n\r\n" + (times++ == 0 ? "" : "ok"));
                if (times == 1) {
                    new CountDownLatch(1).await();
                }
            }
        })) {
            PageFetcher fetcher = fetcher(Duration.ofSeconds(1), KIB);
            failureOfPage(fetcher, server);
            FetchResult answer = await().atMost(LONG)
                    .pollInSameThread()
                    .until(() -> fetcher.fetch(server.page()), Page.class::isInstance);
            assertThat(page(answer).body()).hasSize(2);
        }
    }
}
