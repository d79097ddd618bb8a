package id.detak.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.embedded.EmbeddedPostgres;
import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.RunningDetak;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten indicators by the minute: a database of one year, and one with ten times the rows, each with its own packaged
 * program.
 */
class SeriesBench {

    private static final LocalDate LAST_DAY = LocalDate.of(2025, 10, 31);
    private static final int YEARS = Integer.getInteger("detak.bench.years", 10);
    private static final int MINUTES = Integer.getInteger("detak.bench.minutes", MinuteRows.A_YEAR);
    private static final int ROUNDS = 9;
    private static final int ASKED_A_ROUND = 100;
    private static final int WARMING = 4000;
    /** The query of SeriesReader. */
    private static final String SQL = """
            select start, open, high, low, close, sum, count from bar
            where indicator_id = ? and measure = ? and interval = ? and start >= ? and start <= ? and last_at >= ? and first_at <= ?
            order by start limit 1000
            """;

    @TempDir
    static Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private int asked;

    @Test
    void historyAndLatest() throws Exception {
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.open(Files.createDirectories(folder.resolve("postgres")), Role.COMMAND)) {
            try (Connection connection =
                            DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("create database small");
                statement.execute("create database large");
            }
            PackagedDetak small = filled(postgres, "small", MINUTES);
            PackagedDetak large = filled(postgres, "large", MINUTES * YEARS);
            try (RunningDetak one = small.serve();
                    RunningDetak other = large.serve();
                    PlainHttp ofSmall = new PlainHttp(small.httpPort());
                    PlainHttp ofLarge = new PlainHttp(large.httpPort());
                    Connection jdbc = connect(postgres, "small")) {
                duels(ofSmall, ofLarge, jdbc);
            }
        }
    }

    private static Connection connect(EmbeddedPostgres postgres, String database) throws Exception {
        return DriverManager.getConnection(
                postgres.jdbcUrl().replaceFirst("/detak", "/" + database), postgres.username(), postgres.password());
    }

    private static PackagedDetak filled(EmbeddedPostgres postgres, String database, int minutes) throws Exception {
        PackagedDetak detak = PackagedDetak.on(folder.resolve(database))
                .with("DETAK_DB_URL", postgres.jdbcUrl().replaceFirst("/detak", "/" + database))
                .with("DETAK_DB_USER", postgres.username())
                .with("DETAK_DB_PASSWORD", postgres.password())
                .with("DETAK_SOURCE_URL", "http://127.0.0.1:1/")
                .with("DETAK_POLL_EVERY", "PT12H")
                .forTheLongRun();
        Path rows = MinuteRows.csv(folder.resolve(database + ".csv"), LAST_DAY, minutes, 1);
        PackagedDetak.Finished finished = detak.run(Duration.ofMinutes(30), "import", rows.toString());
        assertThat(finished.output()).contains("new " + (long) minutes * MinuteRows.CODES.size());
        Files.delete(rows);
        return detak;
    }

    private void duels(PlainHttp small, PlainHttp large, Connection jdbc) throws Exception {
        try (PreparedStatement statement = jdbc.prepareStatement(SQL)) {
            List<String> closes = new ArrayList<>();
            json.readTree(small.get(history())).at("/points/close").forEach(close -> closes.add(close.asText()));
            assertThat(bars(statement).stream()
                            .map(bar -> new BigDecimal(bar.toString()).doubleValue())
                            .toList())
                    .isEqualTo(closes.stream().map(Double::valueOf).toList())
                    .isNotEmpty();

            for (int i = 0; i < WARMING; i++) {
                small.get(history());
                large.get(history());
                small.get("/api/v1/latest");
                large.get("/api/v1/latest");
                bars(statement);
            }
            Duel latest = Duel.of(
                    ROUNDS,
                    () -> many(() -> large.get("/api/v1/latest")),
                    () -> many(() -> small.get("/api/v1/latest")));
            put(
                    "Latest of all, ten times the rows against one year",
                    latest,
                    String.format(Locale.ROOT, "%.2f", latest.ratio()),
                    "at most 1.5",
                    latest.ratio() <= 1.5);
            Duel sql = Duel.of(ROUNDS, () -> many(() -> small.get(history())), () -> many(() -> bars(statement)));
            put(
                    "A year to 1000 points over HTTP, not cached, against the same SQL on the bars by JDBC",
                    sql,
                    String.format(Locale.ROOT, "%.2f", sql.ratio()),
                    "at most 2",
                    sql.ratio() <= 2);
            double median = sql.ours() / ASKED_A_ROUND;
            ResultTable.put(
                    "A year to 1000 points over HTTP, not cached",
                    Duel.time(median),
                    "",
                    "at most 10 ms",
                    median <= 10);
            Duel rows = Duel.of(ROUNDS, () -> many(() -> large.get(history())), () -> many(() -> small.get(history())));
            put(
                    "A year to 1000 points, ten times the rows against one year",
                    rows,
                    String.format(Locale.ROOT, "%.2f", rows.ratio()),
                    "0.8 to 1.2",
                    rows.ratio() >= 0.8 && rows.ratio() <= 1.2);
        }
    }

    private static void put(String what, Duel duel, String ratio, String wanted, boolean met) {
        ResultTable.put(
                what,
                Duel.time(duel.ours() / ASKED_A_ROUND) + " against " + Duel.time(duel.reference() / ASKED_A_ROUND),
                ratio,
                wanted,
                met);
    }

    private static void many(Duel.Work work) throws Exception {
        for (int i = 0; i < ASKED_A_ROUND; i++) {
            work.run();
        }
    }

    /** Uses another second each time, so that no response is cached. */
    private String history() {
        asked++;
        return "/api/v1/indicators/LQ45/history?from=2024-11-01&maxPoints=1000&to="
                + OffsetDateTime.parse("2025-11-01T00:00:00Z")
                        .plusSeconds(asked)
                        .toInstant();
    }

    private List<BigDecimal> bars(PreparedStatement statement) throws Exception {
        statement.setInt(1, 1);
        statement.setString(2, "value");
        statement.setString(3, "1d");
        statement.setObject(4, OffsetDateTime.parse("2024-10-31T17:00:00Z"));
        statement.setObject(5, OffsetDateTime.parse("2025-11-01T00:00:01Z"));
        statement.setObject(6, OffsetDateTime.parse("0001-01-01T00:00:00Z"));
        statement.setObject(7, OffsetDateTime.parse("2025-11-01T00:00:01Z"));
        List<BigDecimal> closes = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                rows.getObject(1, OffsetDateTime.class);
                rows.getBigDecimal(2);
                rows.getBigDecimal(3);
                rows.getBigDecimal(4);
                closes.add(rows.getBigDecimal(5));
                rows.getBigDecimal(6);
                rows.getInt(7);
            }
        }
        return closes;
    }
}
