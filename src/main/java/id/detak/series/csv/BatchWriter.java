package id.detak.series.csv;

import id.detak.database.Notification.Topic;
import id.detak.database.PgNotifications;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.series.BulkRecorder;
import id.detak.series.Observation;
import id.detak.series.RecordCounts;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.postgresql.PGStatement;

/** Writes a batch of rows and the data derived from them in one transaction. */
@ApplicationScoped
class BatchWriter {

    private static final int TIMEOUT_SECONDS = 1800;

    /** Joins the staged rows to the stored ones with the same key, by the index on (indicator_id, observed_at). */
    private static final String STORED =
            "o.indicator_id = ? and o.observed_at >= ? and o.observed_at <= ? and o.observed_at = s.observed_at";

    /** An import does not restore voided observations. */
    private static final String DELETE_VOIDED = "delete from staged s using observation_superseded o where " + STORED
            + " and (o.value, o.change, o.change_percent) is not distinct from (s.value, s.change, s.change_percent)";

    /** A row replaces a close that was only implied for its instant. */
    private static final String DELETE_IMPLIED = "delete from observation o using staged s where " + STORED
            + " and o.quality = 'implied' and s.quality <> 'implied'";

    private static final String INSERT = """
            with inserted as (
                insert into observation (indicator_id, observed_at, value, change, change_percent, previous_close, quality, reason, trading_day)
                select distinct on (s.observed_at) s.indicator_id, s.observed_at, s.value, s.change, s.change_percent, s.previous_close, s.quality, s.reason, s.trading_day
                from staged s left join observation o on\s""" + STORED + """

                where o.indicator_id is null
                order by s.observed_at, s.place
                returning observed_at)
            select count(*), min(observed_at), max(observed_at) from inserted
            """;

    private static final String INSERT_CONFLICTS = """
            with differing as (
                select s.*, o.value as stored_value, o.change as stored_change, o.change_percent as stored_change_percent
                from staged s join observation o on\s""" + STORED + """

                where (o.value, o.change, o.change_percent) is distinct from (s.value, s.change, s.change_percent)),
            kept as (
                insert into observation_conflict (indicator_id, observed_at, value, change, change_percent, file)
                select indicator_id, observed_at, value, change, change_percent, ? from differing
                on conflict do nothing)
            select place, stored_value, stored_change, stored_change_percent from differing order by place
            """;

    private final Session session;
    private final Indicators indicators;
    private final BulkRecorder series;
    private final PgNotifications notifications;

    BatchWriter(Session session, Indicators indicators, BulkRecorder series, PgNotifications notifications) {
        this.session = session;
        this.indicators = indicators;
        this.series = series;
        this.notifications = notifications;
    }

    /** Rows of one indicator, with their positions in the batch. */
    private record Part(List<Observation> rows, List<Integer> places) {

        void add(Observation row, int place) {
            rows.add(row);
            places.add(place);
        }

        Instant edge(BinaryOperator<Instant> outer) {
            return rows.stream().map(Observation::observedAt).reduce(outer).orElseThrow();
        }

        /** The instants of the rows without a quality. */
        Set<Instant> unstated(Batch batch) {
            Set<Instant> instants = new HashSet<>();
            for (int i = 0; i < rows.size(); i++) {
                if (batch.unstated().get(places.get(i))) {
                    instants.add(rows.get(i).observedAt());
                }
            }
            return instants;
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
        return QuarkusTransaction.requiringNew().timeout(TIMEOUT_SECONDS).call(() -> {
            RecordCounts count = writeParts(batch, file, report);
            if (count.created() > 0) {
                notifications.publish(Topic.SERIES);
            }
            return count;
        });
    }

    /** Updates the planner's statistics now; autovacuum would do it only some time later. */
    void analyze() {
        QuarkusTransaction.requiringNew().timeout(TIMEOUT_SECONDS).run(() -> session.createNativeMutationQuery(
                        "analyze observation, bar")
                .executeUpdate());
    }

    private RecordCounts writeParts(Batch batch, String file, ImportReport report) {
        Map<Integer, Part> parts = new LinkedHashMap<>();
        for (int i = 0; i < batch.rows().size(); i++) {
            parts.computeIfAbsent(
                            batch.rows().get(i).indicatorId(), id -> new Part(new ArrayList<>(), new ArrayList<>()))
                    .add(batch.rows().get(i), i);
        }
        series.lock(parts.keySet());
        Map<Integer, Indicator> known =
                indicators.all().stream().collect(Collectors.toMap(Indicator::id, Function.identity()));
        RecordCounts counts = RecordCounts.NOTHING;
        for (Map.Entry<Integer, Part> entry : parts.entrySet()) {
            Indicator indicator = known.get(entry.getKey());
            if (indicator == null) {
                for (int place : entry.getValue().places) {
                    report.row(
                            batch.lines()[place],
                            "its indicator was merged or deleted during the import: import the file again");
                }
                counts = counts.plus(
                        new RecordCounts(0, 0, 0, entry.getValue().rows.size()));
                continue;
            }
            Instant keptFrom = series.keptFrom(indicator);
            Part part =
                    keptFrom.equals(Instant.EPOCH) ? entry.getValue() : kept(keptFrom, entry.getValue(), batch, report);
            counts = counts.plus(new RecordCounts(0, 0, 0, entry.getValue().rows.size() - part.rows.size()));
            if (part.rows.isEmpty()) {
                continue;
            }
            Instant first = part.edge(BinaryOperator.minBy(Comparator.naturalOrder()));
            Instant last = part.edge(BinaryOperator.maxBy(Comparator.naturalOrder()));
            if (part.isInOrder() && series.isEmpty(indicator, first, last)) {
                series.append(
                        indicator,
                        part.rows,
                        part.unstated(batch),
                        assigned -> work(connection -> CopyRows.into(connection, assigned)));
                counts = counts.plus(new RecordCounts(part.rows.size(), 0, 0, 0));
            } else {
                counts = counts.plus(writeStaged(indicator, part, first, last, batch, file, report));
            }
        }
        return counts;
    }

