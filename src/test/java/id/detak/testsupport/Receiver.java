package id.detak.testsupport;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.awaitility.Awaitility;

/** A receiver for channels on the loopback: keeps all requests and responds as configured. */
public final class Receiver implements AutoCloseable {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Reply> answers = request -> Reply.TAKEN;

    private Receiver(HttpServer server) {
        this.server = server;
    }

    /** @param key the header Idempotency-Key, or null */
    public record Request(Instant at, String path, String key, Map<String, List<String>> headers, byte[] bytes) {

        public String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }

        public JsonNode json() {
            try {
                return JSON.readTree(bytes);
            } catch (IOException e) {
                throw new AssertionError(body(), e);
            }
        }
    }

    /** @param status the status of the response; 0 accepts the request and closes the connection without a response */
    public record Reply(int status, Duration after, Map<String, String> headers) {

        public static final Reply TAKEN = new Reply(200, Duration.ZERO, Map.of());
        public static final Reply CUT = new Reply(0, Duration.ZERO, Map.of());

        public static Reply status(int status) {
            return new Reply(status, Duration.ZERO, Map.of());
        }
    }

    public static Receiver start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Receiver receiver = new Receiver(server);
            server.createContext("/", receiver::take);
            server.setExecutor(receiver.workers);
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public void answer(Function<Request, Reply> how) {
        answers = how;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** All requests in order of arrival. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public List<Request> requests(String path) {
        return requests.stream().filter(request -> request.path.equals(path)).toList();
    }

    public void forget() {
        requests.clear();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = new Request(
                    Instant.now(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes());
            Reply reply = answers.apply(request);
            requests.add(request);
            PackagedDetak.pause(reply.after);
            if (reply.status != 0) {
                reply.headers.forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(reply.status, -1);
            }
        }
    }

    public static void await(String what, Duration limit, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(limit)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .pollInSameThread()
                .dontCatchUncaughtExceptions()
                .until(condition::getAsBoolean);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
