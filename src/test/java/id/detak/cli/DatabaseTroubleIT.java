package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.InstalledPostgres;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.RunningDetak;
import id.detak.testsupport.TickingMarket;
import id.detak.testsupport.TroubledWire;
import id.detak.testsupport.TroubledWire.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Detak polls every second and is read all the time, while the PostgreSQL of somebody else that it works on meets one trouble after
 * the other. Then what the site served is compared with what is stored. {@code mvn verify -Pchaos} takes many troubles, at random.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
@EnabledIfSystemProperty(named = "detak.thorough", matches = "true")
class DatabaseTroubleIT {

    private static final int ROUNDS = Integer.getInteger("detak.it.troubles", 0);
    private static final long SEED = Long.getLong("detak.it.seed", System.nanoTime());
    /** One is frozen that long, and requests are refused sooner. */
    private static final Duration FREEZE = Duration.ofSeconds(6);
    /** Of a request under way: until it is known, and then until the pool gives up its try at a new connection. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(8);
    private static final Duration TO_FIND_OUT = Duration.ofSeconds(5);
    private static final Duration AT_ONCE = Duration.ofMillis(1500);
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(45);

    private enum Trouble {
        NONE, BACKENDS_ENDED, CONNECTIONS_USED_UP, CRASHED, FROZEN, WIRE_SLOW, WIRE_CUT, WIRE_SWALLOWS
    }

    /** @param status 0 where none came in time */
    private record Answer(Trouble trouble, String path, int status, Duration after, Duration took) {
    }

    @TempDir
    Path folder;

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Random random = new Random(SEED);
    private volatile Trouble trouble = Trouble.NONE;
    private volatile long troubledAt = System.nanoTime();
    private volatile boolean calm;
    private RunningDetak running;