    /** The rows that are not older than the retention period. Reports the others. */
    private static Part kept(Instant keptFrom, Part part, Batch batch, ImportReport report) {
        Part kept = new Part(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < part.rows.size(); i++) {
            if (part.rows.get(i).observedAt().isBefore(keptFrom)) {
                report.row(
                        batch.lines()[part.places.get(i)],
                        "older than the observations kept of the indicator (DETAK_KEEP_OBSERVATIONS); its bars stay as they are");
            } else {
                kept.add(part.rows.get(i), part.places.get(i));
            }
        }
        return kept;
    }

    /** Writes rows of a range that already has observations, through a staging table. */
    private RecordCounts writeStaged(
            Indicator indicator,
            Part part,
            Instant first,
            Instant last,
            Batch batch,
            String file,
            ImportReport report) {
        List<Inserted> inserted = new ArrayList<>(1);
        long[] conflicting = new long[1];
        work(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("""
                        create temporary table staged (indicator_id integer, observed_at timestamptz, value numeric, change numeric, change_percent numeric,
                            previous_close numeric, quality text, reason text, trading_day date, place integer) on commit drop
                        """);
                statement.execute("set local work_mem = '64MB'");
                CopyRows.intoStaging(
                        connection,
                        series.assignRoughly(indicator, part.rows),
                        part.places.stream().mapToInt(Integer::intValue).toArray());
                StoredRange range = new StoredRange(connection, indicator.id(), first, last);
                range.execute(DELETE_VOIDED);
                range.execute(DELETE_IMPLIED);
                inserted.add(insert(range));
                conflicting[0] = insertConflicts(range, batch, file, report);
                statement.execute("drop table staged");
            }
        });
        if (inserted.get(0).count > 0) {
            series.updateAround(indicator, inserted.get(0).first, inserted.get(0).last, part.unstated(batch));
        }
        return new RecordCounts(
                inserted.get(0).count, part.rows.size() - inserted.get(0).count - conflicting[0], conflicting[0], 0);
    }

    private record Inserted(long count, Instant first, Instant last) {}

    /** A range of one series that has observations; binds the parameters of {@link #STORED}. */
    private record StoredRange(Connection connection, int indicatorId, Instant first, Instant last) {

        /** Not prepared on the server, where a generic plan would not know how long the range is. */
        PreparedStatement prepare(String sql) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            statement.setInt(1, indicatorId);
            statement.setObject(2, first.atOffset(ZoneOffset.UTC));
            statement.setObject(3, last.atOffset(ZoneOffset.UTC));
            return statement;
        }

        void execute(String sql) throws SQLException {
            try (PreparedStatement statement = prepare(sql)) {
                statement.execute();
            }
        }
    }

    /** The first of several rows for one key counts. The series is locked against other writers. */
    private static Inserted insert(StoredRange range) throws SQLException {
        try (PreparedStatement statement = range.prepare(INSERT);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1) == 0
                    ? new Inserted(0, null, null)
                    : new Inserted(row.getLong(1), instant(row, 2), instant(row, 3));
        }
    }

    /** Stores and reports the rows that differ from a stored observation, which stays. */
    private static long insertConflicts(StoredRange range, Batch batch, String file, ImportReport report)
            throws SQLException {
        long count = 0;
        try (PreparedStatement differing = range.prepare(INSERT_CONFLICTS)) {
            differing.setString(4, file);
            try (ResultSet rows = differing.executeQuery()) {
                for (; rows.next(); count++) {
                    report.row(
                            batch.lines()[rows.getInt(1)],
                            "there is another number for that moment (value " + shown(rows, 2) + ", change "
                                    + shown(rows, 3) + ", change_percent " + shown(rows, 4)
                                    + "); this one is stored as a conflict");
                }
            }
        }
        return count;
    }

    private static String shown(ResultSet row, int column) throws SQLException {
        return row.getBigDecimal(column) == null
                ? "missing"
                : row.getBigDecimal(column).toPlainString();
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private void work(Work work) {
        session.doWork(work::on);
    }
}
