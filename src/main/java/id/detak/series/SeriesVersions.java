package id.detak.series;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.database.Notification;
import id.detak.database.Notification.ListenerConnected;
import id.detak.database.RetryRead;
import id.detak.platform.Wib;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.exception.GenericJDBCException;

/**
 * The table {@code series}: a version for each series, incremented by every write. Equal versions mean equal rows, so a
 * cached response can be validated without reading them.
 *
 * <p>Versions are cached for at most a second, and read again when this process commits a change or is notified of one.
 */
@ApplicationScoped
public class SeriesVersions {

    private static final long FRESH_NANOS = 1_000_000_000L;

    /**
     * Versions start from the clock, so that a restored or new database never has an old version with different rows.
     */
    private static final String CLOCK = "cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)";

    private static final String SELECT = """
            select indicator_id, version, pruned_before, exists (select from observation_conflict c where c.indicator_id = s.indicator_id),
                   exists (select from close_difference d where d.indicator_id = s.indicator_id),
                   exists (select from observation_superseded v where v.indicator_id = s.indicator_id and v.cause = 'void'),
                   exists (select from observation o where o.indicator_id = s.indicator_id and o.reason = 'level-changed')
            from series s
            """;

    private final Session session;
    private final DataSource dataSource;
    private final Event<Written> written;
    private final AtomicLong invalidations = new AtomicLong();
    private volatile Snapshot snapshot;

    SeriesVersions(Session session, DataSource dataSource, Event<Written> written) {
        this.session = session;
        this.dataSource = dataSource;
        this.written = written;
    }

    /** All series as they were read. */
    private record Snapshot(Map<Integer, Row> rows, long all, long readAt, long invalidations) {

        Row of(int indicatorId) {
            return rows.getOrDefault(indicatorId, Row.NEVER_WRITTEN);
        }
    }

    private record Row(
            long version,
            LocalDate prunedBefore,
            boolean hasConflicts,
            boolean hasCloseDifferences,
            boolean hasVoids,
            boolean hasLevelChanges) {

        private static final Row NEVER_WRITTEN = new Row(0, null, false, false, false, false);
    }

    /** Fired in a transaction that writes to a series; observed once it is committed. */
    record Written() {}

    /** @param previous the version that the writer found; 0 where there was none */
    public record Step(long previous, long version) {}

    /**
     * Increments the versions of these series and locks them until the transaction ends. Call it before reading
     * anything of a series in order to write. Locks in the order of the ids, which prevents deadlocks.
     *
     * @return by indicator
     */
    @Transactional(MANDATORY)
    public Map<Integer, Step> write(Collection<Integer> indicatorIds) {
        if (indicatorIds.isEmpty()) {
            return Map.of();
        }
        List<StepRow> rows = session.createNativeQuery(
                        "insert into series (indicator_id, version) select id, " + CLOCK + """
                 from unnest(cast(:ids as integer[])) id order by id
                on conflict (indicator_id) do update set previous = series.version, version = greatest(series.version + 1, excluded.version)
                returning indicator_id, previous, version
                """, StepRow.class)
                .setParameter("ids", indicatorIds.stream().distinct().toArray(Integer[]::new))
                .getResultList();
        written.fire(new Written());
        return rows.stream()
                .collect(Collectors.toMap(StepRow::indicatorId, row -> new Step(row.previous, row.version)));
    }

    /** Call it before {@link #write}, if {@link #releaseLocks} may follow. */
    @Transactional(MANDATORY)
    void markLocks() {
        session.createNativeMutationQuery("savepoint series_locks").executeUpdate();
    }

    /** Releases the locks taken since {@link #markLocks} and undoes all writes since then. */
    @Transactional(MANDATORY)
    void releaseLocks() {
        session.createNativeMutationQuery("rollback to savepoint series_locks").executeUpdate();
    }

    private record StepRow(int indicatorId, long previous, long version) {}

    void onCommit(@Observes(during = TransactionPhase.AFTER_SUCCESS) Written event) {
        invalidate();
    }

    void onNotification(@Observes @Priority(Notification.CACHES_FIRST) Notification notification) {
        invalidate();
    }

