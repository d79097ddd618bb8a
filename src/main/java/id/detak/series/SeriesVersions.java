package id.detak.series;

import id.detak.database.Notification.ListenerConnected;
import id.detak.database.Notification;
import id.detak.database.RetryRead;
import id.detak.indicator.TradingCalendar;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.hibernate.exception.GenericJDBCException;

/**
 * The table {@code series}: a version for each, counted up by whoever writes to it. Equal versions, equal rows, so an answer
 * can be known to be the same without touching them.
 *
 * <p>Versions are remembered for at most a second, and forgotten at once when this process commits a change or hears of one.
 */
@ApplicationScoped
public class SeriesVersions {

    private static final long REMEMBERED_NANOS = 1_000_000_000L;

    /** Counted from the clock, so that a database which was restored or made anew never shows an old version with other rows. */
    private static final String CLOCK = "cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)";

    private final EntityManager em;
    private final DataSource dataSource;
    private final Event<Written> written;
    private final AtomicLong forgotten = new AtomicLong();
    private volatile Known known;

    SeriesVersions(EntityManager em, DataSource dataSource, Event<Written> written) {
        this.em = em;
        this.dataSource = dataSource;
        this.written = written;
    }

    private record Known(Map<Integer, Long> versions, long all, Map<Integer, LocalDate> prunedBefore, Set<Integer> withConflicts, Set<Integer> withCloseDifferences, Set<Integer> withVoids, long readAt, long forgotten) {
    }

    /** Series were written in the current transaction. */
    record Written() {
    }

    /** @param previous the version that the writer found; 0 where there was none */
    public record Step(long previous, long version) {
    }

    /**
     * To be called before anything of these series is read in order to write: counts their versions up, and keeps other writers
     * waiting until the transaction ends. Always in the order of ids, so that no two wait for each other.
     *
     * @return by indicator
     */
    public Map<Integer, Step> write(Collection<Integer> indicatorIds) {
        if (indicatorIds.isEmpty()) {
            return Map.of();
        }
        List<?> rows = em.createNativeQuery(String.format(Locale.ROOT, """
                insert into series (indicator_id, version)
                select id, %1$s from unnest(cast(:ids as integer[])) id order by id
                on conflict (indicator_id) do update set previous = series.version, version = greatest(series.version + 1, %1$s)
                returning indicator_id, previous, version
                """, CLOCK), Object[].class).setParameter("ids", indicatorIds.stream().distinct().toArray(Integer[]::new)).getResultList();
        written.fire(new Written());
        return rows.stream().map(Object[].class::cast).collect(Collectors.toMap(row -> ((Number) row[0]).intValue(),
                row -> new Step(((Number) row[1]).longValue(), ((Number) row[2]).longValue())));
    }

    /** 0 where nothing was ever written. */
    @RetryRead
    public long of(int indicatorId) {
        return known().versions.getOrDefault(indicatorId, 0L);
    }

    /** As it is committed now, past what is remembered; 0 where nothing was ever written. */
    @RetryRead
    public long now(int indicatorId) {
        List<?> versions = em.createNativeQuery("select version from series where indicator_id = :id").setParameter("id", indicatorId).getResultList();
        return versions.isEmpty() ? 0 : ((Number) versions.get(0)).longValue();
    }

    /** The day before which nothing but bars is kept; empty where nothing was ever deleted. */
    @RetryRead
    public Optional<LocalDate> prunedBefore(int indicatorId) {
        return Optional.ofNullable(known().prunedBefore.get(indicatorId));
    }

    /** The latest of these days. */
    @RetryRead
    public Optional<LocalDate> prunedBefore() {
        return known().prunedBefore.values().stream().max(Comparator.naturalOrder());
    }

    /** From when on observations are taken, as it is committed now: for whoever writes to the series. */
    public Instant keptFrom(int indicatorId) {
        List<?> days = em.createNativeQuery("select pruned_before from series where indicator_id = :id", LocalDate.class).setParameter("id", indicatorId).getResultList();
        return days.isEmpty() || days.get(0) == null ? Instant.EPOCH : TradingCalendar.midnight((LocalDate) days.get(0));
    }

    /** Of all series together. */
    @RetryRead
    public long ofAll() {
        return known().all;
    }

    /** Whether the version is still that one, as far as memory reaches: false where it must be read again. */
    public boolean isStill(int indicatorId, long version) {
        Known now = known;
        return isFresh(now) && now.versions.getOrDefault(indicatorId, 0L) == version;
    }

    public boolean areAllStill(long version) {
        Known now = known;
        return isFresh(now) && now.all == version;
    }

    /** Whether numbers came for keys that were taken. */
    @RetryRead
    public boolean hasConflicts(int indicatorId) {
        return known().withConflicts.contains(indicatorId);
    }

    /** Whether there are closes that are stated otherwise. */
    @RetryRead
    public boolean hasCloseDifferences(int indicatorId) {
        return known().withCloseDifferences.contains(indicatorId);
    }

    /** Whether a hand voided any of it. */
    @RetryRead
    public boolean hasVoids(int indicatorId) {
        return known().withVoids.contains(indicatorId);
    }

    public void forget() {
        forgotten.incrementAndGet();
    }

    void onCommit(@Observes(during = TransactionPhase.AFTER_SUCCESS) Written event) {
        forget();
    }

    void onNotification(@Observes @Priority(Notification.CACHES_FIRST) Notification notification) {
        forget();
    }

    void onConnected(@Observes @Priority(Notification.CACHES_FIRST) ListenerConnected connected) {
        forget();
    }

    private Known known() {
        Known now = known;
        if (!isFresh(now)) {
            now = read();
            known = now;
        }
        return now;
    }

    private boolean isFresh(Known now) {
        return now != null && now.forgotten == forgotten.get() && System.nanoTime() - now.readAt < REMEMBERED_NANOS;
    }

    private Known read() {
        long before = forgotten.get();
        long at = System.nanoTime();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        select indicator_id, version, pruned_before, exists (select from observation_conflict c where c.indicator_id = s.indicator_id),
                               exists (select from close_difference d where d.indicator_id = s.indicator_id),
                               exists (select from observation_superseded v where v.indicator_id = s.indicator_id and v.cause = 'void')
                        from series s
                        """);
                ResultSet rows = statement.executeQuery()) {
            Map<Integer, Long> versions = new HashMap<>();
            Map<Integer, LocalDate> prunedBefore = new HashMap<>();
            Set<Integer> withConflicts = new HashSet<>();
            Set<Integer> withCloseDifferences = new HashSet<>();
            Set<Integer> withVoids = new HashSet<>();
            long all = 0;
            while (rows.next()) {
                versions.put(rows.getInt(1), rows.getLong(2));
                all += rows.getLong(2);
                if (rows.getObject(3) != null) {
                    prunedBefore.put(rows.getInt(1), rows.getObject(3, LocalDate.class));
                }
                if (rows.getBoolean(4)) {
                    withConflicts.add(rows.getInt(1));
                }
                if (rows.getBoolean(5)) {
                    withCloseDifferences.add(rows.getInt(1));
                }
                if (rows.getBoolean(6)) {
                    withVoids.add(rows.getInt(1));
                }
            }
            return new Known(versions, all, prunedBefore, withConflicts, withCloseDifferences, withVoids, at, before);
        } catch (SQLException e) {
            throw new GenericJDBCException("the versions cannot be read", e);
        }
    }
}
