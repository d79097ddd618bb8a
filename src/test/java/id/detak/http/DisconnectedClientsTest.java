package id.detak.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quarkus CVE-2025-66560, and slow clients: a client that stops reading keeps no worker and no connection slot. */
@QuarkusTest
class DisconnectedClientsTest {

    private static final int CLIENTS = Integer.getInteger("detak.it.disconnects", 60);
    private static final int ROUNDS = 3;
    private static final List<String> PATHS = List.of(
            "/api/v1/indicators/LQ45/history.csv?interval=raw",
            "/api/v1/indicators/LQ45/history?interval=raw&from=2026-01-09",
            "/api/v1/stream");
    /** Generous, but shorter than quarkus.http.idle-timeout, which would cut the clients. */
    private static final Duration LIMIT = Duration.ofSeconds(50);

    private static final String BODY = "token=wrong";

    @Inject
    DataSource dataSource;

    @Inject
    MeterRegistry meters;

    @TestHTTPResource("/")
    URI site;

    /** So many rows of each series that no buffer between server and client can hold them. */
    @BeforeEach
    void fill() throws SQLException {
        TestDatabase.empty(dataSource);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into observation (indicator_id, observed_at, value, change, change_percent, quality, trading_day)
                    select i.id, t, repeat('7', 1000)::numeric, 1, 0.12, 'ok', (t at time zone 'Asia/Jakarta')::date
                    from indicator i, generate_series(0, 12000) n, lateral (select '2026-01-01T03:00:00Z'::timestamptz + n * interval '1 minute' as t) times
                    where i.code = 'LQ45'
                    """);
        }
        given().get("/api/v1/latest"); // the first time takes longest
    }

    @AfterEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    @Test
    void stalledClientsThatResetLeaveNothingBehind() throws IOException {
        double streams = gauge("detak.open.streams");
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(asking(request("GET", PATHS.get(i % PATHS.size()), "")));
        }
        for (Socket client : clients) {
            assertThat(client.getInputStream().readNBytes(9))
                    .asString(StandardCharsets.ISO_8859_1)
                    .isEqualTo("HTTP/1.1 ");
        }
        assertThat(gauge("detak.open.streams")).isEqualTo(streams + CLIENTS / PATHS.size());
        assertThat(gauge("detak.long.answers"))
                .as("answers that wait for who does not read")
                .isPositive();
        double stalled = gauge("detak.long.answers");
        answersOthers();
        assertThat(gauge("detak.long.answers"))
                .as("the slow clients were not cut first")
                .isEqualTo(stalled);
        for (Socket client : clients) {
            client.close();
        }
        nothingIsLeft(streams);
        for (int i = 0; i < CLIENTS; i++) {
            asking(request("GET", PATHS.get(i % PATHS.size()), "")).close(); // before there is any response
        }
        answersOthers();
        nothingIsLeft(streams);
    }

    /** The resets overtake most of the requests on their way to a worker. */
    @Test
    void resetsBeforeTheResponseReleaseEveryPlace() throws IOException {
        double streams = gauge("detak.open.streams");
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < CLIENTS; i++) {
                asking(request(i % 2 == 0 ? "GET" : "HEAD", PATHS.get(0), "")).close();
            }
            nothingIsLeft(streams);
        }
        System.out.printf(
                Locale.ROOT,
                "DisconnectedClientsTest: %d clients reset before their answer, 0 places lost%n",
                ROUNDS * CLIENTS);
    }

    @Test
    void slowClientsOccupyNoWorker() throws IOException {
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(asking(request(
                            "POST",
                            "/sign-in",
                            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + BODY.length()
                                    + "\r\n")
                    + BODY.substring(0, 3)));
        }
        answersOthers();
        for (Socket client : clients) {
            assertThat(client.getInputStream().available())
                    .as("the slow clients were not refused first")
                    .isZero();
        }
        await("workers are idle", () -> busyWorkers().isEmpty());
        Socket last = clients.get(CLIENTS - 1);
        last.getOutputStream().write(BODY.substring(3).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(last.getInputStream().readNBytes(12))
                .asString(StandardCharsets.ISO_8859_1)
                .isEqualTo("HTTP/1.1 401");
        for (Socket client : clients) {
            client.close();
        }
    }

    private String request(String method, String path, String headers) {
        return method + " " + path + " HTTP/1.1\r\nHost: " + site.getAuthority() + "\r\n" + headers + "\r\n";
    }

    /** A client with small buffers that resets the connection instead of closing it. */
    private Socket asking(String request) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2048);
        socket.setSoLinger(true, 0);
        socket.setSoTimeout((int) LIMIT.toMillis());
        socket.connect(new InetSocketAddress(site.getHost(), site.getPort()));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static void answersOthers() {
        given().get("/api/v1/latest").then().statusCode(200);
    }

    private void nothingIsLeft(double streams) {
        await("every stream is closed", () -> gauge("detak.open.streams") == streams);
        await("every long answer is over", () -> gauge("detak.long.answers") == 0);
        await("workers are idle", () -> busyWorkers().isEmpty());
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(LIMIT).until(condition);
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private static List<String> busyWorkers() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("executor-thread-"))
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("org.jboss.resteasy.reactive.server")))
                .map(thread -> thread.getKey().getName())
                .toList();
    }
}
