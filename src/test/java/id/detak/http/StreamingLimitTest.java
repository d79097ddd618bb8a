package id.detak.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import id.detak.testsupport.BesideTheApplication;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The test thread is the worker: it decides what happens before and after the client resets the connection. */
@BesideTheApplication
class StreamingLimitTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final BlockingQueue<RoutingContext> REQUESTS = new LinkedBlockingQueue<>();
    private static Vertx vertx;
    private static HttpServer server;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final StreamingLimit limit = new StreamingLimit(meters);

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        router.route().handler(context -> {
            context.addEndHandler(end -> {}); // as Quarkus does: the end handlers exist before the worker begins
            REQUESTS.add(context);
        });
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void forget() {
        REQUESTS.clear();
    }

    @Test
    void releasesPlaceTakenAfterClientReset() throws Exception {
        RoutingContext context;
        try (Client client = new Client()) {
            context = client.request("GET");
        }
        Awaitility.await().atMost(LIMIT).until(() -> context.response().closed());
        limit.limit(context, out -> {});
        Awaitility.await("the writing never starts").atMost(LIMIT).until(() -> taken() == 0);
    }

    @Test
    void releasesPlaceIfClientResetsBeforeWriting() throws Exception {
        try (Client client = new Client()) {
            limit.limit(client.request("GET"), out -> {});
            assertThat(taken()).isEqualTo(1);
        }
        Awaitility.await().atMost(LIMIT).until(() -> taken() == 0);
    }

    @Test
    void releasesPlaceIfResponseEndsWithoutWriting() throws Exception {
        try (Client client = new Client()) {
            for (int i = 0; i < 20; i++) {
                RoutingContext context = client.request("HEAD");
                limit.limit(context, out -> {});
                assertThat(taken()).isEqualTo(1);
                context.end();
                Awaitility.await().atMost(LIMIT).until(() -> taken() == 0);
            }
        }
    }

    @Test
    void returnsEachPlaceOnce() throws Exception {
        try (Client client = new Client()) {
            RoutingContext context = client.request("GET");
            StreamingOutput output =
                    limit.limit(context, out -> assertThat(taken()).isEqualTo(1));
            output.write(OutputStream.nullOutputStream());
            assertThat(taken()).isZero();
            context.end(); // calls the end handlers
            assertThat(taken()).isZero();
            client.readStatus();
        }
    }

    @Test
    void firstWriteAfterResetFails() throws Exception {
        Client client = new Client();
        RoutingContext context = client.request("GET");
        AtomicReference<Throwable> failure = new AtomicReference<>();
        StreamingOutput output = limit.limit(context, out -> {
            out.write(new byte[10]);
            client.close();
            Awaitility.await().atMost(LIMIT).until(() -> context.response().closed());
            failure.set(catchThrowable(() -> out.write(new byte[10])));
            assertThat(catchThrowable(() -> out.write(1))).isInstanceOf(IOException.class);
        });
        output.write(OutputStream.nullOutputStream());
        assertThat(failure.get()).isInstanceOf(IOException.class);
        Awaitility.await().atMost(LIMIT).until(() -> taken() == 0);
    }

    private double taken() {
        return meters.get("detak.long.answers").gauge().value();
    }

    /** A client that closes its connection by a reset. */
    private static final class Client implements AutoCloseable {

        private final Socket socket;

        Client() throws IOException {
            socket = new Socket("127.0.0.1", server.actualPort());
            socket.setSoLinger(true, 0);
        }

        /** @return the request as the server sees it, not yet answered */
        RoutingContext request(String method) throws IOException, InterruptedException {
            socket.getOutputStream()
                    .write((method + " / HTTP/1.1\r\nHost: h\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            RoutingContext context = REQUESTS.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(context).isNotNull();
            return context;
        }

        void readStatus() throws IOException {
            assertThat(socket.getInputStream().readNBytes(12))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("HTTP/1.1 200");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
