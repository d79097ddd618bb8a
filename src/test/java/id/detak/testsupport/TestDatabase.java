package id.detak.testsupport;

import id.detak.embedded.EmbeddedPostgres;
import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.embedded.SharedBinaries;
import id.detak.indicator.Indicators;
import id.detak.series.Rebuild;
import id.detak.series.SeriesVersions;
import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A real PostgreSQL in a new folder for all {@code @QuarkusTest} classes, which share one start of the application
 * because test resources are global in Quarkus. A test that needs empty tables empties them first.
 */
@QuarkusTestResource(TestDatabase.class)
public class TestDatabase implements QuarkusTestResourceLifecycleManager {

    public static final String ADMIN_TOKEN = "the-token-of-all-tests";

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private Path folder;
    private EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            Files.createDirectories(TARGET);
            folder = Files.createTempDirectory(TARGET, "test-data-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SharedBinaries.link(folder);
        postgres = EmbeddedPostgres.open(folder, Role.COMMAND);
        Duration shift = VirtualTime.shift();
        VirtualTime.move(postgres, shift);
        doNotWaitForTheDisk(postgres);
        return Map.ofEntries(
                Map.entry("quarkus.datasource.jdbc.url", postgres.jdbcUrl()),
                Map.entry("quarkus.datasource.username", postgres.username()),
                Map.entry("quarkus.datasource.password", postgres.password()),
                Map.entry("detak.data", folder.toString()),
                Map.entry("detak.polling", "false"),
                Map.entry("detak.admin-token", ADMIN_TOKEN),
                Map.entry("detak.source-url", "http://127.0.0.1:1/"),
                Map.entry("detak.notify-allow", "127.0.0.1"),
                Map.entry("detak.telegram-url", "http://127.0.0.1:1"),
                Map.entry(VirtualTime.CLOCK_SKEW, shift.toString()));
    }

    /** No test of the application expects its commits to survive a crash. The command line fixes fsync itself. */
    private static void doNotWaitForTheDisk(EmbeddedPostgres postgres) {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("alter role current_user set synchronous_commit = off");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (postgres != null) {
            postgres.close();
        }
        if (folder != null) {
            delete(folder);
        }
    }

    /** Restores the state after a start: seeded indicators, sources without polls, no rules and no alerts. */
    public static void empty(DataSource dataSource) {
        emptyAfter(dataSource, Instant.EPOCH);
    }

    /**
     * The same, but keeps the observations up to that moment. Does not use TRUNCATE, whose lock conflicts with readers.
     */
    public static void emptyAfter(DataSource dataSource, Instant moment) {
        Set<Integer> changed = new HashSet<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet ids = statement.executeQuery("""
                    select indicator_id from observation where observed_at > '%1$s'
                    union select indicator_id from bar where last_at > '%1$s'
                    """.formatted(moment))) {
                while (ids.next()) {
                    changed.add(ids.getInt(1));
                }
            }
            for (String table : new String[] {
                "rule_transition",
                "alert",
                "rule_state",
                "rule",
                "snooze",
                "notification",
                "lane",
                "channel",
                "source_trouble",
                "mute",
                "indicator_label",
                "import_series",
                "file_import",
                "audit"
            }) {
                statement.execute("delete from " + table);
            }
            for (String table : new String[] {
                "close_difference",
                "observation_conflict",
                "observation_superseded",
                "observation",
                "other_observation",
                "capture"
            }) {
                statement.execute("delete from %s where observed_at > '%s'".formatted(table, moment));
            }
            statement.execute("delete from bar where last_at > '%s'".formatted(moment));
            statement.execute("update series set version = version + 1, pruned_before = null");
            statement.execute("update indicator set hidden = false, named = false, source = null");
            statement.execute("delete from indicator where discovered_at > '%s'".formatted(moment));
            statement.execute(
                    "update source set failures = 0, etag = null, last_modified = null, not_before = null, served_at = null, due_at = now(), lease_until = null");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Arc.container().instance(SeriesVersions.class).get().invalidate();
        Arc.container().instance(Indicators.class).get().invalidate();
        if (moment.isAfter(Instant.EPOCH)) {
            Rebuild rebuild = Arc.container().instance(Rebuild.class).get();
            QuarkusTransaction.requiringNew().run(() -> Arc.container().instance(Indicators.class).get().all().stream()
                    .filter(indicator -> changed.contains(indicator.id()))
                    .forEach(rebuild::rebuild));
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
