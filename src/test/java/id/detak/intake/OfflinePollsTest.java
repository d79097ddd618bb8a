package id.detak.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.capture.FetchOutcome;
import id.detak.capture.PollSchedule;
import id.detak.capture.Sources;
import id.detak.capture.Sources.Source;
import id.detak.capture.Via;
import id.detak.database.DatabaseWatch;
import id.detak.database.LeaseTable.Claim;
import id.detak.database.WriteStatus;
import id.detak.intake.SourceFetcher.Fetched;
import id.detak.intake.spool.SetAside;
import id.detak.intake.spool.Spool;
import id.detak.platform.DataFolder;
import id.detak.platform.net.OutgoingConnection;
import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.Pages;
import id.detak.testsupport.Receiver;
import id.detak.testsupport.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import java.util.List;
import java.util.Optional;
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
                    ".* cannot be written and is set aside",
                    "Polls cannot be written to the database",
                    "Cannot claim due work \\(poll\\)")
            .orPerhaps("Metrics keep their last values")
            .orPerhaps("A notification was lost")
            .orPerhaps("The listener for notifications lost its database connection");

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
    WriteStatus writes;

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
        sql(
                "insert into source (name, url, due_at) values ('other', 'http://127.0.0.1:1/', now() + interval '1 hour')");
        sql("update source set due_at = now() + interval '1 hour'");
        open();
    }

    @AfterEach
    void stop() throws Exception {
        close();
        sql("delete from source where name = 'other'");
    }

    private void open() {
        spool = new Spool(new DataFolder(folder), MEGABYTES);
        offline = new OfflinePolls(sources, fetcher, intake, schedule, spool, watch, writes, clock);
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

    /** Tries to write for five minutes of the application's clock, which is longer than the patience. */
    private void passFiveMinutes() {
        Duration end = ahead.plusMinutes(5);
        Receiver.await("time passes", SOON, () -> {
            ahead = ahead.plusSeconds(1);
            return ahead.compareTo(end) > 0;
        });
    }

    private int readiness() {
        return given().when().get("/q/health/ready").statusCode();
    }

    private List<Path> setAside() {
        return new SetAside(folder.resolve("spool")).files();
    }

    private Polls polls() {
        return new Polls(
                sources,
                fetcher,
                intake,
                schedule,
                offline,
                writes,
                new Heartbeat(Optional.empty(), OutgoingConnection.DIRECT),
                new PollMetrics(new SimpleMeterRegistry()),
                clock);
    }

    @Test
    void missingTablesCostNoPoll() throws Exception {
        spool("kontan", Pages.EARLY, "\"a\"");
        sql("alter table capture rename to capture_away");
        try {
            startWriting();
            Receiver.await("not ready", SOON, () -> readiness() == 503);
            passFiveMinutes();
            assertThat(setAside()).isEmpty();
            assertThat(spool.size()).isEqualTo(1);
        } finally {
            sql("alter table capture_away rename to capture");
        }
        awaitWrittenSoon();
        assertThat(one("select count(*) from capture where outcome = 'ok'")).isEqualTo("1");
        assertThat(readiness()).isEqualTo(200);
    }

    /** The retries wait by the clock that the test moves. */
    private void awaitWrittenSoon() {
        Receiver.await("all is written", SOON, () -> {
            ahead = ahead.plusSeconds(1);
            return spool.isEmpty() && !offline.isActive();
        });
    }

    @Test
    void constraintsThatRefuseEveryPollSetNothingAside() throws Exception {
        spool("kontan", Pages.EARLY, "\"a\"");
        ahead = ahead.plusSeconds(1);
        spool("kontan", Pages.EARLY.replace("898,78", "898,79"), "\"b\"");
        sql("alter table capture add constraint nothing_fits check (false) not valid");
        try {
            startWriting();
            Receiver.await("not ready", SOON, () -> {
                ahead = ahead.plusSeconds(1);
                return readiness() == 503;
            });
            passFiveMinutes();
            assertThat(setAside()).isEmpty();
            assertThat(spool.size()).isEqualTo(2);
        } finally {
            sql("alter table capture drop constraint nothing_fits");
        }
        awaitWrittenSoon();
        assertThat(one("select count(*) from capture where outcome = 'ok'")).isEqualTo("2");
    }

    /** Such a page must not be stored as one that could not be processed, since nothing is wrong with it. */
    @Test
    void pollsWaitInTheSpoolWhileATableIsMissing() throws Exception {
        sql("update source set due_at = now() where name = 'other'");
        Claim claim = sources.claim(Duration.ofMinutes(1)).orElseThrow();
        sql("alter table capture rename to capture_away");
        try {
            polls().poll(claim);
            assertThat(spool.size()).isEqualTo(1);
            assertThat(readiness()).isEqualTo(503);
        } finally {
            sql("alter table capture_away rename to capture");
        }
        startWriting();
        awaitWrittenSoon();
        assertThat(one("select outcome from capture where source = 'other'"))
                .isEqualTo(FetchOutcome.UNREACHABLE.word());
        assertThat(readiness()).isEqualTo(200);
    }

    @Test
    void pollingContinuesWhileNothingCanBeClaimed() throws Exception {
        startWriting();
        Poller poller = new Poller(sources, polls(), offline, () -> false);
        sql("alter table source rename to source_away");
        try {
            poller.start();
            Receiver.await("a poll is in the spool", SOON, () -> {
                ahead = ahead.plusMinutes(1);
                return spool.size() > 0;
            });
            assertThat(readiness()).isEqualTo(503);
        } finally {
            sql("alter table source_away rename to source");
            poller.stop();
        }
        awaitWrittenSoon();
        assertThat(setAside()).isEmpty();
    }

    @Test
    void clocksThatAreSetBackDoNotStopPollsWithoutTheDatabase() throws Exception {
        sql("alter table capture rename to capture_away");
        try {
            startWriting();
            spool("other", Pages.EARLY, "\"a\"");
            ahead = ahead.minusHours(5);
            int before = spool.size();
            Receiver.await("polled", SOON, () -> spool.size() > before);
        } finally {
            sql("alter table capture_away rename to capture");
        }
        awaitWrittenSoon();
    }

    @Test
    void attemptsThatWereSetAsideAreRetried() throws Exception {
        spool("kontan", Pages.EARLY, "\"a\"");
        spool.setAside(spool.oldest().orElseThrow());
        assertThat(spool.setAsideFiles()).isEqualTo(1);
        assertThat(new SetAside(folder.resolve("spool")).retry()).isEqualTo(1);
        assertThat(spool.setAsideFiles()).isZero();
        close();
        open();
        startWriting();
        awaitWrittenSoon();
        assertThat(one("select count(*) from capture where outcome = 'ok'")).isEqualTo("1");
    }
}
