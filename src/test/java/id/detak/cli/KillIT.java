package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.LatestReader;
import id.detak.testsupport.LatestReader.Key;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.PostgresProcess;
import id.detak.testsupport.RunningDetak;
import id.detak.testsupport.TickingMarket;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Detak polls every second, and rules fire many times a second, while kill -9 ends it, its PostgreSQL and both in turn.
 * Then the test reads the database directly and compares it with the pages of the site, the answers of the API and the
 * messages in the channels. One of the slow tests: {@code mvn verify -Pslow}.
 */
@EnabledIfSystemProperty(named = "detak.thorough", matches = "true")
class KillIT {

    private static final int ROUNDS = Integer.getInteger("detak.it.kills", 3);
    private static final long SEED = Long.getLong("detak.it.seed", System.nanoTime());
    private static final int MAX_WAIT_MILLIS = 1500;
    /** More failed queries for due sources than polls may run at once. */
    private static final Duration OUTAGE = Duration.ofSeconds(7);

    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(3);

    /** The indicator of the posted pages, which the site does not show. */
    private static final String HANDED_IN = "IDXQ30";

    private enum Victim {
        APPLICATION,
        POSTGRES,
        BOTH
    }

    private record Row(String code, Instant observedAt, BigDecimal value, String quality, UUID capture) {}

    private record Kept(UUID id, Instant observedAt, String outcome) {}

    @TempDir
    static Path folder;

    private static DeliveryTrial trial;
    private static TickingMarket market;
    private static LatestReader reader;
    private static volatile RunningDetak running;
    private static PostgresProcess postgres;

    /** Pages that were being fetched when the application was killed. */
    private static final Set<Integer> UNDER_WAY = new TreeSet<>();

    private static int kills;
    private static int lastPage;
    private static List<Row> rows = List.of();
    private static List<Kept> captures = List.of();
    private static long conflicts;
    private static long postmastersWhileServing;
    private static long postmastersAfterStop;
    private static boolean polledOnAfterAnOutage;
    private static PackagedDetak.Finished checked;

