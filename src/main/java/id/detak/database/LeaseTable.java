package id.detak.database;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.hibernate.Session;

/**
 * A table of due work, from which processes claim rows. A claim is a lease, so it expires when its holder dies. It is
 * fenced by a version, so that a process that was paused for longer than its lease can no longer act. All times are the
 * database's.
 *
 * <p>The table needs the columns {@code due_at}, {@code lease_until} and {@code lease_version}. Call the methods within
 * a transaction.
 *
 * @param table a constant, never text from a user
 * @param key the column that identifies a row
 * @param condition the rows to consider, as SQL
 * @param latestDue the latest time at which a row can be due, as SQL. A row that is due later was scheduled before the
 *     database's clock was set back, and is claimed at once
 */
public record LeaseTable(String table, String key, String condition, String latestDue) {

    /** For a table whose rows may be due at any time. */
    public static final String UNLIMITED = "cast('infinity' as timestamptz)";

    /** The low bits of a version identify the claiming process, so that it can find a claim whose answer was lost. */
    private static final int HOLDER_BITS = 20;

    private static final int HOLDER = RandomGenerator.getDefault().nextInt(1 << HOLDER_BITS);

    /** The right to work on a row until its lease ends or another process claims it. */
    public record Claim(String key, long version) {}

    /** Claims a row that is due and not leased. */
    public Optional<Claim> claim(EntityManager em, Duration lease) {
        return em
                .unwrap(Session.class)
                .createNativeQuery(String.format(Locale.ROOT, """
                update %1$s set lease_version = ((lease_version >> :bits) + 1 << :bits) + :holder, lease_until = now() + make_interval(secs => :lease)
                where %2$s = (select %2$s from %1$s
                              where %3$s and (due_at <= now() or due_at > %4$s)
                                and (lease_until is null or lease_until <= now() or lease_until > now() + make_interval(secs => :longestLease))
                              order by due_at limit 1 for update skip locked)
                returning %2$s, lease_version
                """, table, key, condition, latestDue), Claim.class)
                .setParameter("lease", seconds(lease))
                // a lease that ends later was taken before the clock was set back
                .setParameter("longestLease", 2 * seconds(lease))
                .setParameter("bits", HOLDER_BITS)
                .setParameter("holder", HOLDER)
                .getResultList()
                .stream()
                .findFirst();
    }

    /**
     * Releases the row, due again after {@code delay}. The delay starts when the row was due, which keeps a regular
     * interval, or now if it is further behind than that, or if the clock was set back.
     *
     * @return false, without a change, if the lease was lost: another process has claimed the row, or an earlier
     *     attempt whose answer was lost has released it
     */
    public boolean release(EntityManager em, Claim claim, Duration delay) {
        return release(em, claim, delay, """
                case when due_at + make_interval(secs => 2 * :delay) < now() or due_at > now() then now() + make_interval(secs => :delay)
                     else greatest(due_at + make_interval(secs => :delay), now()) end""");
    }

    /** Releases the row, due again after {@code delay} from now: after a failure there is no interval to keep. */
    public boolean releaseFromNow(EntityManager em, Claim claim, Duration delay) {
        return release(em, claim, delay, "now() + make_interval(secs => :delay)");
    }

    private boolean release(EntityManager em, Claim claim, Duration delay, String due) {
        return em.createNativeQuery(String.format(Locale.ROOT, """
                update %1$s set lease_until = null, due_at = %3$s
                where %2$s = :key and lease_version = :version and lease_until is not null
                """, table, key, due))
                        .setParameter("delay", seconds(delay))
                        .setParameter("key", claim.key())
                        .setParameter("version", claim.version())
                        .executeUpdate()
                == 1;
    }

    /**
     * Releases all leases except those of the given rows; for the only process on a database, which knows what it is
     * working on.
     */
    public void freeAllBut(EntityManager em, Collection<String> keys) {
        em.createNativeQuery(String.format(
                        Locale.ROOT,
                        "update %s set lease_until = null, lease_version = lease_version + 1 where lease_until is not null and %s <> all (:keys)",
                        table,
                        key))
                .setParameter("keys", keys.toArray(String[]::new))
                .executeUpdate();
    }

    /**
     * Releases the leases of this process except those of the given rows: their claims succeeded, but the answers were
     * lost.
     */
    public void freeMineBut(EntityManager em, Collection<String> keys) {
        em.createNativeQuery(String.format(Locale.ROOT, """
                update %s set lease_until = null, lease_version = lease_version + (1 << :bits)
                where lease_until is not null and lease_version - (lease_version >> :bits << :bits) = :holder and %s <> all (:keys)
                """, table, key))
                .setParameter("bits", HOLDER_BITS)
                .setParameter("holder", HOLDER)
                .setParameter("keys", keys.toArray(String[]::new))
                .executeUpdate();
    }

    /** The time until the next row is due; empty if there is none. */
    public Optional<Duration> untilNext(EntityManager em) {
        Double seconds = em.unwrap(Session.class)
                .createNativeQuery(String.format(Locale.ROOT, """
                select cast(extract(epoch from min(greatest(due_at, coalesce(lease_until, due_at))) - now()) as double precision) from %s where %s
                """, table, condition), Double.class)
                .getSingleResult();
        return Optional.ofNullable(seconds).map(s -> Duration.ofMillis(Math.max(0, Math.round(s * 1000))));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
