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
import java.util.HashMap;
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
                insert into observation (indicator_id, observed_at, value, change, change_percent, previous_close, quality, reason, trading_day, open, high, low, import_id)
                select distinct on (s.observed_at) s.indicator_id, s.observed_at, s.value, s.change, s.change_percent, s.previous_close, s.quality, s.reason, s.trading_day,
                       s.open, s.high, s.low, s.import_id
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
                insert into observation_conflict (indicator_id, observed_at, value, change, change_percent, file, import_id)
                select indicator_id, observed_at, value, change, change_percent, ?, import_id from differing
                on conflict do nothing)
            select place, stored_value, stored_change, stored_change_percent from differing order by place
            """;

    /** What {@link #INSERT} and {@link #INSERT_CONFLICTS} would do. The first of several rows for one key counts. */
    private static final String PREVIEW = """
            with standing as (
                select distinct on (s.observed_at) s.observed_at, o.indicator_id is null as is_new,
                       case when o.indicator_id is null then s.value else o.value end as value,
                       case when o.indicator_id is null then s.change else o.change end as change,
                       case when o.indicator_id is null then s.change_percent else o.change_percent end as change_percent
                from staged s left join observation o on\s""" + STORED + """
                 and not (o.quality = 'implied' and s.quality <> 'implied')
                order by s.observed_at, s.place)
            select (select count(*) from standing where is_new),
                   (select count(*) from staged s join standing t on t.observed_at = s.observed_at
                    where (t.value, t.change, t.change_percent) is distinct from (s.value, s.change, s.change_percent))
            """;

    private static final String CREATE_STAGED = """
            create temporary table staged (indicator_id integer, observed_at timestamptz, value numeric, change numeric, change_percent numeric,
                previous_close numeric, quality text, reason text, trading_day date, open numeric, high numeric, low numeric, import_id integer,
                place integer) on commit drop
            """;

    private final Session session;
    private final Indicators indicators;
    private final BulkRecorder series;
    private final FileImports imports;
    private final PgNotifications notifications;

    BatchWriter(
            Session session,
            Indicators indicators,
            BulkRecorder series,
            FileImports imports,
            PgNotifications notifications) {
        this.session = session;
        this.indicators = indicators;
        this.series = series;
        this.imports = imports;
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

        int[] placesArray() {
            return places.stream().mapToInt(Integer::intValue).toArray();
        }

        /** Whether a row has its own open, high or low: the bars of its day are then calculated from all of the day. */
        boolean hasRanges() {
            return rows.stream().anyMatch(row -> row.range() != null);
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

    /**
     * The import whose rows are written.
     *
     * @param id null if it is not listed
     */
    record Target(Integer id, String file) {}

    /** @param doubtful rows that would be suspect */
    record Preview(RecordCounts counts, long doubtful) {}

    RecordCounts write(Batch batch, Target target, ImportReport report) {
        return QuarkusTransaction.requiringNew().timeout(TIMEOUT_SECONDS).call(() -> {
            RecordCounts count = writeParts(batch, target, report);
            if (target.id != null) {
                imports.count(target.id, count);
            }
            if (count.created() > 0) {
                notifications.publish(Topic.SERIES);
            }
            return count;
        });
    }

    /**
     * What {@link #write} would do with each row; nothing is locked or written.
     *
     * @param planned the indicators that do not exist yet
     */
    Preview preview(Batch batch, Map<Integer, Indicator> planned) {
        return QuarkusTransaction.requiringNew().timeout(TIMEOUT_SECONDS).call(() -> {
            Map<Integer, Indicator> known = new HashMap<>(planned);
            indicators.all().forEach(indicator -> known.put(indicator.id(), indicator));
            Preview all = new Preview(RecordCounts.NOTHING, 0);
            for (Map.Entry<Integer, Part> entry : parts(batch).entrySet()) {
                Part part = entry.getValue();
                Preview one = preview(known.get(entry.getKey()), part, batch);
                all = new Preview(all.counts.plus(one.counts), all.doubtful + one.doubtful);
            }
            return all;
        });
    }

    private Preview preview(Indicator indicator, Part part, Batch batch) {
        Instant first = part.edge(BinaryOperator.minBy(Comparator.naturalOrder()));
        Instant last = part.edge(BinaryOperator.maxBy(Comparator.naturalOrder()));
        List<Observation> judged = series.judged(indicator, part.rows, part.unstated(batch));
        long doubtful = judged.stream().filter(Observation::isSuspect).count();
        RecordCounts[] counts = new RecordCounts[1];
        work(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(CREATE_STAGED);
                CopyRows.intoStaging(connection, series.assignRoughly(indicator, part.rows), part.placesArray(), null);
                StoredRange range = new StoredRange(connection, indicator.id(), first, last);
                range.execute(DELETE_VOIDED);
                try (PreparedStatement preview = range.prepare(PREVIEW);
                        ResultSet row = preview.executeQuery()) {
                    row.next();
                    long created = row.getLong(1);
                    long conflicting = row.getLong(2);
                    counts[0] = new RecordCounts(created, part.rows.size() - created - conflicting, conflicting, 0);
                }
                statement.execute("drop table staged");
            }
        });
        return new Preview(counts[0], doubtful);
    }

    private static Map<Integer, Part> parts(Batch batch) {
        Map<Integer, Part> parts = new LinkedHashMap<>();
        for (int i = 0; i < batch.rows().size(); i++) {
            parts.computeIfAbsent(
                            batch.rows().get(i).indicatorId(), id -> new Part(new ArrayList<>(), new ArrayList<>()))
                    .add(batch.rows().get(i), i);
        }
        return parts;
    }

    /** Updates the planner's statistics now; autovacuum would do it only some time later. */
    void analyze() {
        QuarkusTransaction.requiringNew().timeout(TIMEOUT_SECONDS).run(() -> session.createNativeMutationQuery(
                        "analyze observation, bar")
                .executeUpdate());
    }

    private RecordCounts writeParts(Batch batch, Target target, ImportReport report) {
        Map<Integer, Part> parts = parts(batch);
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
            if (part.isInOrder() && !part.hasRanges() && series.isEmpty(indicator, first, last)) {
                series.append(
                        indicator,
                        part.rows,
                        part.unstated(batch),
                        assigned -> work(connection -> CopyRows.into(connection, assigned, target.id)));
                counts = counts.plus(new RecordCounts(part.rows.size(), 0, 0, 0));
                extend(target, indicator, first, last);
            } else {
                counts = counts.plus(writeStaged(indicator, part, first, last, batch, target, report));
            }
        }
        return counts;
    }

    private void extend(Target target, Indicator indicator, Instant first, Instant last) {
        if (target.id != null) {
            imports.extend(target.id, indicator.id(), first, last);
        }
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
            Target target,
            ImportReport report) {
        List<Inserted> inserted = new ArrayList<>(1);
        long[] conflicting = new long[1];
        work(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(CREATE_STAGED);
                statement.execute("set local work_mem = '64MB'");
                CopyRows.intoStaging(
                        connection, series.assignRoughly(indicator, part.rows), part.placesArray(), target.id);
                StoredRange range = new StoredRange(connection, indicator.id(), first, last);
                range.execute(DELETE_VOIDED);
                range.execute(DELETE_IMPLIED);
                inserted.add(insert(range));
                conflicting[0] = insertConflicts(range, batch, target.file, report);
                statement.execute("drop table staged");
            }
        });
        if (inserted.get(0).count + conflicting[0] > 0) {
            extend(target, indicator, first, last);
        }
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
