package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.InstalledPostgres;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.RunningDetak;
import id.detak.testsupport.TickingMarket;
import id.detak.testsupport.UnreliableConnection;
import id.detak.testsupport.UnreliableConnection.State;
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
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Detak polls every second and answers requests continuously, while its external PostgreSQL fails in one way after
 * another. Then the test compares the pages of the site with the stored values. {@code mvn verify -Pslow} causes each
 * failure several times, in random order.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
@EnabledIfSystemProperty(named = "detak.thorough", matches = "true")
class DatabaseTroubleIT {

    private static final int ROUNDS = Integer.getInteger("detak.it.troubles", 0);
    private static final long SEED = Long.getLong("detak.it.seed", System.nanoTime());
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration OUTAGE = Duration.ofMillis(1500);
    private static final List<String> PATHS = List.of("/api/v1/latest", "/api/v1/changes", "/alerts");

    private enum Trouble {
        NONE,
        BACKENDS_ENDED,
        CONNECTIONS_USED_UP,
        CRASHED,
        FROZEN,
        WIRE_SLOW,
        WIRE_CUT,
        WIRE_SWALLOWS
    }

    /**
     * An answer to a request that was sent and answered during the same failure.
     *
     * @param asked when, by {@link System#nanoTime}
     * @param status 0 if there was no answer
     */
    private record Answer(Trouble trouble, String path, long asked, int status) {}

    @TempDir
    Path folder;

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Random random = new Random(SEED);
    private volatile Trouble trouble = Trouble.NONE;
    private volatile boolean calm;
    private RunningDetak running;
    private int met;
    private int pages;
    private String stored = "not read";

