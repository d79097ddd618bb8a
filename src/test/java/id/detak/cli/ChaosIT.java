package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.cli.ChaosLedger.Stored;
import id.detak.cli.ChaosLedger.Told;
import id.detak.cli.QuietPeriods.Span;
import id.detak.embedded.EmbeddedPostgres;
import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.OscillatingMarket;
import id.detak.testsupport.OscillatingMarket.Answered;
import id.detak.testsupport.OscillatingMarket.Given;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.PostgresProcess;
import id.detak.testsupport.StreamListener;
import id.detak.testsupport.StreamListener.Attempt;
import id.detak.testsupport.StreamListener.Connection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three replicas on one PostgreSQL poll a site every second, and rules fire and resolve. At random and all at once,
 * replicas and PostgreSQL are killed, replicas are paused for longer than their leases, and the site and the receiver
 * fail. At the end, the test compares the log of the site with what was stored, delivered and streamed. It runs for
 * five minutes, only with {@code mvn verify -Pslow}.
 *
 * <p>A page is lost if the site served it completely and it is not stored. A process that is killed before it can write
 * a page leaves no trace of it, so these pages are counted separately: at most one for each killed replica. The same
 * holds for a process that was paused while the page arrived: after 30 s, the attempt counts and is stored as failed.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
@EnabledIfSystemProperty(named = "detak.it.chaos-minutes", matches = "[1-9]\\d*")
class ChaosIT {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of().orPerhaps("PostgreSQL died; starting it again");

    private static final int MINUTES = Integer.getInteger("detak.it.chaos-minutes", 0);
    private static final long SEED = Long.getLong("detak.it.seed", System.nanoTime());
    private static final int REPLICAS = 3;
    private static final Duration POLL_EVERY = Duration.ofSeconds(1);
    private static final double JITTER = 0.05;
    /** A late poll is still done. */
    private static final int POLLS_MADE_UP_FOR = 3;
    /** Longer than the lease of a source. */
    private static final int SHORTEST_SLEEP_SECONDS = 53;
    /** The lease of a source (50 s), with a margin for a busy machine. */
    private static final Duration MAX_DELAY = Duration.ofSeconds(100);

    private static final Duration ON_THE_WAY = Duration.ofSeconds(5);
    /**
     * After the page was served completely: two seconds of retries on the database, with a margin for a busy machine;
     * then it is in the spool.
     */
    private static final Duration WRITTEN_BY = Duration.ofSeconds(30);

    private static final Duration SETTLED_BY = Duration.ofMinutes(5);
    private static final Map<String, Integer> LEVELS = Map.of("both", 850, "one", 830);
    private static final Map<String, Integer> CHANNELS = Map.of("both", 2, "one", 1);
    /** Each rule with each of its channels. */
    private static final int LANES = 3;

    /** A replica that was killed or paused. */
    private record Loss(Replica replica, boolean killed, Instant from, Instant until) {

        boolean meets(Instant other, Instant otherUntil) {
            return from.isBefore(otherUntil) && until.isAfter(other);
        }

        boolean beganBetween(Instant first, Instant last) {
            return from.isAfter(first) && from.isBefore(last);
        }
    }

    @TempDir
    static Path folder;

    private static final Random RANDOM = new Random(SEED);
    private static final List<Replica> REPLICAS_UP = new ArrayList<>();
    private static final List<StreamListener> LISTENERS = new ArrayList<>();
    private static final List<Loss> LOSSES = new ArrayList<>();
    private static final List<CompletableFuture<?>> UNDER_WAY = new ArrayList<>();
    private static EmbeddedPostgres embedded;
    private static PostgresProcess postgres;
    private static int postgresKills;
    private static OscillatingMarket market;
    private static DeliveryTrial trial;
    private static QuietPeriods calm;
    private static ChaosLedger ledger;
    private static List<Answered> served;

