package id.detak.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A site on the loopback, without a robots.txt. */
public final class Origin implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();

    private Origin(HttpServer server) {
        this.server = server;
    }

    public record Answer(int status, String text) {

        public static Answer page(String text) {
            return new Answer(200, text);
        }
    }

    /** The response to each path. */
    @FunctionalInterface
    public interface Pages {
        Answer at(String path);
    }

    public static Origin of(Pages pages) {
        return handledBy(exchange -> answer(exchange, pages));
    }

    /** A site with its own handler. */
    public static Origin handledBy(HttpHandler site) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Origin origin = new Origin(server);
            server.createContext("/", exchange -> handle(exchange, site));
            server.setExecutor(origin.workers);
            server.start();
            return origin;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void handle(HttpExchange exchange, HttpHandler site) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/robots.txt")) {
            answer(exchange, path -> new Answer(404, "none"));
        } else {
            site.handle(exchange);
        }
    }

    private static void answer(HttpExchange exchange, Pages pages) throws IOException {
        try (exchange) {
            Answer answer = pages.at(exchange.getRequestURI().getPath());
            byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