    @Test
    void outagesLoseNothingAndAreAnsweredWith503() throws Exception {
        try (InstalledPostgres postgres = postgres();
                UnreliableConnection wire = new UnreliableConnection(postgres.port());
                TickingMarket market = new TickingMarket()) {
            PackagedDetak detak = detak(postgres, "jdbc:postgresql://127.0.0.1:" + wire.port() + "/detak", market);
            try (RunningDetak serving = detak.serve()) {
                running = serving;
                List<Thread> readers = readAll();
                awaitPageAfter(market, 0);
                for (Trouble next : troubles()) {
                    cause(next, postgres, wire, market);
                    met++;
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
        } finally {
            calm = true;
            printCounts("%d troubles".formatted(met));
        }
        assertThat(answers)
                .filteredOn(answer -> answer.trouble() == Trouble.BACKENDS_ENDED || answer.trouble() == Trouble.NONE)
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(answers).extracting(Answer::status).containsOnly(200, 503).contains(503);
    }

    /** All kinds of failure equally often, in random order. */
    private List<Trouble> troubles() {
        if (ROUNDS == 0) {
            return List.of(Trouble.BACKENDS_ENDED, Trouble.CONNECTIONS_USED_UP, Trouble.CRASHED, Trouble.FROZEN);
        }
        List<Trouble> all = new ArrayList<>(List.of(Trouble.values()));
        all.remove(Trouble.NONE);
        List<Trouble> chosen = new ArrayList<>();
        while (chosen.size() < ROUNDS) {
            Collections.shuffle(all, random);
            chosen.addAll(all);
        }
        return chosen.subList(0, ROUNDS);
    }

    private void cause(Trouble next, InstalledPostgres postgres, UnreliableConnection wire, TickingMarket market)
            throws Exception {
        int before = market.served();
        trouble = next;
        switch (next) {
            case NONE -> {}
            case BACKENDS_ENDED -> {
                for (int i = 0; i < 2; i++) {
                    postgres.endBackends();
                    // a request that fails twice is rejected
                    awaitAnswers(answer -> true);
                }
            }
            case CONNECTIONS_USED_UP -> {
                postgres.limitConnections(0);
                postgres.endBackends();
                PackagedDetak.pause(OUTAGE);
                postgres.limitConnections(-1);
            }
            case CRASHED -> {
                postgres.close();
                PackagedDetak.pause(OUTAGE);
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
            case WIRE_SLOW -> through(wire, State.SLOW, () -> PackagedDetak.pause(Duration.ofSeconds(3)));
            case WIRE_CUT ->
                through(wire, State.CUT, () -> PackagedDetak.pause(Duration.ofMillis(500 + random.nextInt(3000))));
            case WIRE_SWALLOWS -> through(wire, State.SWALLOWING, () -> awaitAnswers(answer -> answer.status() == 503));
        }
    }

    private void whileFrozen(TickingMarket market, int before) throws Exception {
        await("not ready", () -> status("/q/health/ready") == 503);
        awaitAnswers(answer -> answer.status() == 503);
        assertThat(running.get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(running.get("/manifest.webmanifest").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = running.get("/api/v1/latest");
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        await("polls while it is frozen", () -> market.served() > before + 1);
        await("pages in the spool", () -> !spooled().isEmpty());
    }

    private static void through(UnreliableConnection wire, State state, Runnable meanwhile) {
        wire.become(state);
        meanwhile.run();
        wire.become(State.WHOLE);
    }

    /** Waits until each path has such a response to a request that is sent from now on. */
    private void awaitAnswers(Predicate<Answer> kind) {
        long now = System.nanoTime();
        Trouble current = trouble;
        await("answers during " + current, () -> PATHS.stream().allMatch(path -> answers.stream()
                .anyMatch(answer -> answer.trouble() == current
                        && answer.path().equals(path)
                        && answer.asked() - now > 0
                        && kind.test(answer))));
    }

    /** Promotes a standby under load; the old primary does not come back. */
    @Test
    @EnabledIfSystemProperty(named = "detak.it.troubles", matches = "[1-9]\\d*")
    void promotedStandbyTakesOver() throws Exception {
        InstalledPostgres primary = postgres();
        try (InstalledPostgres standby = primary.standby(folder.resolve("standby"));
                TickingMarket market = new TickingMarket()) {
            String hosts = "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/detak?targetServerType=primary"
                    .formatted(primary.port(), standby.port());
            PackagedDetak detak = detak(primary, hosts, market);
            int atTheEnd;
            try (RunningDetak serving = detak.serve()) {
                running = serving;
                List<Thread> readers = readAll();
                awaitPageAfter(market, 5);
                atTheEnd = market.served();
                // rows that the standby does not have yet would be lost with the primary in any case
                await("the standby has got it", () -> storedIn(standby) >= atTheEnd);
                primary.close();
                awaitAnswers(answer -> answer.status() == 503);
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
        } finally {
            calm = true;
            printCounts("standby promoted");
        }
        assertThat(answers).extracting(Answer::status).containsOnly(200, 503);
    }

    private static int storedIn(InstalledPostgres postgres) {
        try (Connection connection = postgres.connect("detak");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from capture")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            return 0;
        }
    }

    private InstalledPostgres postgres() throws Exception {
        Path programs = InstalledPostgres.programs().orElse(null);
        Assumptions.assumeTrue(programs != null, "no PostgreSQL is installed on this machine");
        InstalledPostgres postgres = InstalledPostgres.start(programs, folder.resolve("postgres"));
        postgres.create("detak");
        return postgres;
    }

    private PackagedDetak detak(InstalledPostgres postgres, String url, TickingMarket market) {
        return postgres.giveAt(url, PackagedDetak.on(folder.resolve("data")))
                .with("DETAK_SOURCE_URL", market.url())
                .with("DETAK_POLL_EVERY", "1s")
                .with("DETAK_MARKET_HOURS", "always")
                .with("DETAK_ADMIN_TOKEN", "token");
    }

    private List<Thread> readAll() {
        List<Thread> readers = new ArrayList<>();
        for (String path : PATHS) {
            Thread reader = new Thread(() -> readOn(path), "reader of " + path);
            reader.start();
            readers.add(reader);
        }
        return readers;
    }

    private void readOn(String path) {
        while (!calm) {
            Trouble during = trouble;
            long asked = System.nanoTime();
            int status = status(path);
            if (during == trouble) {
                answers.add(new Answer(during, path, asked, status));
            }
            PackagedDetak.pause(Duration.ofMillis(50));
        }
    }

    /** 0 if there is no answer. */
    private int status(String path) {
        try {
            return running.get(path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private void awaitPageAfter(TickingMarket market, int page) {
        await("a page after number " + page + " in the API", () -> {
            try {
                HttpResponse<String> latest =
                        running.get("/api/v1/indicators/IDX/history?interval=raw&maxPoints=100000");
                return latest.statusCode() == 200
                        && Stream.of(latest.body()
                                        .replaceAll(".*\"close\":\\[([^]]*)].*", "$1")
                                        .split(","))
                                .filter(value -> value.matches("[\\d.]+"))
                                .anyMatch(value -> market.pageOf("IDX", new BigDecimal(value))
                                                .orElse(0)
                                        > page);
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what + " (logs in target/it)").atMost(LIMIT).until(condition::getAsBoolean);
    }

    private void printCounts(String what) {
        long refused = answers.stream().filter(answer -> answer.status() == 503).count();
        System.out.printf(
                Locale.ROOT,
                "DatabaseTroubleIT: %s, %,d pages, %s, %,d answers, %,d of them refusals; seed %d%n",
                what,
                pages,
                stored,
                answers.size(),
                refused,
                SEED);
    }

    /** All except the page that was being fetched when Detak was stopped. */
    private void assertEachPageIsStoredOnce(InstalledPostgres postgres, TickingMarket market) throws SQLException {
        Map<Integer, Integer> rows = new TreeMap<>();
        try (Connection connection = postgres.connect("detak");
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("""
                    select code, value from observation join indicator on indicator.id = indicator_id where quality <> 'implied'""")) {
                while (row.next()) {
                    rows.merge(
                            market.pageOf(row.getString(1), row.getBigDecimal(2))
                                    .orElseThrow(),
                            1,
                            Integer::sum);
                }
            }
            try (ResultSet row = statement.executeQuery("select count(*) from capture where outcome <> 'ok'")) {
                row.next();
                assertThat(row.getInt(1)).as("attempts that brought nothing").isZero();
            }
        }
        rows.remove(market.served());
        pages = market.served() - 1;
        stored = String.format(
                Locale.ROOT,
                "%,d lost, %,d doubled",
                pages - rows.size(),
                rows.values().stream()
                        .filter(count -> count > market.quotesOfAPage())
                        .count());
        assertThat(rows.keySet())
                .containsExactlyElementsOf(
                        IntStream.range(1, market.served()).boxed().toList());
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
            // a file disappeared during the listing
            return spooled();
        }
    }
}
