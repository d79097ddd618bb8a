package id.detak.notify;

import id.detak.database.LeaseTable.Claim;
import id.detak.database.LeaseTable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The tables {@code lane} and {@code notification} as the deliverer sees them. Each method is a transaction of its own. */
@ApplicationScoped
class Lanes {

    /** Longer than the longest sending (10 s): where a process dies, others go on within a minute. */
    private static final Duration LEASE = Duration.ofSeconds(30);
    /** As many as a person reads in one message. */
    private static final int MOST_AT_ONCE = 20;

    private final EntityManager em;
    private final Outbox outbox;

    Lanes(EntityManager em, Outbox outbox) {
        this.em = em;
        this.outbox = outbox;
    }

    /** What of a lane is to be sent next: one message, or, where people read them, all that wait. */
    record Batch(UUID channelId, List<Message> messages) {

        Batch first(int count) {
            return new Batch(channelId, messages.subList(0, count));
        }

        private List<UUID> keys() {
            return messages.stream().map(Message::key).toList();
        }
    }

    /** Of channels that are not busy here. */
    private static LeaseTable due(Collection<UUID> busyChannels) {
        String others = busyChannels.isEmpty() ? "" : busyChannels.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", ", " and channel_id not in (", ")"));
        return new LeaseTable("lane", "key", "due_at is not null" + others);
    }

    @Transactional
    Optional<Claim> claim(Collection<UUID> busyChannels) {
        return due(busyChannels).claim(em, LEASE);
    }

    @Transactional
    Optional<Duration> untilNext(Collection<UUID> busyChannels) {
        return due(busyChannels).untilNext(em);
    }

    @Transactional
    void freeAllBut(Set<String> keys) {
        due(Set.of()).freeAllBut(em, keys);
    }

    @Transactional
    void freeMineBut(Set<String> keys) {
        due(Set.of()).freeMineBut(em, keys);
    }

    /** Which channel a lane leads to. */
    static UUID channelOf(String lane) {
        return UUID.fromString(lane.substring(0, 36));
    }

    /**
     * Looks, right before sending, what is still to be sent: empty where the claim holds no more (this process slept through its
     * lease), where all was delivered or skipped, or has to wait. Makes the lease new.
     */
    @Transactional
    Optional<Batch> take(Claim claim, boolean together) {
        boolean held = em.createNativeQuery("update lane set lease_until = now() + make_interval(secs => :lease) where key = :key and lease_version = :version and lease_until > now()")
                .setParameter("lease", (double) LEASE.toSeconds()).setParameter("key", claim.key()).setParameter("version", claim.version()).executeUpdate() == 1;
        if (!held) {
            return Optional.empty();
        }
        skipWhatHasNoBeginning(claim.key());
        List<?> rows = em.createNativeQuery("""
                select n.message from notification n
                where n.lane = :lane and n.state = 'waiting' and n.not_before <= now()
                  and not exists (select from snooze s where s.rule_id = n.rule_id and s.until > now())
                  and not exists (select from notification e where e.lane = n.lane and e.state = 'waiting' and e.rule_id = n.rule_id and e.seq < n.seq and e.not_before > now())
                order by n.seq limit :most
                """, String.class).setParameter("lane", claim.key()).setParameter("most", together ? MOST_AT_ONCE : 1).getResultList();
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Batch(channelOf(claim.key()), rows.stream().map(row -> outbox.read((String) row)).toList()));
    }

    /** A channel that never heard of a firing is not told of its end. */
    private void skipWhatHasNoBeginning(String lane) {
        em.createNativeQuery("""
                update notification n set state = 'skipped', reason = 'This channel was not told of the firing.'
                where n.lane = :lane and n.state = 'waiting' and n.event in ('resolved', 'reminder')
                  and not exists (select from notification f
                                  where f.alert_id = n.alert_id and f.channel_id = n.channel_id and f.event = 'firing' and f.state in ('waiting', 'delivered'))
                """).setParameter("lane", lane).executeUpdate();
    }

    /** @return false where the claim holds no more; then whoever has it now sends them again, with the same keys */
    @Transactional
    boolean delivered(Claim claim, Batch batch) {
        if (!hold(claim)) {
            return false;
        }
        em.createNativeQuery("""
                update notification set state = 'delivered', delivered_at = now(), reason = null, tries = tries + 1, last_tried_at = now(),
                       first_tried_at = coalesce(first_tried_at, now())
                where id in (:ids) and state = 'waiting'
                """).setParameter("ids", batch.keys()).executeUpdate();
        boolean fired = batch.messages.stream().anyMatch(message -> message.event() == MessageEvent.FIRING);
        em.createNativeQuery("update lane set not_before = null, last_firing_at = case when :fired then now() else last_firing_at end where key = :key")
                .setParameter("fired", fired).setParameter("key", claim.key()).executeUpdate();
        return true;
    }

    /** Notes that a batch was not taken: each message is tried again for a day, then it has failed. */
    @Transactional
    void notTaken(Claim claim, Batch batch, String reason, Duration retryAfter) {
        if (!hold(claim)) {
            return;
        }
        List<?> rows = em.createNativeQuery("""
                update notification set tries = tries + 1, last_tried_at = now(), first_tried_at = coalesce(first_tried_at, now()), reason = :reason,
                       state = case when first_tried_at < now() - make_interval(secs => :longest) then 'failed' else state end
                where id in (:ids) and state = 'waiting'
                returning state, tries, extract(epoch from now() - first_tried_at)
                """, Object[].class).setParameter("reason", reason).setParameter("longest", (double) RetryBackoff.LONGEST.toSeconds()).setParameter("ids", batch.keys())
                .getResultList();
        // after one that has failed, the next is tried at once: it has a day of its own
        Duration delay = rows.stream().map(Object[].class::cast).filter(row -> row[0].equals("waiting"))
                .map(row -> RetryBackoff.delay(((Number) row[1]).intValue(), Duration.ofSeconds(((Number) row[2]).longValue()), retryAfter))
                .max(Comparator.naturalOrder()).orElse(Duration.ZERO);
        em.createNativeQuery("update lane set not_before = now() + make_interval(secs => :delay) where key = :key")
                .setParameter("delay", delay.toMillis() / 1000.0).setParameter("key", claim.key()).executeUpdate();
    }

    /** Gives the lane back, due when the first of what waits is. */
    @Transactional
    void release(Claim claim) {
        if (hold(claim)) {
            // a statement of its own: it must see what was put while the lane was waited for
            em.createNativeQuery("""
                    update lane set lease_until = null, due_at = (
                        select min(greatest((select max(e.not_before) from notification e
                                             where e.lane = n.lane and e.state = 'waiting' and (e.id = n.id or e.rule_id = n.rule_id and e.seq < n.seq)),
                                            s.until, lane.not_before))
                        from notification n left join snooze s on s.rule_id = n.rule_id
                        where n.lane = lane.key and n.state = 'waiting'
                          and exists (select from channel c where c.id = lane.channel_id and c.enabled))
                    where key = :key
                    """).setParameter("key", claim.key()).executeUpdate();
        }
    }

    /** Gives the lane back, to be tried again by somebody else. */
    @Transactional
    void releaseUntried(Claim claim, Duration delay) {
        due(Set.of()).releaseFromNow(em, claim, delay);
    }

    /** In the order of their keys, as whoever puts messages there. */
    private void hold(UUID channelId) {
        em.createNativeQuery("select key from lane where channel_id = :channel order by key for update").setParameter("channel", channelId).getResultList();
    }

    private boolean hold(Claim claim) {
        return !em.createNativeQuery("select key from lane where key = :key and lease_version = :version and lease_until is not null for update")
                .setParameter("key", claim.key()).setParameter("version", claim.version()).getResultList().isEmpty();
    }

    /** Sends what failed (or was skipped after it) again. @return false where there is no such message, or it did not fail */
    @Transactional
    boolean sendAgain(UUID key) {
        List<?> lanes = em.createNativeQuery("""
                update notification n set state = 'waiting', tries = 0, first_tried_at = null, reason = null, not_before = now()
                from notification failed
                where failed.id = :key and failed.state = 'failed' and exists (select from lane l where l.key = failed.lane)
                  and (n.id = failed.id or n.alert_id = failed.alert_id and n.channel_id = failed.channel_id and n.state = 'skipped')
                returning n.lane
                """, String.class).setParameter("key", key).getResultList();
        if (lanes.isEmpty()) {
            return false;
        }
        em.createNativeQuery("update lane set not_before = null, due_at = now() where key = :key").setParameter("key", lanes.get(0)).executeUpdate();
        return true;
    }


    /** After a channel was switched on again, or changed. */
    @Transactional
    void dueNow(UUID channelId) {
        hold(channelId);
        em.createNativeQuery("""
                update lane set due_at = now(), not_before = null
                where channel_id = :channel and exists (select from notification n where n.lane = lane.key and n.state = 'waiting')
                """).setParameter("channel", channelId).executeUpdate();
    }

    /** A channel that is to be deleted: what waits for it is told no more. */
    @Transactional
    void skipAll(UUID channelId) {
        // before the lanes, as by those who put messages there
        em.createNativeQuery("select id from channel where id = :channel for update").setParameter("channel", channelId).getResultList();
        hold(channelId);
        em.createNativeQuery("update notification set state = 'skipped', reason = 'The channel was deleted.' where channel_id = :channel and state = 'waiting'")
                .setParameter("channel", channelId).executeUpdate();
    }
}
