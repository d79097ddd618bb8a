package id.detak.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import id.detak.capture.PollSchedule;
import id.detak.capture.Sources;
import id.detak.database.WriteStatus;
import id.detak.indicator.Calendars;
import id.detak.indicator.MarketHours;
import id.detak.platform.DataFolder;
import id.detak.platform.net.OutgoingConnection;
import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.Pages;
import id.detak.testsupport.Receiver;
import id.detak.testsupport.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The poller keeps an interval of one second while another source hangs. */
@QuarkusTest
class PollerTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of().orPerhaps("hanging: unreachable");

    @Inject
    Sources sources;

    @Inject
    SourceFetcher fetcher;

    @Inject
    Intake intake;

    @Inject
    OfflinePolls offline;

    @Inject
    WriteStatus writes;

    @Inject
    Clock clock;

    @Inject
    DataSource dataSource;

    @TempDir
    Path folder;

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private HttpServer origin;

    /**
     * A request for the page, according to the schedule in the database.
     *
     * @param due when the poll was due
     * @param other whether the hanging source was being polled at that time
     */
    private record Request(Instant due, boolean other) {}

    @BeforeEach
    void start() throws Exception {
        TestDatabase.empty(dataSource);
        origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/robots.txt", exchange -> exchange.sendResponseHeaders(404, -1));
        origin.createContext("/page", exchange -> {
            requests.add(schedule());
            byte[] body = Pages.EARLY.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        origin.createContext("/hangs", exchange -> exchange.sendResponseHeaders(200, 1000));
        origin.start();
        String base = "http://127.0.0.1:" + origin.getAddress().getPort();
        sql("update source set url = '" + base + "/page', due_at = now() where name = 'kontan'");
        sql("insert into source (name, url) values ('hanging', '" + base + "/hangs')");
    }

    @AfterEach
    void stop() throws Exception {
        origin.stop(0);
        sql("delete from source where name = 'hanging'");
        sources.configure();
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement s = connection.createStatement()) {
            s.executeUpdate(statement);
        }
    }

    private Request schedule() {
        try (Connection connection = dataSource.getConnection();
                Statement s = connection.createStatement();
                ResultSet row = s.executeQuery(
                        "select due_at, (select lease_until is not null from source where name = 'hanging') from source where name = 'kontan'")) {
            row.next();
            return new Request(row.getObject(1, OffsetDateTime.class).toInstant(), row.getBoolean(2));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The time between consecutive polls while the hanging source was being polled. */
    private List<Duration> gaps() {
        List<Request> all = List.copyOf(requests);
        return IntStream.range(1, all.size())
                .filter(i -> all.get(i - 1).other && all.get(i).other)
                .mapToObj(i -> Duration.between(all.get(i - 1).due, all.get(i).due))
                .toList();
    }

    @Test
    void intervalOfOneSecondHoldsWhileAnotherSourceHangs() throws Exception {
        PollSchedule everySecond = new PollSchedule(
                new Calendars(MarketHours.IDX, new DataFolder(folder)), Optional.of(Duration.ofSeconds(1)));
        Poller poller = new Poller(
                sources,
                new Polls(
                        sources,
                        fetcher,
                        intake,
                        everySecond,
                        offline,
                        writes,
                        new Heartbeat(Optional.empty(), OutgoingConnection.DIRECT),
                        new PollMetrics(new SimpleMeterRegistry()),
                        clock),
                offline,
                () -> false);
        poller.start();
        try {
            // on a busy machine, a poll may begin late and leave a longer gap
            Receiver.await(
                    "five polls a second apart, within the jitter of a twentieth",
                    Duration.ofSeconds(60),
                    () -> gaps().stream()
                                    .filter(gap -> gap.compareTo(Duration.ofMillis(1050)) <= 0)
                                    .count()
                            >= 5);
        } finally {
            poller.stop();
        }
        assertThat(gaps()).allSatisfy(gap -> assertThat(gap).isGreaterThanOrEqualTo(Duration.ofMillis(950)));
    }
}
