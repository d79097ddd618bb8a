package id.detak.intake;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import id.detak.capture.Capture;
import id.detak.capture.Captures;
import id.detak.capture.FetchOutcome;
import id.detak.capture.PollSchedule;
import id.detak.capture.Sources;
import id.detak.capture.Sources.Source;
import id.detak.capture.Via;
import id.detak.database.LeaseTable.Claim;
import id.detak.database.WriteStatus;
import id.detak.indicator.Calendars;
import id.detak.platform.net.OutgoingConnection;
import id.detak.series.LatestQuotes;
import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Polls a real origin over HTTP and checks the stored rows. */
@QuarkusTest
class PollingTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of().orPerhaps("kontan: ").orPerhaps("kontan is still being polled");

    private static final WireMockServer ORIGIN =
            new WireMockServer(wireMockConfig().dynamicPort());

    @Inject
    Sources sources;

    @Inject
    Polls polls;

    @Inject
    SourceFetcher fetcher;

    @Inject
    Intake intake;

    @Inject
    PollSchedule schedule;

    @Inject
    Calendars calendars;

    @Inject
    OfflinePolls offline;

    @Inject
    WriteStatus writes;

    @Inject
    Captures captures;

    @Inject
    LatestQuotes latest;

    @Inject
    DataSource dataSource;

    @Inject
    Clock clock;

    @BeforeAll
    static void startOrigin() {
        ORIGIN.start();
    }

    @AfterAll
    static void stopOrigin() {
        ORIGIN.stop();
    }

    @BeforeEach
    void pollTheOrigin() throws Exception {
        TestDatabase.empty(dataSource);
        sql("update source set url = '" + ORIGIN.baseUrl() + "/' where name = 'kontan'");
        ORIGIN.resetAll();
        ORIGIN.stubFor(get(urlEqualTo("/robots.txt")).willReturn(aResponse().withStatus(404)));
    }

    @AfterEach
    void restoreSources() {
        sources.configure();
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement s = connection.createStatement()) {
            s.executeUpdate(statement);
        }
    }

    private static void serve(ResponseDefinitionBuilder answer) {
        ORIGIN.stubFor(get(urlEqualTo("/")).willReturn(answer));
    }

    private static ResponseDefinitionBuilder page(String text) {
        return aResponse()
                .withHeader("Content-Type", "text/html; charset=utf-8")
                .withBody(text);
    }

    private Source source() {
        return sources.find("kontan").orElseThrow();
    }

    private IntakeResult poll() {
        return polls.pollNow(source());
    }

    private void poll(Claim claim) {
        polls.poll(claim);
    }

    private Capture last() {
        return QuarkusTransaction.requiringNew()
                .call(() -> captures.last("kontan").orElseThrow());
    }

    @Test
    void pollsStoreTheCaptureAndItsObservations() {
        serve(page(Pages.EARLY).withHeader("Date", "Mon, 23 Nov 2026 03:00:00 GMT"));
        Instant before = clock.instant();
        IntakeResult receipt = poll();
        assertThat(receipt.summary()).isEqualTo("read 5, new 5, same 0, conflicting 0, refused 0");
        Capture capture = last();
        assertThat(capture.outcome()).isEqualTo(FetchOutcome.OK);
        assertThat(capture.httpStatus()).isEqualTo(200);
        assertThat(capture.url()).isEqualTo(ORIGIN.baseUrl() + "/");
        assertThat(capture.observedAt()).isBetween(before.minusMillis(1), clock.instant());
        assertThat(capture.strip()).contains("LQ45898,78");
        assertThat(capture.serverDate()).isEqualTo("2026-11-23T03:00:00Z");
        assertThat(capture.clockDifference()).isPresent();
        assertThat(latest.all()).hasSize(5).allMatch(item -> item.captureId().equals(capture.id()));
    }

    @Test
    void unchangedPagesAreObservationsAtTheirOwnTime() {
        serve(page(Pages.LATER));
        IntakeResult first = poll();
        IntakeResult second = poll();
        assertThat(second.capture().outcome()).isEqualTo(FetchOutcome.UNCHANGED);
        assertThat(second.capture().observedAt()).isAfter(first.capture().observedAt());
        assertThat(second.summary()).isEqualTo("read 8, new 8, same 0, conflicting 0, refused 0");
    }

    @Test
    void notModifiedIsAnObservationAndValidatorsAreSent() {
        serve(page(Pages.LATER)
                .withHeader("ETag", "\"a1\"")
                .withHeader("Last-Modified", "Mon, 23 Nov 2026 03:00:00 GMT"));
        poll();
        serve(aResponse().withStatus(304));
        IntakeResult second = poll();
        IntakeResult third = poll();
        assertThat(second.capture().outcome()).isEqualTo(FetchOutcome.UNCHANGED);
        assertThat(second.capture().httpStatus()).isEqualTo(304);
        assertThat(third.summary()).isEqualTo("read 8, new 8, same 0, conflicting 0, refused 0");
        assertThat(third.capture().strip()).isEqualTo(second.capture().strip()).isNotBlank();
        ORIGIN.verify(
                2,
                getRequestedFor(urlEqualTo("/"))
                        .withHeader("If-None-Match", equalTo("\"a1\""))
                        .withHeader("If-Modified-Since", equalTo("Mon, 23 Nov 2026 03:00:00 GMT")));
    }

    /** In the transaction, parsing would hold the locks of all series. */
    @Test
    void theStripOfAnUnchangedPageIsParsedBeforeTheTransaction() {
        serve(page(Pages.LATER));
        Capture capture = poll().capture();
        ParsedArrival parsed = intake.parse(
                new Arrival("kontan", Via.POLL, null, clock.instant(), null, 304, new Arrival.Unchanged(capture.id())));
        assertThat(parsed.strip().orElseThrow().quotes()).hasSize(8);
    }

    @Test
    void notModifiedRefersToThePageOfTheValidator() {
        serve(page(Pages.strip("LQ45 831,00 -12,11 -1,44%")).withHeader("ETag", "\"2\""));
        poll();
        serve(page(Pages.strip("LQ45 898,78 -24,72 -2.68%"))
                .withHeader("ETag", "\"1\"")
                .withHeader("Age", "600"));
        poll();
        serve(aResponse().withStatus(304));
        assertThat(poll().recorded().get(0).observation().value())
                .as("an older copy of an edge cache")
                .hasToString("898.78");
    }

    @Test
    void ageIsSubtractedFromTheObservationTime() {
        serve(page(Pages.LATER).withHeader("Age", "120"));
        Instant before = clock.instant();
        Instant observed = poll().capture().observedAt();
        assertThat(observed)
                .isBetween(
                        before.minusSeconds(120).minusMillis(1), clock.instant().minusSeconds(120));
    }

    @Test
    void pagesWithoutStripAreKeptOnceAndNotValidated() throws Exception {
        serve(page("<p>rancangan baru</p>").withHeader("ETag", "\"b\""));
        IntakeResult first = poll();
        IntakeResult second = poll();
        assertThat(first.capture().outcome()).isEqualTo(FetchOutcome.NO_STRIP);
        assertThat(first.capture().hasPage()).isTrue();
        assertThat(second.capture().hasPage()).isFalse();
        assertThat(QuarkusTransaction.requiringNew().call(() -> captures.page(second.capture())))
                .contains("<p>rancangan baru</p>");
        assertThat(source().etag()).isNull();
        assertThat(source().failures()).isEqualTo(2);
    }

    @Test
    void failuresAreStoredWithTheirReason() {
        serve(aResponse().withStatus(503).withHeader("Retry-After", "600"));
        assertThat(poll().capture()).satisfies(capture -> {
            assertThat(capture.outcome()).isEqualTo(FetchOutcome.HTTP_ERROR);
            assertThat(capture.httpStatus()).isEqualTo(503);
            assertThat(capture.reason()).isNotBlank();
        });
        serve(aResponse().withStatus(302).withHeader("Location", "file:///etc/passwd"));
        assertThat(poll().capture().outcome()).isEqualTo(FetchOutcome.REFUSED);
        serve(page("x".repeat(5 * 1024 * 1024 + 1)));
        assertThat(poll().capture().outcome()).isEqualTo(FetchOutcome.TOO_LARGE);
        serve(aResponse().withFault(com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER));
        assertThat(poll().capture().outcome()).isEqualTo(FetchOutcome.UNREACHABLE);
        assertThat(source().failures()).isEqualTo(4);
        serve(page(Pages.EARLY));
        assertThat(poll().capture().outcome()).isEqualTo(FetchOutcome.OK);
        assertThat(source().failures()).isZero();
    }

    @Test
    void dueSourcesAreClaimedOncePerInterval() {
        serve(page(Pages.EARLY));
        Claim claim = sources.claim(Duration.ofMinutes(1)).orElseThrow();
        assertThat(sources.claim(Duration.ofMinutes(1))).isEmpty();
        poll(claim);
        assertThat(latest.all()).hasSize(5);
        assertThat(sources.claim(Duration.ofMinutes(1))).isEmpty();
        assertThat(sources.untilNext().orElseThrow()).isBetween(Duration.ofSeconds(10), Duration.ofHours(2));
    }

    @Test
    void clocksThatAreSetBackDoNotStopPolls() throws Exception {
        serve(page(Pages.EARLY));
        poll(sources.claim(Duration.ofMinutes(1)).orElseThrow());
        sql("update source set due_at = now() + interval '5 hours' where name = 'kontan'");
        poll(sources.claim(Duration.ofMinutes(1)).orElseThrow());
        assertThat(sources.claim(Duration.ofMinutes(1))).isEmpty();
        assertThat(sources.untilNext().orElseThrow()).as("regular again").isLessThan(Duration.ofHours(2));
        sql("update source set due_at = now(), lease_until = now() + interval '5 hours' where name = 'kontan'");
        poll(sources.claim(Duration.ofMinutes(1)).orElseThrow());
    }

    @Test
    void pausesThatAServerAskedForAreNoClockSetBack() throws Exception {
        sql("update source set due_at = now() + interval '23 hours', not_before = now() + interval '23 hours'");
        assertThat(sources.claim(Duration.ofMinutes(1))).isEmpty();
        sql("update source set served_at = now() - interval '1 day'");
        assertThat(sources.claim(Duration.ofMinutes(1))).as("at most an hour").isPresent();
        sql("update source set not_before = null, served_at = null, lease_until = null");
    }

    @Test
    void retryAfterSurvivesARestart() {
        serve(aResponse().withStatus(429).withHeader("Retry-After", "7200"));
        poll(sources.claim(Duration.ofMinutes(1)).orElseThrow());
        assertThat(sources.untilNext().orElseThrow()).isBetween(Duration.ofMinutes(115), Duration.ofMinutes(121));
        sources.dueNow(true);
        assertThat(sources.untilNext().orElseThrow())
                .as("a restart does not poll sooner than the server allows")
                .isGreaterThan(Duration.ofMinutes(115));
    }

    @Test
    void serversThatServedBeforePauseForAnHourAtMost() {
        serve(page(Pages.EARLY));
        poll(sources.claim(Duration.ofMinutes(1)).orElseThrow());
        sources.dueNow(true);
        serve(aResponse().withStatus(429).withHeader("Retry-After", "86400"));
        poll(sources.claim(Duration.ofMinutes(1)).orElseThrow());
        assertThat(sources.untilNext().orElseThrow()).isBetween(Duration.ofMinutes(55), Duration.ofMinutes(61));
    }

    @Test
    void crawlDelayLiesBetweenPollsOfASite() throws Exception {
        WireMockServer slow = new WireMockServer(wireMockConfig().dynamicPort());
        slow.start();
        try {
            slow.stubFor(get(urlEqualTo("/robots.txt"))
                    .willReturn(aResponse().withBody("User-agent: *\nCrawl-delay: 30\n")));
            slow.stubFor(get(urlEqualTo("/")).willReturn(page(Pages.EARLY)));
            sql("update source set url = '" + slow.baseUrl() + "/' where name = 'kontan'");
            PollSchedule everySecond = new PollSchedule(calendars, Optional.of(Duration.ofSeconds(1)));
            Polls eager = new Polls(
                    sources,
                    fetcher,
                    intake,
                    everySecond,
                    offline,
                    writes,
                    new Heartbeat(Optional.empty(), OutgoingConnection.DIRECT),
                    new PollMetrics(new SimpleMeterRegistry()),
                    clock);
            eager.poll(sources.claim(Duration.ofMinutes(1)).orElseThrow());
            assertThat(sources.untilNext().orElseThrow()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(31));
            sql("insert into source (name, url) values ('other', '" + slow.baseUrl() + "/')");
            eager.poll(sources.claim(Duration.ofMinutes(1)).orElseThrow());
            assertThat(sources.untilNext().orElseThrow()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(31));
            slow.verify(1, getRequestedFor(urlEqualTo("/")));
        } finally {
            slow.stop();
            sql("delete from source where name = 'other'");
        }
    }

    @Test
    void releasingTwiceSchedulesOnce() {
        serve(page(Pages.EARLY));
        Claim claim = sources.claim(Duration.ofMinutes(1)).orElseThrow();
        poll(claim);
        Duration next = sources.untilNext().orElseThrow();
        poll(claim);
        assertThat(sources.untilNext().orElseThrow()).isLessThanOrEqualTo(next);
    }

    @Test
    void expiredLeasesStoreThePageButNotTheSchedule() throws Exception {
        serve(aResponse().withStatus(503));
        Claim late = sources.claim(Duration.ofMillis(1)).orElseThrow();
        Claim other = await().atMost(Duration.ofSeconds(60))
                .pollInSameThread()
                .until(() -> sources.claim(Duration.ofHours(1)), Optional::isPresent)
                .orElseThrow();
        poll(late);
        assertThat(last().outcome()).isEqualTo(FetchOutcome.HTTP_ERROR);
        assertThat(source().failures()).as("the row belongs to the other claim").isZero();
        serve(page(Pages.EARLY));
        poll(other);
        assertThat(latest.all()).hasSize(5);
    }

    @Test
    void sourcesAreClaimedAgainBeforeTheEarlierPollEnds() throws Exception {
        serve(page(Pages.EARLY));
        CountDownLatch committed = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Heartbeat slowHeartbeat = new Heartbeat(Optional.empty(), OutgoingConnection.DIRECT) {
            @Override
            void beat() {
                committed.countDown();
                try {
                    mayEnd.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        };
        Polls slow = new Polls(
                sources,
                fetcher,
                intake,
                schedule,
                offline,
                writes,
                slowHeartbeat,
                new PollMetrics(new SimpleMeterRegistry()),
                clock);
        Claim first = sources.claim(Duration.ofMinutes(1)).orElseThrow();
        CompletableFuture<Void> polling = CompletableFuture.runAsync(() -> slow.poll(first));
        committed.await();
        try {
            Capture before = last();
            sql("update source set due_at = now()");
            poll(sources.claim(Duration.ofMinutes(1)).orElseThrow());
            assertThat(last().observedAt()).as("the second poll was stored").isAfter(before.observedAt());
            sql("update source set due_at = now()");
            assertThat(sources.claim(Duration.ofMinutes(1)))
                    .as("the second poll released the source")
                    .isPresent();
        } finally {
            mayEnd.countDown();
            polling.join();
        }
    }

    @Test
    void unusedClaimsAreReleased() throws Exception {
        Claim ofAnotherPoll = new Claim("kontan", Long.MAX_VALUE);
        offline.begin(source(), ofAnotherPoll);
        try {
            poll(sources.claim(Duration.ofMinutes(1)).orElseThrow());
            assertThat(sources.untilNext().orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        } finally {
            offline.end(ofAnotherPoll);
        }
    }

    @Test
    void severalSourcesArePolled() throws Exception {
        sql("insert into source (name, url) values ('second', '" + ORIGIN.baseUrl() + "/other')");
        ORIGIN.stubFor(get(urlEqualTo("/other")).willReturn(page(Pages.LATER)));
        serve(page(Pages.EARLY));
        List<Source> all = sources.active();
        assertThat(all).extracting(Source::name).containsExactly("kontan", "second");
        all.forEach(polls::pollNow);
        assertThat(latest.all()).hasSize(5 + 8 - 2);
        sql("delete from source where name = 'second'");
    }
}
