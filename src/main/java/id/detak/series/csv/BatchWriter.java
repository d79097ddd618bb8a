package id.detak.series.csv;

import id.detak.database.PgNotifications;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.series.BulkRecorder;
import id.detak.series.Observation;
import id.detak.series.RecordCounts;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** Writes a batch of rows, with all that follows from them, in one transaction. */
@ApplicationScoped
class BatchWriter {

    private static final int LONGEST_SECONDS = 1800;

    private final EntityManager em;
    private final Indicators indicators;
    private final BulkRecorder series;
    private final PgNotifications streams;

    BatchWriter(EntityManager em, Indicators indicators, BulkRecorder series, PgNotifications streams) {
        this.em = em;
        this.indicators = indicators;
        this.series = series;
        this.streams = streams;
    }

    /** Rows of one indicator, with their places in the batch. */
    private record Part(List<Observation> rows, List<Integer> places) {

        void add(Observation row, int place) {
            rows.add(row);
            places.add(place);
        }

        Instant edge(BinaryOperator<Instant> outer) {
            return rows.stream().map(Observation::observedAt).reduce(outer).orElseThrow();
        }

        boolean isInOrder() {
            for (int i = 1; i < rows.size(); i++) {
                if (!rows.get(i - 1).observedAt().isBefore(rows.get(i).observedAt())) {
                    return false;
                }
            }
            return true;
        }
    }

    RecordCounts write(Batch batch, String file, ImportReport report) {
        return QuarkusTransaction.requiringNew().timeout(LONGEST_SECONDS).call(() -> {
            RecordCounts count = writeParts(batch, file, report);
            if (count.created() > 0) {
                streams.tell(PgNotifications.SERIES, "");
            }
            return count;
        });
    }

    /** The planner goes by statistics, which PostgreSQL itself takes anew only some time later. */
    void analyze() {
        QuarkusTransaction.requiringNew().timeout(LONGEST_SECONDS).run(() -> em.createNativeQuery("analyze observation, bar").executeUpdate());
    }

    private RecordCounts writeParts(Batch batch, String file, ImportReport report) {
        Map<Integer, Part> parts = new LinkedHashMap<>();
        for (int i = 0; i < batch.rows().size(); i++) {
            parts.computeIfAbsent(batch.rows().get(i).indicatorId(), id -> new Part(new ArrayList<>(), new ArrayList<>())).add(batch.rows().get(i), i);
        }
        Map<Integer, Indicator> known = indicators.all().stream().collect(Collectors.toMap(Indicator::id, Function.identity()));
        series.open(parts.keySet());
        RecordCounts tally = RecordCounts.NOTHING;
        for (Map.Entry<Integer, Part> entry : parts.entrySet()) {
            Indicator indicator = known.get(entry.getKey());
            Instant keptFrom = series.keptFrom(indicator);
            Part part = keptFrom.equals(Instant.EPOCH) ? entry.getValue() : kept(keptFrom, entry.getValue(), batch, report);
            tally = tally.plus(new RecordCounts(0, 0, 0, entry.getValue().rows.size() - part.rows.size()));
            if (part.rows.isEmpty()) {
                continue;
            }
            Instant first = part.edge(BinaryOperator.minBy(Comparator.naturalOrder()));
            Instant last = part.edge(BinaryOperator.maxBy(Comparator.naturalOrder()));
            if (part.isInOrder() && series.isEmpty(indicator, first, last)) {
                series.append(indicator, part.rows, settled -> work(connection -> CopyRows.into(connection, settled)));
                tally = tally.plus(new RecordCounts(part.rows.size(), 0, 0, 0));
            } else {
                tally = tally.plus(writeStaged(indicator, part, first, last, batch, file, report));
            }
        }
        return tally;
    }

    /** The rows that are not older than what is kept; the others are reported. */
    private static Part kept(Instant keptFrom, Part part, Batch batch, ImportReport report) {
        Part kept = new Part(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < part.rows.size(); i++) {
            if (part.rows.get(i).observedAt().isBefore(keptFrom)) {
                report.row(batch.lines()[part.places.get(i)], "older than what is kept of the indicator (DETAK_KEEP_OBSERVATIONS): its bars stay as they are");
            } else {
                kept.add(part.rows.get(i), part.places.get(i));
            }
        }
        return kept;
    }

