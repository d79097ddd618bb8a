package id.detak.intake;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.capture.FetchOutcome;
import id.detak.capture.PollSchedule;
import id.detak.capture.Sources;
import id.detak.capture.Sources.Source;
import id.detak.capture.Via;
import id.detak.database.DatabaseWatch;
import id.detak.intake.SourceFetcher.Fetched;
import id.detak.intake.spool.Spool;
import id.detak.platform.DataFolder;
import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.Pages;
import id.detak.testsupport.Receiver;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Writing the spool to the database after an outage. */
@QuarkusTest
class OfflinePollsTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of(
            "A file of the spool is damaged",
            "The spool \\(\\d+ attempts\\) cannot be written to the database yet",
            ".* cannot be written and is set aside");

    private static final int MEGABYTES = 16;
    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    Sources sources;

    @Inject
    SourceFetcher fetcher;

    @Inject
    Intake intake;

    @Inject
    PollSchedule schedule;

    @Inject
    DatabaseWatch watch;

    @Inject
    DataSource dataSource;

    @Inject
    Clock applicationClock;

    @TempDir
    Path folder;

    private volatile Duration ahead = Duration.ZERO;
    private final Clock clock =
            ((InstantSource) () -> applicationClock.instant().plus(ahead)).withZone(ZoneOffset.UTC);
    private Spool spool;
    private OfflinePolls offline;

    @BeforeEach
    void start() throws Exception {
        TestDatabase.empty(dataSource);
        sql("insert into source (name, url, due_at) values ('other', 'http://127.0.0.1:1/', now() + interval '1 day')");
        sql("update source set due_at = now() + interval '1 day'");
        open();
    }

    @AfterEach
    void stop() throws Exception {
        close();
        sql("delete from source where name = 'other'");
    }

    private void open() {
        spool = new Spool(new DataFolder(folder), MEGABYTES);
        offline = new OfflinePolls(sources, fetcher, intake, schedule, spool, watch, clock);
    }

    private void close() {
        offline.stop();
        spool.close();
    }

    private void startWriting() {
        offline.remember(sources.active());
        offline.start();
    }

    private void spool(String source, String page, String etag) {
        Source from = sources.find(source).orElseThrow();
        Arrival arrival = new Arrival(source, Via.POLL, null, clock.instant(), null, 200, new Arrival.Page(page));
        offline.spool(from, new Fetched(arrival, etag, null, null, Duration.ZERO));
    }

    private void awaitAllWritten() {
        Receiver.await("all is written", SOON, () -> spool.isEmpty() && !offline.isActive());
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement s = connection.createStatement()) {
            s.executeUpdate(statement);
        }
    }

    private String one(String query) throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void spoolOfAnEarlierProcessIsWrittenFirst() throws Exception {
        spool("kontan", Pages.EARLY, "\"a\"");
        close();
        open();
        assertThat(offline.isActive()).as("before it is started").isTrue();
        startWriting();
        awaitAllWritten();
        assertThat(one("select outcome from capture where source = 'kontan'")).isEqualTo(FetchOutcome.OK.word());
    }

    @Test
    void outagesDoNotOverwriteNewerSourceStates() throws Exception {
        startWriting();
        spool("kontan", Pages.EARLY, "\"mine\"");
        awaitAllWritten();
        assertThat(one("select etag from source where name = 'kontan'")).isEqualTo("\"mine\"");
        sql("update source set etag = 'of another replica' where name = 'kontan'");
        spool("other", Pages.EARLY, "\"b\"");
        awaitAllWritten();
        assertThat(one("select etag from source where name = 'other'")).isEqualTo("\"b\"");
        assertThat(one("select etag from source where name = 'kontan'")).isEqualTo("of another replica");
    }

    /** Even if polls are due more often than they can be written. */
    @Test
    void spoolBecomesEmptyThoughPollsAreAlwaysDue() throws Exception {
        sql(
                "create function slow_capture() returns trigger language plpgsql as 'begin perform pg_sleep(0.2); return new; end'");
        sql("create trigger slow_capture before insert on capture for each row execute function slow_capture()");
        try {
            ahead = Duration.ofDays(-365);
            for (int i = 0; i < 10; i++) {
                spool("kontan", Pages.EARLY.replace("898,78", "898," + (10 + i)), "\"a\"");
                ahead = ahead.plusHours(1);
            }
            offline.start();
            Receiver.await("all is written", Duration.ofMinutes(2), () -> {
                ahead = ahead.plusHours(1);
                return spool.isEmpty();
            });
        } finally {
            sql("drop trigger slow_capture on capture");
            sql("drop function slow_capture");
        }
    }

    /** A damaged file of a source whose name the database rejects: not even its failure can be stored. */
    @Test
    void hopelessFilesAreSetAsideAndTheRestIsWritten() throws Exception {
        spool("kontan", Pages.EARLY, "\"a\"");
        Path first = spool.oldest().orElseThrow().file();
        String oldest = "0".repeat(20) + first.getFileName().toString().substring(20);
        Path impossible = Files.createDirectory(first.getParent().resolveSibling("of-a%00b"))
                .resolve(oldest);
        Files.writeString(impossible, "damaged");
        close();
        open();
        startWriting();
        Receiver.await("all is written", SOON, () -> {
            ahead = ahead.plusSeconds(10);
            return spool.isEmpty();
        });
        assertThat(ahead).isGreaterThan(Duration.ofMinutes(1));
        assertThat(one("select count(*) from capture")).isEqualTo("1");
        try (Stream<Path> aside = Files.list(folder.resolve("spool/set-aside"))) {
            assertThat(aside).singleElement().satisfies(file -> assertThat(file).hasContent("damaged"));
        }
    }
}