    @BeforeAll
    static void killInTurnAndReadWhatIsLeft() throws Exception {
        market = new TickingMarket();
        PackagedDetak detak = PackagedDetak.on(folder.resolve("data"))
                .with("DETAK_SOURCE_URL", market.url())
                .with("DETAK_POLL_EVERY", "1s")
                .with("DETAK_MARKET_HOURS", "always")
                .with("DETAK_ADMIN_TOKEN", DeliveryTrial.TOKEN)
                .with("DETAK_NOTIFY_ALLOW", "127.0.0.1");
        postgres = new PostgresProcess(detak.data());
        running = detak.serve();
        reader = new LatestReader(() -> running);
        trial = new DeliveryTrial(SEED, HANDED_IN);
        trial.prepare(detak.httpPort());
        Thread feed = trial.feed(detak::httpPort);
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            int before = market.served();
            await("two more polls before kill " + (round + 1), () -> market.served() >= before + 2);
            PackagedDetak.pause(Duration.ofMillis(random.nextInt(MAX_WAIT_MILLIS)));
            kill(Victim.values()[round % Victim.values().length], detak, random);
            kills++;
            awaitPageAfter(market.served());
        }
        trial.calmDown(feed, postgres::connect);
        lastPage = market.served();
        awaitPageAfter(lastPage - 1);
        reader.close();
        postmastersWhileServing = postgres.postmasters();
        readDatabase();
        polledOnAfterAnOutage = pollsOnAfterAnOutage();
        running.stop();
        postmastersAfterStop = postgres.postmasters();
        checked = detak.run("rebuild", "--check");
    }

    private static void kill(Victim victim, PackagedDetak detak, Random random) {
        switch (victim) {
            case APPLICATION -> {
                running.kill();
                startAgain(detak);
            }
            case POSTGRES -> {
                int port = postgres.port();
                postgres.kill();
                await("PostgreSQL again", () -> postgres.postmaster().isPresent());
                assertThat(postgres.port())
                        .as("the port that the connection pool knows")
                        .isEqualTo(port);
                assertThat(running.isAlive()).isTrue();
            }
            case BOTH -> {
                List<Runnable> kills = new ArrayList<>(List.of(postgres::kill, running::kill));
                Collections.shuffle(kills, random);
                kills.forEach(Runnable::run);
                startAgain(detak);
            }
        }
    }

    /** A source is polled for one page at a time, so only the last one can have been in progress. */
    private static void startAgain(PackagedDetak detak) {
        market.awaitQuiet();
        UNDER_WAY.add(market.served());
        running = detak.serve();
    }

    /**
     * The table of sources disappears for some seconds. When it comes back, it holds a claim whose answer was lost with
     * the database. Polling must continue long before the lease of that claim ends.
     */
    private static boolean pollsOnAfterAnOutage() throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            await("no poll is under way", () -> locksIdleSource(connection, statement));
            statement.execute(
                    "update source set lease_version = lease_version + 1, lease_until = now() + interval '1 hour'");
            statement.execute("alter table source rename to source_away");
            connection.commit();
            PackagedDetak.pause(OUTAGE);
            statement.execute("alter table source_away rename to source");
            connection.commit();
        }
        int before = market.served();
        try {
            await("polls after the outage", () -> market.served() >= before + 2);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** Keeps the lock only while no poll is in progress. */
    private static boolean locksIdleSource(Connection connection, Statement statement) throws SQLException {
        statement.execute("lock table source in access exclusive mode");
        try (ResultSet row = statement.executeQuery("select count(lease_until) = 0 from source")) {
            row.next();
            if (row.getBoolean(1)) {
                return true;
            }
        }
        connection.rollback();
        return false;
    }

    private static void awaitPageAfter(int page) {
        await("a page after number " + page + " in the API", () -> reader.seen().entrySet().stream()
                .anyMatch(quote ->
                        market.pageOf(quote.getKey().code(), quote.getValue()).orElse(0) > page));
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what + " (logs in target/it)").atMost(RECOVERY_LIMIT).until(condition);
    }

    private static void readDatabase() throws SQLException {
        rows = new ArrayList<>();
        captures = new ArrayList<>();
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("""
                    select code, observed_at, value, quality, capture_id
                    from observation join indicator on indicator.id = indicator_id
                    where quality <> 'implied' and code <> '%s'
                    order by observed_at, code""".formatted(HANDED_IN))) {
                while (row.next()) {
                    rows.add(new Row(
                            row.getString(1),
                            row.getTimestamp(2).toInstant(),
                            row.getBigDecimal(3),
                            row.getString(4),
                            row.getObject(5, UUID.class)));
                }
            }
            try (ResultSet row = statement.executeQuery(
                    "select id, observed_at, outcome from capture where via = 'poll' order by observed_at")) {
                while (row.next()) {
                    captures.add(new Kept(
                            row.getObject(1, UUID.class), row.getTimestamp(2).toInstant(), row.getString(3)));
                }
            }
            try (ResultSet row = statement.executeQuery("select count(*) from observation_conflict")) {
                row.next();
                conflicts = row.getLong(1);
            }
        }
    }

    @AfterAll
    static void leaveNothingRunningAndPrintCounts() {
        if (reader != null) {
            reader.close();
        }
        if (running != null) {
            running.close();
        }
        if (postgres != null) {
            postgres.kill();
        }
        if (market != null) {
            market.close();
        }
        if (trial != null) {
            trial.close();
        }
        System.out.printf(
                Locale.ROOT,
                "KillIT: %d kills, %,d pages served, %,d stored, %s; seed %d%n",
                kills,
                lastPage,
                captures.size(),
                trial == null ? "not started" : trial.counts(),
                SEED);
    }

    @Test
    void exactlyTheCommittedStepsAreDeliveredInOrder() {
        trial.everyCommittedStepWasDelivered();
        trial.onlyCommittedMessagesWereSent();
        trial.eachChannelGotTheStepsOfARuleInOrder();
        trial.eachAlertWasDeliveredOnceAndFiringFirst();
    }

    /** At each kill, a message of each of the three lanes may have been in progress. */
    @Test
    void messagesRepeatAtMostOncePerKillOrCut() {
        assertThat(trial.repeats()).isLessThanOrEqualTo(ROUNDS * 3 + trial.cuts());
    }

    @Test
    void quotesShownByTheApiAreStoredUnchanged() {
        Map<Key, BigDecimal> stored =
                rows.stream().collect(Collectors.toMap(row -> new Key(row.code(), row.observedAt()), Row::value));
        assertThat(reader.seen()).hasSizeGreaterThan(ROUNDS * market.quotesOfAPage());
        Map<Key, BigDecimal> polled = new HashMap<>(reader.seen());
        polled.keySet().removeIf(key -> key.code().equals(HANDED_IN));
        assertThat(polled)
                .allSatisfy((key, value) ->
                        assertThat(stored.get(key)).as("%s", key).isNotNull().isEqualByComparingTo(value));
        assertThat(reader.changedItsMind()).isEmpty();
    }

    @Test
    void storedPagesWereServed() {
        assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(market.pageOf(row.code(), row.value()))
                .isPresent());
        assertThat(rows).extracting(Row::quality).containsOnly("ok");
    }

    @Test
    void noPageIsStoredTwice() {
        Map<String, List<Row>> byValue =
                rows.stream().collect(Collectors.groupingBy(row -> row.code() + " " + row.value()));
        assertThat(byValue).allSatisfy((value, same) -> assertThat(same).hasSize(1));
        assertThat(conflicts).isZero();
    }

    @Test
    void capturesAreStoredWithAllQuotesOrNotAtAll() {
        Map<UUID, List<Row>> byCapture = rows.stream().collect(Collectors.groupingBy(Row::capture));
        assertThat(captures).extracting(Kept::outcome).containsOnly("ok");
        assertThat(byCapture.keySet()).isEqualTo(captures.stream().map(Kept::id).collect(Collectors.toSet()));
        assertThat(captures).allSatisfy(capture -> {
            List<Row> quotes = byCapture.get(capture.id());
            assertThat(quotes).extracting(Row::observedAt).containsOnly(capture.observedAt());
            assertThat(quotes.stream().collect(Collectors.toMap(Row::code, Row::value)))
                    .isEqualTo(market.valuesOf(page(quotes.get(0))));
        });
    }

    @Test
    void onlyPagesInProgressAtAKillMayBeMissing() {
        Set<Integer> stored = rows.stream().map(KillIT::page).collect(Collectors.toSet());
        Set<Integer> missing = IntStream.rangeClosed(1, lastPage)
                .boxed()
                .filter(page -> !stored.contains(page))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(UNDER_WAY).as("pages that may be missing (seed %d)", SEED).containsAll(missing);
    }

    @Test
    void pagesAreStoredInTheOrderInWhichTheyWereServed() {
        Map<Instant, Integer> pages = new TreeMap<>();
        rows.forEach(row -> pages.put(row.observedAt(), page(row)));
        assertThat(List.copyOf(pages.values())).isSorted();
    }

    @Test
    void barsAgreeWithObservations() {
        assertThat(checked.exitCode()).as(checked.output() + checked.errors()).isZero();
        assertThat(checked.output()).contains("observations, consistent");
    }

    @Test
    void pollingContinuesAfterADatabaseOutage() {
        assertThat(polledOnAfterAnOutage).isTrue();
    }

    @Test
    void onePostgresRunsAndNoneAfterAnOrderlyStop() {
        assertThat(postmastersWhileServing).isEqualTo(1);
        assertThat(postmastersAfterStop).isZero();
        assertThat(postgres.isRunning()).isFalse();
    }

    private static int page(Row row) {
        return market.pageOf(row.code(), row.value()).orElseThrow();
    }
}