    void onConnected(@Observes @Priority(Notification.CACHES_FIRST) ListenerConnected connected) {
        invalidate();
    }

    /** The version of a series; 0 if it was never written. */
    @RetryRead
    public long of(int indicatorId) {
        return snapshot().of(indicatorId).version;
    }

    /** The committed version, read from the database; 0 if the series was never written. */
    @RetryRead
    public long now(int indicatorId) {
        return session.createNativeQuery("select version from series where indicator_id = :id", Long.class)
                .setParameter("id", indicatorId)
                .uniqueResultOptional()
                .orElse(0L);
    }

    /** The day before which only bars are kept; empty if nothing was deleted. */
    @RetryRead
    public Optional<LocalDate> prunedBefore(int indicatorId) {
        return Optional.ofNullable(snapshot().of(indicatorId).prunedBefore);
    }

    /** The latest of these days of all series. */
    @RetryRead
    public Optional<LocalDate> prunedBefore() {
        return snapshot().rows.values().stream()
                .map(Row::prunedBefore)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    /** The instant from which observations are accepted, read from the database, for writers of the series. */
    public Instant keptFrom(int indicatorId) {
        return session.createNativeQuery(
                        "select pruned_before from series where indicator_id = :id and pruned_before is not null",
                        LocalDate.class)
                .setParameter("id", indicatorId)
                .uniqueResultOptional()
                .map(Wib::midnight)
                .orElse(Instant.EPOCH);
    }

    /** The version of all series together. */
    @RetryRead
    public long ofAll() {
        return snapshot().all;
    }

    /** Whether a series still has a version; false also if the snapshot is too old. */
    public boolean isStill(int indicatorId, long version) {
        Snapshot last = snapshot;
        return isFresh(last) && last.of(indicatorId).version == version;
    }

    public boolean areAllStill(long version) {
        Snapshot last = snapshot;
        return isFresh(last) && last.all == version;
    }

    /** Whether the series has a different value for an existing key. */
    @RetryRead
    public boolean hasConflicts(int indicatorId) {
        return snapshot().of(indicatorId).hasConflicts;
    }

    @RetryRead
    public boolean hasCloseDifferences(int indicatorId) {
        return snapshot().of(indicatorId).hasCloseDifferences;
    }

    @RetryRead
    public boolean hasVoids(int indicatorId) {
        return snapshot().of(indicatorId).hasVoids;
    }

    @RetryRead
    public boolean hasLevelChanges(int indicatorId) {
        return snapshot().of(indicatorId).hasLevelChanges;
    }

    @RetryRead
    public boolean hasAnyLevelChanges() {
        return snapshot().rows.values().stream().anyMatch(Row::hasLevelChanges);
    }

    /** The series that have close differences. */
    @RetryRead
    public Set<Integer> withCloseDifferences() {
        return snapshot().rows.entrySet().stream()
                .filter(row -> row.getValue().hasCloseDifferences)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Call this after changing the table directly. */
    public void invalidate() {
        invalidations.incrementAndGet();
    }

    private Snapshot snapshot() {
        Snapshot last = snapshot;
        if (!isFresh(last)) {
            last = read();
            snapshot = last;
        }
        return last;
    }

    private boolean isFresh(Snapshot last) {
        return last != null
                && last.invalidations == invalidations.get()
                && System.nanoTime() - last.readAt < FRESH_NANOS;
    }

    /** Plain JDBC, since commands call it without a request or transaction context, which a session needs. */
    private Snapshot read() {
        long before = invalidations.get();
        long at = System.nanoTime();
        Map<Integer, Row> rows = new HashMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(SELECT);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.put(
                        row.getInt(1),
                        new Row(
                                row.getLong(2),
                                row.getObject(3, LocalDate.class),
                                row.getBoolean(4),
                                row.getBoolean(5),
                                row.getBoolean(6),
                                row.getBoolean(7)));
            }
        } catch (SQLException e) {
            throw new GenericJDBCException("Cannot read the versions of the series.", e);
        }
        return new Snapshot(rows, rows.values().stream().mapToLong(Row::version).sum(), at, before);
    }
}
