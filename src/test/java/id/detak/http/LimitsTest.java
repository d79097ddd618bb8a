package id.detak.http;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.indicator.Indicators;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests beyond a limit are refused with a problem. */
@QuarkusTest
class LimitsTest {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String LONG_ANSWER = "/api/v1/indicators/LQ45/history.csv?interval=raw";
    private static final int LONG_ANSWERS_AT_ONCE = 8;
    private static final int SMALLEST_WINDOW = 2048;
    /** Generous, but shorter than quarkus.http.idle-timeout. */
    private static final Duration LIMIT = Duration.ofSeconds(50);

    /** The class names that no response may contain: Detak's and those of the library for problems. */
    private static final List<Logger> LOGGERS =
            List.of(Logger.getLogger("id.detak.http"), Logger.getLogger("http-problem"));

    private static final ExecutorService THREADS = Executors.newFixedThreadPool(LONG_ANSWERS_AT_ONCE + 4);

    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final Handler heard = new Handler() {
        @Override
        public void publish(LogRecord record) {
            log.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TestHTTPResource("/")
    URI site;

    @Inject
    DataSource dataSource;

    @Inject
    Indicators indicators;

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
    }

    @BeforeEach
    void listen() {
        TestDatabase.empty(dataSource);
        LOGGERS.forEach(logger -> logger.addHandler(heard));
        LOGGERS.get(0).setLevel(Level.FINE);
    }

    @AfterEach
    void stopListening() {
        LOGGERS.forEach(logger -> logger.removeHandler(heard));
        LOGGERS.get(0).setLevel(null);
        TestDatabase.empty(dataSource);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/api/v1/rules,256001",
        "POST,/api/v1/rules/backtest,256001",
        "POST,/api/v1/channels,256001",
        "POST,/api/v1/session,256001",
        "POST,/api/v1/read-tokens,256001",
        "PUT,/api/v1/indicators/LQ45/observations/2026-11-24T10:00:00+07:00/void,256001",
        "POST,/api/v1/captures?observedAt=2026-11-24T10:00:00%2B07:00,5242881"
    })
    void largeBodiesAreRefusedWithAndWithoutALength(String method, String path, int bytes)
            throws IOException, InterruptedException {
        byte[] body = " ".repeat(bytes).getBytes(StandardCharsets.US_ASCII);
        for (BodyPublisher way : List.of(
                BodyPublishers.ofByteArray(body), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
            HttpResponse<String> answer = CLIENT.send(
                    HttpRequest.newBuilder(site.resolve(path))
                            .method(method, way)
                            .header("Content-Type", path.contains("captures") ? "text/html" : "application/json")
                            .header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode())
                    .as("%s %s", way.contentLength(), answer.body())
                    .isEqualTo(413);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }

    @Test
    void refusalReachesAClientThatIsStillSending() throws IOException {
        byte[] part = new byte[20_000];
        try (Socket socket = new Socket(site.getHost(), site.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/session HTTP/1.1\r\nHost: " + site.getAuthority()
                            + "\r\nContent-Type: application/json\r\nContent-Length: " + 10 * part.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(part);
            Awaitility.await("the refusal")
                    .atMost(LIMIT)
                    .until(() -> socket.getInputStream().available() > 0);
            for (int i = 0; i < 9; i++) {
                out.write(part);
            }
            assertThat(socket.getInputStream().readNBytes(12))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    /** A client that reads only the head of a response. */
    private final class Stalled implements AutoCloseable {
        private final Socket socket = new Socket();
        private final List<String> head = new ArrayList<>();

        Stalled() throws IOException {
            socket.setReceiveBufferSize(SMALLEST_WINDOW);
            socket.connect(new InetSocketAddress(site.getHost(), site.getPort()));
            socket.getOutputStream()
                    .write(("GET " + LONG_ANSWER + " HTTP/1.1\r\nHost: " + site.getAuthority() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), SMALLEST_WINDOW);
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.add(line);
            }
        }

        /** Closes the connection by a reset. */
        @Override
        public void close() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    @Test
    void stalledClientsOccupyLimitedPlacesAndReleaseThem() throws IOException, InterruptedException, SQLException {
        // long numbers, so that no buffer on the way holds an answer whole
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into observation (indicator_id, observed_at, value, quality, trading_day) select %d, timestamptz '2020-01-02' + n * interval '1 minute', rpad('900.', 400, '1')::numeric, 'unchecked', '2020-01-02' from generate_series(1, 50000) n"
                            .formatted(indicators.find("LQ45").orElseThrow().id()));
        }
        List<Stalled> clients = IntStream.range(0, LONG_ANSWERS_AT_ONCE + 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(this::stalled, THREADS))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .collect(Collectors.toList());
        try {
            clients.add(stalled());
            assertThat(clients)
                    .extracting(client -> client.head.get(0))
                    .filteredOn(line -> line.equals("HTTP/1.1 200 OK"))
                    .hasSize(LONG_ANSWERS_AT_ONCE);
            assertThat(clients)
                    .filteredOn(client -> client.head.get(0).startsWith("HTTP/1.1 429"))
                    .hasSize(5)
                    .allMatch(
                            client -> client.head.stream().anyMatch(line -> line.equalsIgnoreCase("Retry-After: 10")));
            assertThat(CLIENT.send(
                                    HttpRequest.newBuilder(site.resolve("/api/v1/latest"))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            for (Stalled client : clients) {
                client.close();
            }
        }
        sendHalfABody();
        Awaitility.await("all are known to be gone")
                .atMost(LIMIT)
                .until(() -> log.stream()
                                .filter(line -> line.startsWith("A client closed the connection"))
                                .count()
                        == LONG_ANSWERS_AT_ONCE);
        assertThat(log).allMatch(line -> line.startsWith("A client closed the connection"));
        Awaitility.await("an answer once they are gone").atMost(LIMIT).until(() -> {
            try (Stalled next = stalled()) {
                return next.head.get(0).equals("HTTP/1.1 200 OK");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private Stalled stalled() {
        try {
            return new Stalled();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void sendHalfABody() throws IOException {
        try (Socket socket = new Socket(site.getHost(), site.getPort())) {
            socket.getOutputStream()
                    .write(("POST /api/v1/rules HTTP/1.1\r\nHost: " + site.getAuthority() + "\r\nAuthorization: Bearer "
                                    + TestDatabase.ADMIN_TOKEN
                                    + "\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().read(); // continues only if a server reads
        }
    }
}
