package id.detak.bench;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.RunningDetak;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 500 readers, each on its own connection, request page, latest quotes and histories continuously, while 500 streams
 * are open and the source is polled every second. Client and server share the machine.
 */
class LoadBench {

    private static final int READERS = 500;
    private static final int STREAMS = 500;
    private static final Duration THINKING = Duration.ofSeconds(4);
    private static final Duration ROUND = Duration.ofSeconds(30);
    private static final double WANTED_MILLIS = 500;
    private static final List<String> PATHS = List.of(
            "/",
            "/api/v1/latest",
            "/api/v1/changes",
            "/api/v1/indicators/LQ45/history?from=P1Y&interval=1d",
            "/api/v1/indicators/EMAS/history?from=P1M",
            "/api/v1/compare?codes=LQ45,EMAS&from=P1Y");

    @TempDir
    static Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Queue<Long> pageNanos = new ConcurrentLinkedQueue<>();
    private final Queue<Long> apiNanos = new ConcurrentLinkedQueue<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private volatile boolean reading;

    @Test
    void readersAndStreamsAtOnce() throws Exception {
        PackagedDetak detak = PackagedDetak.on(folder.resolve("data"))
                .with("DETAK_DEMO", true)
                .with("DETAK_MARKET_HOURS", "always")
                .with("DETAK_POLL_EVERY", "1s")
                .forTheLongRun();
        try (RunningDetak running = detak.serve()) {
            HttpClient client = vertx.createHttpClient(
                    new HttpClientOptions()
                            .setDefaultPort(detak.httpPort())
                            .setDefaultHost("127.0.0.1")
                            .setIdleTimeout(60),
                    new PoolOptions().setHttp1MaxSize(READERS + STREAMS));
            TimeUnit.SECONDS.sleep(90); // until the simulated market has created two years
            read(client); // warms up
            AtomicInteger quotes = new AtomicInteger();
            List<Future<Void>> opened = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                opened.add(client.request(HttpMethod.GET, "/api/v1/stream")
                        .compose(request -> request.send())
                        .map(response -> {
                            response.exceptionHandler(e -> errors.add("stream: " + e))
                                    .endHandler(end -> errors.add("a stream has ended"));
                            response.handler(
                                    buffer -> quotes.addAndGet(buffer.toString().split("event:quote", -1).length - 1));
                            return null;
                        }));
            }
            Future.all(opened).toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
            read(client);
            int heard = quotes.get();
            assertThat(errors).isEmpty();
            assertThat(heard).as("quotes heard on all streams").isGreaterThan(STREAMS * 10);
            report("pages", pageNanos, heard);
            report("the API", apiNanos, heard);
        } finally {
            reading = false;
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    private static void report(String what, Queue<Long> nanos, int heard) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        double p99 = sorted[sorted.length * 99 / 100] / 1e6;
        ResultTable.put(
                "p99 of %s: %d readers and %d streams, polled every second".formatted(what, READERS, STREAMS),
                String.format(
                        Locale.ROOT,
                        "%.0f ms (median %.0f ms), %d answers and %d quotes, no error",
                        p99,
                        sorted[sorted.length / 2] / 1e6,
                        sorted.length,
                        heard),
                "",
                "no error; at most 500 ms",
                p99 <= WANTED_MILLIS);
    }

    /** One round. */
    private void read(HttpClient client) throws InterruptedException {
        pageNanos.clear();
        apiNanos.clear();
        reading = true;
        for (int reader = 0; reader < READERS; reader++) {
            int first = reader;
            vertx.setTimer(1 + ThreadLocalRandom.current().nextLong(THINKING.toMillis()), timer -> read(client, first));
        }
        TimeUnit.MILLISECONDS.sleep(ROUND.toMillis());
        reading = false;
        TimeUnit.MILLISECONDS.sleep(THINKING.toMillis() + 2000);
    }

    private void read(HttpClient client, int turn) {
        if (!reading) {
            return;
        }
        long start = System.nanoTime();
        String path = PATHS.get(turn % PATHS.size());
        client.request(HttpMethod.GET, path)
                .compose(request -> request.send())
                .compose(response -> response.body().map(body -> response.statusCode()))
                .onComplete(result -> {
                    (path.startsWith("/api/") ? apiNanos : pageNanos).add(System.nanoTime() - start);
                    if (result.failed() || result.result() != 200) {
                        errors.add(
                                path + ": " + (result.failed() ? result.cause().toString() : result.result()));
                    }
                    vertx.setTimer(THINKING.toMillis(), timer -> read(client, turn + 1));
                });
    }
}
