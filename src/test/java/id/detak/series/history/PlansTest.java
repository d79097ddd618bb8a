package id.detak.series.history;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.capture.Via;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.intake.Arrival;
import id.detak.intake.Intake;
import id.detak.series.Interval;
import id.detak.series.LatestQuotes;
import id.detak.series.Measure;
import id.detak.series.Rebuild;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Checks that frequent queries do not scan whole tables. The test reads the statements of its own transaction from
 * {@code pg_prepared_statements}, where they appear after some repetitions, and explains them.
 */
@QuarkusTest
class PlansTest {

    private static final int OBSERVATIONS = 12_000;
    /**
     * The driver prepares a statement at its fifth execution, and PostgreSQL creates a generic plan after five more.
     */
    private static final int TIMES = 12;

    private static final Instant FIRST = Instant.parse("2026-01-05T02:00:00Z");

    @Inject
    Intake intake;

    @Inject
    Indicators indicators;

    @Inject
    Rebuild rebuild;

    @Inject
    LatestQuotes latest;

    @Inject
    Changes changes;

    @Inject
    DataSource dataSource;

    private static boolean filled;

    @BeforeEach
    void fill() {
        if (filled) {
            return;
        }
        TestDatabase.empty(dataSource);
        for (String code : List.of("LQ45", "EMAS")) {
            execute("""
                    insert into observation (indicator_id, observed_at, value, change, change_percent, previous_close, quality, trading_day)
                    select i.id, t, 800 + n %% 97, 1, 0.12, 799 + n %% 97, 'ok', (t at time zone 'Asia/Jakarta')::date
                    from indicator i, generate_series(0, %d) n, lateral (select '%s'::timestamptz + n * interval '20 minutes' as t) times
                    where i.code = '%s'
                    """.formatted(OBSERVATIONS - 1, FIRST, code));
            rebuild.rebuild(indicator(code));
        }
        execute("analyze observation");
        execute("analyze bar");
        execute("analyze indicator");
        filled = true;
    }

    @AfterAll
    static void empty() {
        TestDatabase.empty(Arc.container().instance(DataSource.class).get());
        filled = false;
    }

    private Indicator indicator(String code) {
        return QuarkusTransaction.requiringNew()
                .call(() -> indicators.find(code).orElseThrow());
    }

