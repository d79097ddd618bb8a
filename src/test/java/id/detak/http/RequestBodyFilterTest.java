package id.detak.http;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class RequestBodyFilterTest {

    private static final int MOST = 60_000;
    private static final String IMPATIENT = "/impatient";
    private static Vertx vertx;
    private static HttpServer server;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        RequestBodyFilter bodies =
                new RequestBodyFilter(Duration.ofMinutes(10), new MemorySize(BigInteger.valueOf(MOST)));
        RequestBodyFilter impatient =
                new RequestBodyFilter(Duration.ofMillis(500), new MemorySize(BigInteger.valueOf(MOST)));
        router.route().handler(context -> {
            context.request().pause(); // as Quarkus does
            (context.request().path().equals(IMPATIENT) ? impatient : bodies).read(context);
        });
        router.route()
                .handler(context -> context.end("took "
                        + (context.body().buffer() == null
                                ? "none"
                                : context.body().length())));
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

    @Test
    void bodyIsReadCompletely() throws IOException {
        assertThat(answer("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("took none");
        assertThat(answer("DELETE / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("took 0");
        assertThat(answer(post("/", 5) + "12345")).startsWith("HTTP/1.1 200").endsWith("took 5");
        assertThat(answer(post("/", MOST) + "x".repeat(MOST)))
                .startsWith("HTTP/1.1 200")
                .endsWith("took " + MOST);
        assertThat(
                        answer(
                                "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("took 5");
    }

    /** A response ends only when the connection is closed. */
    @Test
    void slowOrLargeBodiesAreRefused() throws IOException {
        assertThat(answer(post(IMPATIENT, 5) + "1"))
                .startsWith("HTTP/1.1 408")
                .contains("\"detail\":\"The body did not arrive within 0.5 s.\"");
        assertThat(answer(
                        "POST " + IMPATIENT + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"))
                .startsWith("HTTP/1.1 408");
        assertThat(answer("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + "8000\r\n"
                        + "x".repeat(0x8000) + "\r\n8000\r\n" + "x".repeat(0x8000) + "\r\n8000\r\n" + "x".repeat(0x8000)
                        + "\r\n8000\r\nx"))
                .startsWith("HTTP/1.1 413");
        assertThat(answer(post("/sign-in", 20_000) + "x".repeat(17_000)))
                .as("from whom nothing is known")
                .startsWith("HTTP/1.1 413");
    }

    private static String post(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static String answer(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
