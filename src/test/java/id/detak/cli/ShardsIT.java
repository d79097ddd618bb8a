package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.detak.database.Database;
import id.detak.embedded.EmbeddedPostgres;
import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.embedded.SharedBinaries;
import id.detak.testsupport.Origin;
import id.detak.testsupport.Origin.Answer;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.Pages;
import id.detak.testsupport.ReleasedSchema;
import id.detak.testsupport.RunningDetak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The schema distributes by {@code indicator_id}: on a PostgreSQL whose tables are hash-partitioned by it, as
 * {@code distribute.sql} spreads them over a cluster, the program runs as it is, and its plans (reported by
 * PostgreSQL's auto_explain) read one partition.
 */
@EnabledIfSystemProperty(named = "detak.thorough", matches = "true")
class ShardsIT {

    private static final Path SCRIPT = Path.of(System.getProperty("basedir", "."), "src/main/citus/distribute.sql");
    private static final int SHARDS = 4;
    private static final Duration POLL_LIMIT = Duration.ofMinutes(2);

    /** Parts of the queries that concern all indicators, with how often they run. */
    private static final List<String> OF_ALL = List.of(
            // latest of all
            "cross join lateral (select * from observation where indicator_id = s.indicator_id",
            // level changes: with latest and changes; a partial index holds these few rows
            "where indicator_id = s.indicator_id and reason = 'level-changed'",
            // the quotes of a capture: once per capture
            "join observation o on o.indicator_id = i.id and o.observed_at =",
            // conflicts of a capture: when someone opens it
            "where c.capture_id = $1 order by i.id",
            // superseded quotes of a capture: when someone opens it
            "from observation_superseded where indicator_id in (select id from indicator)",
            // numbers of a capture whose source does not lead: when someone opens it
            "from other_observation where indicator_id in (select id from indicator)",
            // the day bars of all: once for each state of the series
            "where interval = '1d' and (measure",
            // the sparklines of the overview: at most once a second
            "from bar where indicator_id in (",
            "join series s on s.indicator_id = w.id",
            // the close differences on the overview: at most once a second
            "row_number() over (partition by d.indicator_id",
            // the versions of all: at most once a second
            "from series s",
            // housekeeping, once a day
            "select indicator_id from series");

    @TempDir
    Path folder;

    @Test
    void aHotQueryTouchesOneShardOnly() throws Exception {
        Path data = Files.createDirectories(folder.resolve("postgres"));
        SharedBinaries.link(data);
        Path log = data.resolve("postgres.log");
        List<String> tables = distributed();
        assertThat(tables).contains("observation", "bar", "series");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(data, Role.COMMAND);
                Origin origin = Origin.of(path -> Answer.page(Pages.EARLY))) {
            Database database = new Database(postgres.jdbcUrl(), postgres.username(), postgres.password(), null);
            ReleasedSchema.write(database, "3");
            ReleasedSchema.upgrade(database);
            shard(database, tables);
            PackagedDetak detak = PackagedDetak.on(folder.resolve("data"))
                    .with("DETAK_DB_URL", database.url())
                    .with("DETAK_DB_USER", database.username())
                    .with("DETAK_DB_PASSWORD", database.password())
                    .with("DETAK_SOURCE_URL", origin.url("/"))
                    .with("DETAK_POLL_EVERY", "1s")
                    .with("DETAK_MARKET_HOURS", "always");
            try (RunningDetak serving = detak.serve()) {
                await("a poll").atMost(POLL_LIMIT).until(() -> plans(Files.readString(log)).stream()
                        .anyMatch(plan -> plan.contains("insert into bar")));
                String capture =
                        serving.get("/api/v1/latest").body().replaceFirst("(?s).*?\"captureId\":\"([^\"]+)\".*", "$1");
                for (String path : List.of(
                        "latest",
                        "indicators",
                        "changes",
                        "compare?codes=LQ45,EMAS",
                        "indicators/LQ45/history",
                        "indicators/LQ45/history?interval=1d",
                        "indicators/LQ45/history?interval=1h&from=2021-01-01",
                        "indicators/LQ45/history.csv?interval=raw",
                        "indicators/RD.SAHAM/history",
                        "indicators/LQ45/observations",
                        "indicators/LQ45/sessions",
                        "captures/" + capture)) {
                    assertThat(serving.get("/api/v1/" + path).statusCode())
                            .as(path)
                            .isEqualTo(200);
                }
                assertThat(serving.get("/").statusCode()).isEqualTo(200);
            }
        }
        List<String> plans = plans(Files.readString(log));
        List<String> ofSeveral =
                plans.stream().filter(plan -> shards(plan).size() > 1).toList();
        System.out.printf(
                Locale.ROOT,
                "ShardsIT: %,d plans, %,d of them on more than one shard%n",
                plans.size(),
                ofSeveral.size());
        assertThat(plans)
                .as("what was asked")
                .anyMatch(plan -> plan.contains("insert into observation "))
                .anyMatch(plan -> plan.contains("insert into bar"))
                .anyMatch(plan -> plan.contains("from bar"));
        assertThat(ofSeveral).isNotEmpty().allMatch(plan -> OF_ALL.stream().anyMatch(plan::contains));
    }

    /** The tables that the script distributes. */
    private static List<String> distributed() throws IOException {
        return Pattern.compile("create_distributed_table\\('(\\w+)', 'indicator_id'")
                .matcher(Files.readString(SCRIPT))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    /** As on a cluster, each key must contain indicator_id, or the table cannot be created. */
    private static void shard(Database database, List<String> tables) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(database.url(), database.username(), database.password());
                Statement statement = connection.createStatement()) {
            for (String table : tables) {
                statement.execute("alter table %1$s rename to %1$s_whole".formatted(table));
                statement.execute("create table %1$s (like %1$s_whole including all) partition by hash (indicator_id)"
                        .formatted(table));
                for (int i = 0; i < SHARDS; i++) {
                    statement.execute(
                            "create table %1$s_shard%2$d partition of %1$s for values with (modulus %3$d, remainder %2$d)"
                                    .formatted(table, i, SHARDS));
                }
                statement.execute("insert into %1$s select * from %1$s_whole".formatted(table));
                statement.execute("drop table %s_whole".formatted(table));
            }
            statement.execute("analyze");
            statement.execute("alter database detak set session_preload_libraries = 'auto_explain'");
            statement.execute("alter database detak set auto_explain.log_min_duration = 0");
            statement.execute("alter database detak set auto_explain.log_analyze = on");
        }
    }

    /** Query and plan of each statement: the lines that begin with a tab. */
    private static List<String> plans(String log) {
        return Pattern.compile(" plan:\n((?:\t[^\n]*\n)+)")
                .matcher(log)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    /** The partitions that were really read. */
    private static Set<String> shards(String plan) {
        Set<String> shards = new LinkedHashSet<>();
        Matcher scans = Pattern.compile(" on \\w+_shard(\\d+)\\b[^\\n]*").matcher(plan);
        for (MatchResult scan : (Iterable<MatchResult>) scans.results()::iterator) {
            if (!scan.group().contains("never executed")) {
                shards.add(scan.group(1));
            }
        }
        return shards;
    }
}