    private void execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        }
    }

    /**
     * @param table the table that must not be scanned
     * @param query runs that many times, on the connection of one transaction
     */
    private void assertNoScan(String table, IntConsumer query) {
        assertNoScan(table, false, query);
    }

    /**
     * @param unprepared whether each execution is planned for its values; such plans are only visible in the number of
     *     scans
     */
    private void assertNoScan(String table, boolean unprepared, IntConsumer query) {
        QuarkusTransaction.begin();
        try {
            // within a transaction, all queries share its connection
            try (Connection connection = dataSource.getConnection()) {
                String scans = "select seq_scan from pg_stat_xact_user_tables where relname = '" + table + "'";
                String executed =
                        "select name || ' ' || generic_plans + custom_plans from pg_prepared_statements where statement ~ '(from|join|into|update) "
                                + table + "\\M'";
                List<String> before = ask(connection, scans);
                List<String> earlier = ask(connection, executed); // other tests have used the connection
                for (int i = 0; i < TIMES; i++) {
                    query.accept(i);
                }
                assertThat(ask(connection, scans)).as("whole scans of " + table).isEqualTo(before);
                List<String> statements = ask(connection, executed).stream()
                        .filter(count -> !earlier.contains(count))
                        .map(count -> count.substring(0, count.indexOf(' ')))
                        .toList();
                assertThat(statements.isEmpty())
                        .as("statements are not prepared")
                        .isEqualTo(unprepared);
                ask(connection, "select set_config('plan_cache_mode', 'force_generic_plan', true)");
                for (String name : statements) {
                    int parameters = Integer.parseInt(ask(
                                    connection,
                                    "select cardinality(parameter_types) from pg_prepared_statements where name = '"
                                            + name + "'")
                            .get(0));
                    String nulls = parameters == 0
                            ? ""
                            : "(" + String.join(", ", Collections.nCopies(parameters, "null")) + ")";
                    String text = ask(
                                    connection,
                                    "select statement from pg_prepared_statements where name = '" + name + "'")
                            .get(0);
                    String plan = String.join("\n", ask(connection, "explain execute \"" + name + "\"" + nulls));
                    assertThat(plan)
                            .as(text)
                            .doesNotContainPattern("Seq Scan on " + table + "\\b")
                            .contains(table);
                }
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void theLatestQuotesAreFoundByTheKey() {
        assertNoScan("observation", i -> assertThat(latest.all()).hasSize(2));
    }

    @Test
    void historyOfBarsReadsOnlyItsBars() {
        int id = indicator("LQ45").id();
        for (Interval interval : List.of(Interval.HOUR, Interval.DAY, Interval.WEEK, Interval.MONTH)) {
            assertNoScan("bar", true, i -> {
                try (SeriesReader reader = SeriesReader.on(dataSource)) {
                    TimeRange range =
                            i % 2 == 0 ? TimeRange.ALL : TimeRange.parse("2026-02-01", "2026-02-" + (10 + i), FIRST);
                    assertThat(reader.fits(id, Measure.VALUE, interval, range, 1000 + i))
                            .isIn(true, false);
                    assertThat(reader.bars(id, Measure.VALUE, interval, range, 100_000))
                            .isNotEmpty();
                    assertThat(reader.barBefore(id, Measure.VALUE, interval, Instant.parse("2026-03-10T00:00:00Z")))
                            .isPresent();
                }
            });
        }
    }

    @Test
    void rawPointsOfARangeAreFoundByTheKey() {
        int id = indicator("LQ45").id();
        assertNoScan("observation", true, i -> {
            try (SeriesReader reader = SeriesReader.on(dataSource)) {
                TimeRange range = TimeRange.parse("2026-02-01", "2026-02-" + (10 + i), FIRST);
                assertThat(reader.observations(id, Measure.VALUE, range, 1000)).isNotEmpty();
                assertThat(reader.fits(id, Measure.VALUE, Interval.RAW, range, 100))
                        .isFalse();
                assertThat(reader.trustedObservationBefore(id, Measure.VALUE, Instant.parse("2026-03-10T00:00:00Z")))
                        .isPresent();
            }
        });
    }

    @Test
    void changesReadTheBarsOfDays() {
        assertNoScan("bar", true, i -> assertThat(changes.all()).hasSize(2));
    }

    @Test
    void changesTouchNoObservation() {
        QuarkusTransaction.requiringNew().run(() -> {
            try (Connection connection = dataSource.getConnection()) {
                String reads =
                        "select coalesce(seq_scan, 0) + coalesce(idx_scan, 0) from pg_stat_xact_user_tables where relname = 'observation'";
                List<String> before = ask(connection, reads);
                changes.all();
                assertThat(ask(connection, reads)).isEqualTo(before);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Reads the neighbours, writes the observation and recalculates the derived data. */
    private void take(int i, Instant at) {
        intake.take(new Arrival(
                "test",
                Via.IMPORT,
                null,
                at.plusSeconds(i * 3600L + 1),
                null,
                null,
                new Arrival.Page(Pages.strip("EMAS 8%02d -2 -0,24%%".formatted(10 + i)))));
    }

    @Test
    void lateArrivalReadsOnlyItsNeighbours() {
        assertNoScan("observation", i -> take(i, Instant.parse("2026-02-10T03:00:00Z")));
    }

    @Test
    void lateArrivalRecalculatesOnlyTheBarsAroundIt() {
        assertNoScan("bar", i -> take(i, Instant.parse("2026-02-10T03:00:00Z")));
    }

    @Test
    void newestObservationReadsOnlyTheEnd() {
        assertNoScan("observation", i -> take(i, Instant.parse("2026-09-10T03:00:00Z")));
        assertNoScan("bar", i -> take(i, Instant.parse("2026-10-10T03:00:00Z")));
    }
}