    @Test
    void nothingIsLostOrDoubledAndWhoAsksIsToldAtOnce() throws Exception {
        System.out.println("DatabaseTroubleIT: " + ROUNDS + " rounds, -Ddetak.it.seed=" + SEED);
        try (InstalledPostgres postgres = postgres(); TroubledWire wire = new TroubledWire(postgres.port()); TickingMarket market = new TickingMarket()) {
            PackagedDetak detak = detak(postgres, "jdbc:postgresql://127.0.0.1:" + wire.port() + "/detak", market);
            try (RunningDetak serving = detak.serve()) {
                running = serving;
                List<Thread> readers = read("/api/v1/latest?x=", "/api/v1/changes?x=", "/alerts?x=");
                awaitPageAfter(market, 0);
                for (Trouble next : troubles()) {
                    meet(next, postgres, wire, market);
                    awaitPageAfter(market, market.served());
                }
                calm = true;
                for (Thread reader : readers) {
                    reader.join();
                }
                await("all that waited is written", () -> spooled().isEmpty());
                serving.stop();
            }
            assertEachPageIsStoredOnce(postgres, market);
        }
        assertThat(answers).filteredOn(answer -> answer.trouble() == Trouble.BACKENDS_ENDED || answer.trouble() == Trouble.NONE)
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(answers).extracting(Answer::status).containsOnly(200, 503).contains(503);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.took()).isLessThan(UNDER_WAY));
        assertThat(answers).filteredOn(answer -> answer.status() == 503 && answer.after().compareTo(TO_FIND_OUT) > 0)
                .allSatisfy(answer -> assertThat(answer.took()).isLessThan(AT_ONCE)).isNotEmpty();
    }

    private Iterable<Trouble> troubles() {
        if (ROUNDS == 0) {
            return List.of(Trouble.BACKENDS_ENDED, Trouble.CONNECTIONS_USED_UP, Trouble.CRASHED, Trouble.FROZEN);
        }
        Trouble[] all = Trouble.values();
        return Stream.generate(() -> all[1 + random.nextInt(all.length - 1)]).limit(ROUNDS).toList();
    }

    private void meet(Trouble next, InstalledPostgres postgres, TroubledWire wire, TickingMarket market) throws Exception {
        int before = market.served();
        troubledAt = System.nanoTime();
        trouble = next;
        switch (next) {
            case NONE -> { }
            case BACKENDS_ENDED -> {
                // further apart than a request takes: one that is hit twice is refused
                for (int i = 0; i < 2; i++) {
                    postgres.endBackends();
                    Thread.sleep(1500);
                }
            }
            case CONNECTIONS_USED_UP -> {
                postgres.limitConnections(0);
                postgres.endBackends();
                Thread.sleep(1500);
                postgres.limitConnections(-1);
            }
            case CRASHED -> {
                postgres.close();
                Thread.sleep(1500);
                postgres.startAgain();
            }
            case FROZEN -> {
                postgres.signal("STOP");
                try {
                    whileFrozen(market, before);
                } finally {
                    postgres.signal("CONT");
                }
            }
            case WIRE_SLOW -> through(wire, State.SLOW, Duration.ofSeconds(3));
            case WIRE_CUT -> through(wire, State.CUT, Duration.ofMillis(500 + random.nextInt(3000)));
            case WIRE_SWALLOWS -> through(wire, State.SWALLOWING, FREEZE);
        }
    }

    private void whileFrozen(TickingMarket market, int before) throws Exception {
        Thread.sleep(FREEZE.toMillis());
        assertThat(running.get("/q/health/ready").statusCode()).isEqualTo(503);
        assertThat(running.get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(running.get("/manifest.webmanifest").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = running.get("/api/v1/latest");
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(market.served()).as("polls while it is frozen").isGreaterThan(before + 1);
        assertThat(spooled()).isNotEmpty();
    }

    private static void through(TroubledWire wire, State state, Duration time) throws InterruptedException {
        wire.become(state);
        Thread.sleep(time.toMillis());
        wire.become(State.WHOLE);
    }

    /** With a standby that is promoted under load; the old primary comes back as nobody. */
    @Test
    @EnabledIfSystemProperty(named = "detak.it.troubles", matches = "[1-9]\\d*")
    void aStandbyThatIsPromotedTakesOver() throws Exception {
        InstalledPostgres primary = postgres();
        try (InstalledPostgres standby = primary.standby(folder.resolve("standby")); TickingMarket market = new TickingMarket()) {
            String hosts = "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/detak?targetServerType=primary".formatted(primary.port(), standby.port());
            PackagedDetak detak = detak(primary, hosts, market);
            int atTheEnd;
            try (RunningDetak serving = detak.serve()) {
                running = serving;
                List<Thread> readers = read("/api/v1/latest?x=", "/api/v1/changes?x=");
                awaitPageAfter(market, 5);
                atTheEnd = market.served();
                // what the standby has not got yet would be lost with the primary, whoever asks
                await("the standby has got it", () -> storedIn(standby) >= atTheEnd);
                primary.close();
                Thread.sleep(3000);
                standby.promote();
                awaitPageAfter(market, market.served());
                calm = true;
                for (Thread reader : readers) {
                    reader.join();
                }
                assertThat(detak.run("poll").exitCode()).isZero();
                await("all that waited is written", () -> spooled().isEmpty());
                serving.stop();
            }
            assertEachPageIsStoredOnce(standby, market);
        }
        assertThat(answers).extracting(Answer::status).containsOnly(200, 503);
    }

    private static int storedIn(InstalledPostgres postgres) {
        try (Connection connection = postgres.connect("detak"); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from capture")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            return 0;
        }
    }

    private InstalledPostgres postgres() throws Exception {
        Path programs = InstalledPostgres.programs().orElse(null);
        Assumptions.assumeTrue(programs != null, "this machine has no PostgreSQL of its own");
        InstalledPostgres postgres = InstalledPostgres.start(programs, folder.resolve("postgres"));
        postgres.create("detak");
        return postgres;
    }

    private PackagedDetak detak(InstalledPostgres postgres, String url, TickingMarket market) {
        return postgres.giveAt(url, PackagedDetak.on(folder.resolve("data"))).with("DETAK_SOURCE_URL", market.url()).with("DETAK_POLL_EVERY", "1s")
                .with("DETAK_MARKET_HOURS", "always").with("DETAK_ADMIN_TOKEN", "token");
    }

    private List<Thread> read(String... paths) {
        List<Thread> readers = new ArrayList<>();
        for (String path : paths) {
            Thread reader = new Thread(() -> readOn(path), "reader of " + path);
            reader.start();
            readers.add(reader);
        }
        return readers;
    }

    private void readOn(String path) {
        for (int i = 0; !calm; i++) {
            Trouble during = trouble;
            long asked = System.nanoTime();
            int status = 0;
            try {
                status = running.get(path + i).statusCode();
            } catch (IOException e) {
                // none came in time
            }
            if (during == trouble) {
                answers.add(new Answer(during, path, status, Duration.ofNanos(asked - troubledAt), Duration.ofNanos(System.nanoTime() - asked)));
            }
            pause();
        }
    }

    private void awaitPageAfter(TickingMarket market, int page) {
        await("a page after number " + page + " in the API", () -> {
            try {
                HttpResponse<String> latest = running.get("/api/v1/indicators/IDX/history?interval=raw&maxPoints=100000");
                return latest.statusCode() == 200 && Stream.of(latest.body().replaceAll(".*\"close\":\\[([^]]*)].*", "$1").split(","))
                        .filter(value -> value.matches("[\\d.]+")).anyMatch(value -> market.pageOf("IDX", new BigDecimal(value)).orElse(0) > page);
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + RECOVERY_LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s: not in time (-Ddetak.it.seed=%d; target/it holds the logs)", what, SEED).isLessThan(end);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** All but the page that was under way when Detak was stopped. */
    private static void assertEachPageIsStoredOnce(InstalledPostgres postgres, TickingMarket market) throws SQLException {
        Map<Integer, Integer> rows = new TreeMap<>();
        try (Connection connection = postgres.connect("detak"); Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("""
                    select code, value from observation join indicator on indicator.id = indicator_id where quality <> 'implied'""")) {
                while (row.next()) {
                    rows.merge(market.pageOf(row.getString(1), row.getBigDecimal(2)).orElseThrow(), 1, Integer::sum);
                }
            }
            try (ResultSet row = statement.executeQuery("select count(*) from capture where outcome <> 'ok'")) {
                row.next();
                assertThat(row.getInt(1)).as("attempts that brought nothing").isZero();
            }
        }
        rows.remove(market.served());
        assertThat(rows.keySet()).containsExactlyElementsOf(IntStream.range(1, market.served()).boxed().toList());
        assertThat(rows.values()).containsOnly(market.quotesOfAPage());
    }

    private List<Path> spooled() {
        Path spool = folder.resolve("data").resolve("spool");
        if (!Files.exists(spool)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(spool)) {
            return paths.filter(path -> path.toString().endsWith(".json.gz")).toList();
        } catch (IOException | UncheckedIOException e) {
            // one went while it was looked at
            return spooled();
        }
    }
}