    @BeforeAll
    static void rageAndSettle() throws Exception {
        forgetAnEarlierRun();
        market = new OscillatingMarket();
        trial = new DeliveryTrial(SEED, OscillatingMarket.SWINGING);
        startPostgres();
        startReplicas();
        trial.prepare(REPLICAS_UP.get(0).port());
        REPLICAS_UP.forEach(replica -> LISTENERS.add(new StreamListener(replica.port())));
        calm = new QuietPeriods(ChaosIT::isCalm);
        market.swing(true);
        rage(Instant.now().plus(Duration.ofMinutes(MINUTES)));
        settle();
    }

    /** A failed class runs a second time in the same JVM. */
    private static void forgetAnEarlierRun() {
        Stream.of(REPLICAS_UP, LISTENERS, LOSSES, UNDER_WAY).forEach(List::clear);
        postgresKills = 0;
        ledger = null;
    }

    private static void startPostgres() throws SQLException {
        Path data = folder.resolve("database");
        embedded = EmbeddedPostgres.open(data, Role.SERVE);
        postgres = new PostgresProcess(data);
        try (var connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("alter system set track_commit_timestamp = on");
        }
        postgres.kill();
    }

    private static void startReplicas() {
        for (int i = 0; i < REPLICAS; i++) {
            REPLICAS_UP.add(new Replica(postgres.replica(folder.resolve("replica-" + i))
                    .with("DETAK_SOURCE_URL", market.url())
                    .with("DETAK_POLL_EVERY", "1s")
                    .with("DETAK_MARKET_HOURS", "always")
                    .with("DETAK_ADMIN_TOKEN", DeliveryTrial.TOKEN)
                    .with("DETAK_NOTIFY_ALLOW", "127.0.0.1")
                    .with("DETAK_SECRET_KEY", "the same on all replicas")));
        }
        CompletableFuture.allOf(REPLICAS_UP.stream()
                        .map(replica -> CompletableFuture.runAsync(replica::start))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private static boolean isCalm() {
        return postgres.postmaster().isPresent() && REPLICAS_UP.stream().allMatch(Replica::isCalm);
    }

    private static void rage(Instant end) {
        while (Instant.now().isBefore(end)) {
            switch (RANDOM.nextInt(9)) {
                case 0, 1, 2 -> killAnyReplica();
                case 3, 4 -> killPostgresInARow();
                case 5 -> putAnyReplicaToSleep();
                case 6 -> troubleTheSite();
                case 7 -> troubleTheReceiver();
                default -> {
                    troubleTheSite();
                    troubleTheReceiver();
                    killAnyReplica();
                    killPostgresInARow();
                }
            }
            pause(2000 + RANDOM.nextInt(8000));
        }
    }

    /** One replica at a time is away. */
    private static Optional<Replica> anyReplica() {
        Replica chosen = REPLICAS_UP.get(RANDOM.nextInt(REPLICAS));
        return Optional.of(chosen)
                .filter(replica -> replica.isUp()
                        && REPLICAS_UP.stream().filter(Replica::isUp).count() > 1);
    }

    private static void killAnyReplica() {
        anyReplica().ifPresent(ChaosIT::killReplica);
    }

    private static void killReplica(Replica replica) {
        Instant at = Instant.now();
        replica.kill();
        LOSSES.add(new Loss(replica, true, at, at));
        later(RANDOM.nextInt(2000), replica::start);
    }

    private static void killPostgresInARow() {
        for (int i = RANDOM.nextInt(3); i >= 0; i--) {
            killPostgres();
            pause(RANDOM.nextInt(1500));
        }
    }

    private static void killPostgres() {
        if (postgres.postmaster().isPresent()) {
            postgresKills++;
            postgres.kill();
        }
    }

    private static void putAnyReplicaToSleep() {
        if (LOSSES.stream().anyMatch(loss -> loss.until().isAfter(Instant.now()))) {
            return;
        }
        anyReplica().ifPresent(replica -> {
            int millis = 1000 * SHORTEST_SLEEP_SECONDS + RANDOM.nextInt(5000);
            Instant at = Instant.now();
            replica.sleep();
            LOSSES.add(new Loss(replica, false, at, at.plusMillis(millis)));
            later(millis, replica::wake);
        });
    }

    private static void troubleTheSite() {
        market.cause(any(OscillatingMarket.Trouble.values()));
        later(2000 + RANDOM.nextInt(6000), () -> market.cause(OscillatingMarket.Trouble.NONE));
    }

    private static void troubleTheReceiver() {
        trial.cause(any(DeliveryTrial.Trouble.values()));
        later(2000 + RANDOM.nextInt(8000), () -> trial.cause(DeliveryTrial.Trouble.SOMETIMES));
    }

    /** Starts with a period without failures. */
    private static <T> T any(T[] troubles) {
        return troubles[1 + RANDOM.nextInt(troubles.length - 1)];
    }

    private static void later(int millis, Runnable work) {
        Executor executor = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
        UNDER_WAY.add(CompletableFuture.runAsync(work, executor));
    }

    /**
     * All failures end. Then the values stop falling, polling stops, and everything that was served is stored and
     * delivered.
     */
    private static void settle() throws Exception {
        CompletableFuture.allOf(UNDER_WAY.toArray(CompletableFuture[]::new))
                .get(SETTLED_BY.toSeconds(), TimeUnit.SECONDS);
        market.cause(OscillatingMarket.Trouble.NONE);
        market.swing(false);
        await("all replicas work by the database again", ChaosIT::isCalm);
        // longer than the margin of a calm period
        awaitPages(12);
        askNoMore();
        trial.settle(postgres::connect);
        calm.close();
        LISTENERS.forEach(StreamListener::close);
        served = market.log().stream()
                .sorted(Comparator.comparing(Answered::began))
                .toList();
        try (var connection = postgres.connect()) {
            ledger = ChaosLedger.read(connection);
        }
    }

    private static void askNoMore() {
        await("the site is asked no more", () -> {
            try (var connection = postgres.connect();
                    Statement statement = connection.createStatement()) {
                return statement.executeUpdate("update source set active = false where lease_until is null") == 1;
            } catch (SQLException e) {
                return false;
            }
        });
        await("nothing waits in a spool", ChaosIT::isCalm);
    }

    private static void awaitPages(int more) {
        int before = whole();
        await(more + " more pages", () -> whole() >= before + more);
    }

    private static int whole() {
        return (int) market.log().stream()
                .filter(answer -> answer.given() == Given.WHOLE)
                .count();
    }

    private static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what + " (logs in target/it)")
                .atMost(SETTLED_BY)
                .pollInterval(Duration.ofMillis(50))
                .until(condition::getAsBoolean);
    }

