package id.detak.database;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Work that is due is a row; whichever process claims it does it. A claim is a lease: it ends by itself when its holder dies,
 * and it is fenced by a version, so a process that slept through its lease can no longer act. All times are the database's.
 *
 * <p>The table needs the columns {@code due_at}, {@code lease_until} and {@code lease_version}. Call within a transaction.
 *
 * @param table a name of ours, never a user's text
 * @param key the column that names a row
 * @param condition which rows count at all, as SQL
 */
public record LeaseTable(String table, String key, String condition) {

    /** The low bits of a version say which process claimed, so that one that lost the answer to its claim finds it again. */
    private static final int HOLDER_BITS = 20;
    private static final int HOLDER = RandomGenerator.getDefault().nextInt(1 << HOLDER_BITS);

    /** The right to work on a row, until its lease ends or somebody claims it anew. */
    public record Claim(String key, long version) {
    }

    /** Claims one row that is due and free. */
    public Optional<Claim> claim(EntityManager em, Duration lease) {
        List<?> rows = em.createNativeQuery(String.format(Locale.ROOT, """
                update %1$s set lease_version = ((lease_version >> :bits) + 1 << :bits) + :holder, lease_until = now() + make_interval(secs => :lease)
                where %2$s = (select %2$s from %1$s
                              where %3$s and due_at <= now() and (lease_until is null or lease_until <= now())
                              order by due_at limit 1 for update skip locked)
                returning %2$s, lease_version
                """, table, key, condition)).setParameter("lease", seconds(lease)).setParameter("bits", HOLDER_BITS)
                .setParameter("holder", HOLDER).getResultList();
        return rows.stream().findFirst().map(Object[].class::cast).map(row -> new Claim((String) row[0], ((Number) row[1]).longValue()));
    }

    /**
     * Gives the row back, due again after {@code delay}, counted from when it was due (so that a rhythm is kept), or from now
     * where it is further behind than that.
     *
     * @return false, and nothing is changed, where the claim holds no more: somebody claimed the row anew, or it was given back
     *     by an earlier try whose answer was lost
     */
    public boolean release(EntityManager em, Claim claim, Duration delay) {
        return release(em, claim, delay, """
                case when due_at + make_interval(secs => 2 * :delay) < now() then now() + make_interval(secs => :delay)
                     else greatest(due_at + make_interval(secs => :delay), now()) end""");
    }

    /** The same, due again after {@code delay} from now on: after a failure there is no rhythm to keep. */
    public boolean releaseFromNow(EntityManager em, Claim claim, Duration delay) {
        return release(em, claim, delay, "now() + make_interval(secs => :delay)");
    }

    private boolean release(EntityManager em, Claim claim, Duration delay, String due) {
        return em.createNativeQuery(String.format(Locale.ROOT, """
                update %1$s set lease_until = null, due_at = %3$s
                where %2$s = :key and lease_version = :version and lease_until is not null
                """, table, key, due)).setParameter("delay", seconds(delay)).setParameter("key", claim.key())
                .setParameter("version", claim.version()).executeUpdate() == 1;
    }

    /** Frees every lease but those of the rows named: for the one owner of an embedded database, who knows what it is working on. */
    public void freeAllBut(EntityManager em, Collection<String> keys) {
        em.createNativeQuery(String.format(Locale.ROOT, "update %s set lease_until = null, lease_version = lease_version + 1 where lease_until is not null and %s <> all (:keys)", table, key))
                .setParameter("keys", keys.toArray(String[]::new)).executeUpdate();
    }

    /** Frees the leases that this process holds, but those of the rows named: it claimed them, and the answer was lost. */
    public void freeMineBut(EntityManager em, Collection<String> keys) {
        em.createNativeQuery(String.format(Locale.ROOT, """
                update %s set lease_until = null, lease_version = lease_version + (1 << :bits)
                where lease_until is not null and lease_version - (lease_version >> :bits << :bits) = :holder and %s <> all (:keys)
                """, table, key)).setParameter("bits", HOLDER_BITS).setParameter("holder", HOLDER)
                .setParameter("keys", keys.toArray(String[]::new)).executeUpdate();
    }

    /** How long until the next row of this table is due. */
    public Optional<Duration> untilNext(EntityManager em) {
        Object seconds = em.createNativeQuery(String.format(Locale.ROOT, """
                select extract(epoch from min(greatest(due_at, coalesce(lease_until, due_at))) - now()) from %s where %s
                """, table, condition)).getSingleResult();
        return Optional.ofNullable((Number) seconds).map(s -> Duration.ofMillis(Math.max(0, Math.round(s.doubleValue() * 1000))));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
