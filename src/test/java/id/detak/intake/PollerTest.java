package id.detak.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import id.detak.capture.PollSchedule;
import id.detak.capture.Sources;
import id.detak.indicator.Calendars;
import id.detak.indicator.MarketHours;
import id.detak.platform.DataFolder;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The poller's own clockwork: a rhythm of one second, beside a source that hangs. */
@QuarkusTest
class PollerTest {

    @Inject
    Sources sources;
    @Inject
    Fetching fetching;
    @Inject
    Intake intake;
    @Inject
    OfflinePolls offline;
    @Inject
    Clock clock;
    @Inject
    DataSource dataSource;
    @TempDir
    Path folder;

    private final List<Long> asked = new CopyOnWriteArrayList<>();
    private HttpServer origin;

    @BeforeEach
    void start() throws Exception {
        TestDatabase.empty(dataSource);
        origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/robots.txt", exchange -> exchange.sendResponseHeaders(404, -1));
        origin.createContext("/page", exchange -> {
            asked.add(System.nanoTime());
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
        try (Connection connection = dataSource.getConnection(); Statement s = connection.createStatement()) {
            s.executeUpdate(statement);
        }
    }

    @Test
    void aSecondMeansASecondEvenBesideASourceThatHangs() throws Exception {
        PollSchedule everySecond = new PollSchedule(new Calendars(MarketHours.IDX, new DataFolder(folder)), Optional.of(Duration.ofSeconds(1)));
        Poller poller = new Poller(sources, new Polls(sources, fetching, intake, everySecond, offline, new Heartbeat(Optional.empty()), new PollMetrics(new SimpleMeterRegistry()), clock), offline, false);
        poller.start();
        Thread.sleep(6500);
        poller.stop();
        assertThat(asked).as("polls in 6.5 s").hasSizeBetween(5, 8);
        for (int i = 1; i < asked.size(); i++) {
            assertThat(Duration.ofNanos(asked.get(i) - asked.get(i - 1))).isLessThan(Duration.ofMillis(1500));
        }
    }
}