    private static void pause(int millis) {
        PackagedDetak.pause(Duration.ofMillis(millis));
    }

    private static void printCounts() {
        System.out.printf(
                Locale.ROOT,
                "ChaosIT: %d minutes, %d replicas killed, %d suspended, PostgreSQL killed %d times, %s; seed %d%n",
                MINUTES,
                losses(true).size(),
                losses(false).size(),
                postgresKills,
                ledger == null ? "not settled" : outcome(),
                SEED);
    }

    private static String outcome() {
        return String.format(
                Locale.ROOT,
                "%,d pages given, %,d stored (%,d late), %,d attempts failed, %,d missing after a kill, %,d after a suspension, %,d otherwise, longest gap %d s, %,d alerts, %s",
                whole(),
                ledger.pages().size(),
                ledger.late().size(),
                ledger.failed().values().stream().mapToInt(Integer::intValue).sum(),
                missingThrough(true).size(),
                missingThrough(false).size(),
                missing().size()
                        - missingThrough(true).size()
                        - missingThrough(false).size(),
                gaps().values().stream()
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO)
                        .toSeconds(),
                ledger.alerts().size(),
                trial.counts());
    }

    private static List<Loss> losses(boolean killed) {
        return LOSSES.stream().filter(loss -> loss.killed() == killed).toList();
    }

    private static List<Answered> missing() {
        Set<Integer> stored = ledger.pages().stream().map(Stored::page).collect(Collectors.toSet());
        return served.stream()
                .filter(answer -> answer.given() == Given.WHOLE && !stored.contains(answer.page()))
                .toList();
    }

    /** The loss of a process for each page that is not stored; each loss counts once. */
    private static Map<Answered, Optional<Loss>> lossesOfMissing() {
        List<Loss> left = new ArrayList<>(LOSSES);
        left.sort(Comparator.comparing(loss -> !loss.killed()));
        Map<Answered, Optional<Loss>> losses = new LinkedHashMap<>();
        for (Answered answer : missing()) {
            Optional<Loss> loss = left.stream()
                    .filter(one -> one.beganBetween(
                            answer.began().minus(ON_THE_WAY), answer.ended().plus(WRITTEN_BY)))
                    .findFirst();
            loss.ifPresent(left::remove);
            losses.put(answer, loss);
        }
        return losses;
    }

    private static List<Integer> missingThrough(boolean kill) {
        return lossesOfMissing().entrySet().stream()
                .filter(entry ->
                        entry.getValue().filter(loss -> loss.killed() == kill).isPresent())
                .map(entry -> entry.getKey().page())
                .toList();
    }

    /** For each page that was served completely, the time until the next request. */
    private static Map<Instant, Duration> gaps() {
        Map<Instant, Duration> gaps = new TreeMap<>();
        IntStream.range(1, served.size())
                .filter(i -> served.get(i - 1).given() == Given.WHOLE)
                .forEach(i -> gaps.put(
                        served.get(i - 1).began(),
                        Duration.between(
                                served.get(i - 1).began(), served.get(i).began())));
        return gaps;
    }

    @AfterAll
    static void leaveNothingRunningAndPrintCounts() {
        CompletableFuture.allOf(REPLICAS_UP.stream()
                        .map(replica -> CompletableFuture.runAsync(replica::close))
                        .toArray(CompletableFuture[]::new))
                .join();
        Stream.of(embedded, market, trial).filter(one -> one != null).forEach(ChaosIT::close);
        printCounts();
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyPageIsStoredUnlessItsProcessWasKilledOrSuspended() {
        assertThat(lossesOfMissing()).allSatisfy((answer, loss) -> assertThat(loss)
                .as("the process that was given it was killed, or slept")
                .isPresent());
        assertThat(missingThrough(false).size())
                .as("given to those that slept, and stored as attempts that failed")
                .isLessThanOrEqualTo(ledger.timedOut());
    }

    @Test
    void storedPagesWereServedOnceWithTheseValues() {
        Map<Integer, Answered> given = served.stream()
                .filter(answer -> answer.given() != Given.NOT)
                .collect(Collectors.toMap(Answered::page, answer -> answer));
        assertThat(ledger.pages()).isNotEmpty().extracting(Stored::page).doesNotHaveDuplicates();
        assertThat(ledger.pages()).allSatisfy(page -> assertThat(page.values())
                .isEqualTo(given.get(page.page()).values()));
        assertThat(ledger.conflicts()).isZero();
    }

    @Test
    void pagesAreStoredWithTheirTimeOfArrival() {
        Map<Integer, Answered> given = served.stream().collect(Collectors.toMap(Answered::page, answer -> answer));
        assertThat(ledger.pages()).allSatisfy(page -> assertThat(page.observedAt())
                .isBetween(
                        given.get(page.page()).began(),
                        given.get(page.page()).ended().plusSeconds(30)));
    }

    @Test
    void eachFallIsAlertedOnce() {
        List<Told> expected = LEVELS.entrySet().stream()
                .flatMap(rule -> ledger.expected(rule.getKey(), rule.getValue()).stream())
                .toList();
        assertThat(expected).isNotEmpty();
        assertThat(ledger.alerts()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void eachAlertIsDeliveredAndNothingElseIs() {
        int expected = LEVELS.entrySet().stream()
                .mapToInt(rule -> 2
                        * CHANNELS.get(rule.getKey())
                        * ledger.expected(rule.getKey(), rule.getValue()).size())
                .sum();
        assertThat(trial.messagesOfRules()).isEqualTo(expected);
        trial.everyCommittedStepWasDelivered();
        trial.onlyCommittedMessagesWereSent();
        trial.eachChannelGotTheStepsOfARuleInOrder();
        trial.eachAlertWasDeliveredOnceAndFiringFirst();
        assertThat(trial.repeats()).isLessThanOrEqualTo((LOSSES.size() + postgresKills) * LANES + trial.cuts());
    }

    @Test
    void duePollsRunOnOneReplicaOnly() {
        for (Span span : calm.spans()) {
            List<Answered> polls = served.stream()
                    .filter(answer -> span.contains(answer.began()))
                    .toList();
            assertThat(polls)
                    .hasSizeLessThan((int) (span.length().toMillis() / (POLL_EVERY.toMillis() * (1 - JITTER)))
                            + 1
                            + POLLS_MADE_UP_FOR);
            assertThat(IntStream.range(1, polls.size()).filter(i -> polls.get(i)
                            .began()
                            .isBefore(polls.get(i - 1).ended())))
                    .as("polls while another is under way")
                    .isEmpty();
        }
    }

    @Test
    void lostProcessesDelayPollsByAMinuteAtMost() {
        assertThat(gaps()).allSatisfy((began, gap) -> {
            long losses = LOSSES.stream()
                    .filter(loss -> loss.meets(began, began.plus(gap)))
                    .count();
            assertThat(gap).isLessThan(MAX_DELAY.multipliedBy(Math.max(1, losses)));
        });
    }

    @Test
    void noReplicaEndedUnexpectedly() {
        assertThat(REPLICAS_UP)
                .allSatisfy(replica -> assertThat(replica.isAlive()).isTrue());
    }

    @Test
    void streamsDeliverEveryQuoteThatWasNotOvertaken() {
        assertThat(calm.spans()).isNotEmpty();
        assertThat(unheard()).isEmpty();
    }

    /** In calm periods, the attempts that were neither streamed nor replaced: a replaced attempt brings no quotes. */
    private static Set<String> unheard() {
        Set<String> unheard = new TreeSet<>();
        for (int i = 0; i < LISTENERS.size(); i++) {
            for (Connection connection : LISTENERS.get(i).connections()) {
                for (Span span : calmSpansOf(REPLICAS_UP.get(i))) {
                    List<Stored> stored = storedIn(span, connection);
                    long silent = stored.stream()
                            .filter(page -> !heard(connection).contains(page.capture()))
                            .count();
                    if (silent > silentAttempts(connection, stored)) {
                        unheard.add("replica " + i + ": " + silent + " of " + stored.size() + " between " + span.from()
                                + " and " + span.until());
                    }
                }
            }
        }
        return unheard;
    }

    private static List<Span> calmSpansOf(Replica replica) {
        return calm.spans().stream()
                .filter(span -> LOSSES.stream()
                        .noneMatch(loss -> loss.replica() == replica && loss.meets(span.from(), span.until())))
                .toList();
    }

    private static List<Stored> storedIn(Span span, Connection connection) {
        return ledger.pages().stream()
                .filter(page -> span.contains(page.committedAt())
                        && connection.since().isBefore(page.committedAt())
                        && connection.until().isAfter(span.until()))
                .toList();
    }

    private static Set<Object> heard(Connection connection) {
        return connection.attempts().stream()
                .filter(attempt ->
                        attempt.quotes().size() == served.get(0).values().size())
                .map(Attempt::capture)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** From the last attempt streamed before these pages to the first streamed after them. */
    private static long silentAttempts(Connection connection, List<Stored> stored) {
        Map<Object, Instant> commits =
                ledger.pages().stream().collect(Collectors.toMap(Stored::capture, Stored::committedAt));
        Instant first = stored.stream()
                .map(Stored::committedAt)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        Instant last = stored.stream()
                .map(Stored::committedAt)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        List<Attempt> attempts = connection.attempts();
        int from = IntStream.range(0, attempts.size())
                .filter(i -> commits.getOrDefault(attempts.get(i).capture(), Instant.MAX)
                        .isBefore(first))
                .max()
                .orElse(0);
        int until = IntStream.range(from, attempts.size())
                .filter(i -> commits.getOrDefault(attempts.get(i).capture(), Instant.MIN)
                        .isAfter(last))
                .findFirst()
                .orElse(attempts.size());
        return IntStream.range(from, until)
                .filter(i -> attempts.get(i).capture() == null)
                .count();
    }
}