    /** Rows for a stretch in which others are stored: by way of a staging table. */
    private RecordCounts writeStaged(Indicator indicator, Part part, Instant first, Instant last, Batch batch, String file, ImportReport report) {
        List<Inserted> inserted = new ArrayList<>(1);
        long[] conflicting = new long[1];
        work(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("""
                        create temporary table staged (indicator_id integer, observed_at timestamptz, value numeric, change numeric, change_percent numeric,
                            previous_close numeric, quality text, trading_day date, place integer) on commit drop
                        """);
                statement.execute("set local work_mem = '64MB'");
                CopyRows.intoStaging(connection, series.settleRoughly(indicator, part.rows), part.places.stream().mapToInt(Integer::intValue).toArray());
                String stored = "o.indicator_id = %d and o.observed_at >= '%s' and o.observed_at <= '%s' and o.observed_at = s.observed_at"
                        .formatted(indicator.id(), first, last);
                // what was voided is not brought back
                statement.execute("""
                        delete from staged s using observation_superseded o
                        where %s and (o.value, o.change, o.change_percent) is not distinct from (s.value, s.change, s.change_percent)
                        """.formatted(stored));
                // a row takes the place of a close that had only been implied for its moment
                statement.execute("delete from observation o using staged s where " + stored + " and o.quality = 'implied' and s.quality <> 'implied'");
                inserted.add(insert(statement, stored));
                conflicting[0] = keepConflicts(connection, stored, batch, file, report);
                statement.execute("drop table staged");
            }
        });
        if (inserted.get(0).count > 0) {
            series.rowsCame(indicator, inserted.get(0).first, inserted.get(0).last);
        }
        return new RecordCounts(inserted.get(0).count, part.rows.size() - inserted.get(0).count - conflicting[0], conflicting[0], 0);
    }

    private record Inserted(long count, Instant first, Instant last) {
    }

    /**
     * Of several rows for one key the first stands. Nobody else writes to the series meanwhile.
     *
     * @param stored joins what is stored; the stretch stands in it in figures, so that the planner sees how much that is
     */
    private static Inserted insert(Statement statement, String stored) throws SQLException {
        try (ResultSet row = statement.executeQuery("""
                with inserted as (
                    insert into observation (indicator_id, observed_at, value, change, change_percent, previous_close, quality, trading_day)
                    select distinct on (s.observed_at) s.indicator_id, s.observed_at, s.value, s.change, s.change_percent, s.previous_close, s.quality, s.trading_day
                    from staged s left join observation o on %s
                    where o.indicator_id is null
                    order by s.observed_at, s.place
                    returning observed_at)
                select count(*), min(observed_at), max(observed_at) from inserted
                """.formatted(stored))) {
            row.next();
            return row.getLong(1) == 0 ? new Inserted(0, null, null) : new Inserted(row.getLong(1), instant(row, 2), instant(row, 3));
        }
    }

    /** The first stands; the other is kept beside it, and reported. */
    private static long keepConflicts(Connection connection, String stored, Batch batch, String file, ImportReport report) throws SQLException {
        long count = 0;
        try (PreparedStatement differing = connection.prepareStatement("""
                with differing as (
                    select s.*, o.value as stored_value, o.change as stored_change, o.change_percent as stored_change_percent
                    from staged s join observation o on %s
                    where (o.value, o.change, o.change_percent) is distinct from (s.value, s.change, s.change_percent)),
                kept as (
                    insert into observation_conflict (indicator_id, observed_at, value, change, change_percent, file)
                    select indicator_id, observed_at, value, change, change_percent, ? from differing
                    on conflict do nothing)
                select place, stored_value, stored_change, stored_change_percent from differing order by place
                """.formatted(stored))) {
            differing.setString(1, file);
            try (ResultSet rows = differing.executeQuery()) {
                for (; rows.next(); count++) {
                    report.row(batch.lines()[rows.getInt(1)], "another number stands for that moment (value %s, change %s, change_percent %s): this one is kept as a conflict"
                            .formatted(shown(rows, 2), shown(rows, 3), shown(rows, 4)));
                }
            }
        }
        return count;
    }

    private static String shown(ResultSet row, int column) throws SQLException {
        return row.getBigDecimal(column) == null ? "missing" : row.getBigDecimal(column).toPlainString();
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private void work(Work work) {
        em.unwrap(Session.class).doWork(work::on);
    }
}
