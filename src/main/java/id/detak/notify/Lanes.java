package id.detak.notify;

import id.detak.database.LeaseTable;
import id.detak.database.LeaseTable.Claim;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;

/**
 * Claims lanes for the deliverer and records what became of their messages. Each method is a transaction of its own.
 */
@ApplicationScoped
class Lanes {

    /** Longer than the longest attempt (10 s). If a process dies, others continue within a minute. */
    private static final Duration LEASE = Duration.ofSeconds(30);
    /** More than a person reads in one message. */
    private static final int MAX_AT_ONCE = 20;

    /**
     * The end of a lane's pause after a failure, as SQL; null if there is none. One that is longer than any was set
     * before the database's clock was set back.
     */
    static final String PAUSE_END = String.format(
            Locale.ROOT,
            "case when lane.not_before <= now() + make_interval(secs => %d) then lane.not_before end",
            RetryBackoff.LONGEST.toSeconds());

    private final Session session;
    private final OutboxMessages outboxMessages;

    Lanes(Session session, OutboxMessages outboxMessages) {
        this.session = session;
        this.outboxMessages = outboxMessages;
    }

    /** The messages of a lane that are sent next: one, or all that wait if people read them. */
    record Batch(UUID channelId, List<Message> messages) {

        Batch first(int count) {
            return new Batch(channelId, messages.subList(0, count));
        }

        private List<UUID> keys() {
            return messages.stream().map(Message::key).toList();
        }
    }

    /** Lanes of channels that are not busy in this process. */
    private static LeaseTable due(Collection<UUID> busyChannels) {
        String others = busyChannels.isEmpty()
                ? ""
                : busyChannels.stream()
                        .map(id -> "'" + id + "'")
                        .collect(Collectors.joining(", ", " and channel_id not in (", ")"));
        return new LeaseTable("lane", "key", "due_at is not null" + others, LeaseTable.UNLIMITED);
    }

    @Transactional
    Optional<Claim> claim(Collection<UUID> busyChannels) {
        return due(busyChannels).claim(session, LEASE);
    }

    @Transactional
    Optional<Duration> untilNext(Collection<UUID> busyChannels) {
        return due(busyChannels).untilNext(session);
    }

    @Transactional
    void freeAllBut(Set<String> keys) {
        due(Set.of()).freeAllBut(session, keys);
    }

    @Transactional
    void freeMineBut(Set<String> keys) {
        due(Set.of()).freeMineBut(session, keys);
    }

    /** The channel of a lane. */
    static UUID channelOf(String lane) {
        return UUID.fromString(lane.substring(0, 36));
    }

    /**
     * Reads, right before sending, what is still to be sent, and renews the lease. The result is empty if the lease is
     * lost (this process was paused for longer than it lasts), or if every message was delivered or skipped, or has to
     * wait.
     */
    @Transactional
    Optional<Batch> take(Claim claim, boolean together) {
        boolean isHeld = session.createNativeMutationQuery(
                                "update lane set lease_until = now() + make_interval(secs => :lease) where key = :key and lease_version = :version and lease_until > now()")
                        .setParameter("lease", (double) LEASE.toSeconds())
                        .setParameter("key", claim.key())
                        .setParameter("version", claim.version())
                        .executeUpdate()
                == 1;
        if (!isHeld) {
            return Optional.empty();
        }
        skipIfFiringWasNotSent(claim.key());
        List<Message> messages = session
                .createNativeQuery("""
                select n.message from notification n
                where n.lane = :lane and n.state = 'waiting' and n.not_before <= now()
                  and not exists (select from snooze s where s.rule_id = n.rule_id and s.until > now())
                  and not exists (select from mute m where m.subject in ('*', 'source:' || n.source) and m.until > now())
                  and not exists (select from notification e where e.lane = n.lane and e.state = 'waiting' and e.rule_id = n.rule_id and e.seq < n.seq and e.not_before > now())
                order by n.seq limit :most
                """, String.class)
                .setParameter("lane", claim.key())
                .setParameter("most", together ? MAX_AT_ONCE : 1)
                .getResultList()
                .stream()
                .map(outboxMessages::read)
                .toList();
        return messages.isEmpty() ? Optional.empty() : Optional.of(new Batch(channelOf(claim.key()), messages));
    }

    /** A channel that never got the firing does not get reminders or the end of the alert. */
    private void skipIfFiringWasNotSent(String lane) {
        session.createNativeMutationQuery("""
                update notification n set state = 'skipped', reason = 'The firing was not sent to this channel.'
                where n.lane = :lane and n.state = 'waiting' and n.event in ('resolved', 'reminder')
                  and not exists (select from notification f
                                  where f.alert_id = n.alert_id and f.channel_id = n.channel_id and f.event = 'firing' and f.state in ('waiting', 'delivered'))
                """).setParameter("lane", lane).executeUpdate();
    }

    /** @return false if the lease is lost; then its new holder sends the messages again, with the same keys */
    @Transactional
    boolean delivered(Claim claim, Batch batch) {
        if (!lock(claim)) {
            return false;
        }
        session.createNativeMutationQuery("""
                update notification set state = 'delivered', delivered_at = now(), reason = null, tries = tries + 1, last_tried_at = now(),
                       first_tried_at = coalesce(first_tried_at, now())
                where id in (:ids) and state = 'waiting'
                """).setParameter("ids", batch.keys()).executeUpdate();
        boolean fired = batch.messages.stream().anyMatch(message -> message.event() == MessageEvent.FIRING);
        session.createNativeMutationQuery(
                        "update lane set not_before = null, last_firing_at = case when :fired then now() else last_firing_at end where key = :key")
                .setParameter("fired", fired)
                .setParameter("key", claim.key())
                .executeUpdate();
        return true;
    }

    /** @param age seconds since the first attempt */
    record Tried(Boolean waits, Integer tries, Long age) {}

    /** Records that a batch was not taken. Each message is tried again for a day, then it has failed. */
    @Transactional
    void notTaken(Claim claim, Batch batch, String reason, Duration retryAfter) {
        if (!lock(claim)) {
            return;
        }
        List<Tried> tried = session.createNativeQuery("""
                update notification set tries = tries + 1, last_tried_at = now(), first_tried_at = coalesce(first_tried_at, now()), reason = :reason,
                       state = case when first_tried_at < now() - make_interval(secs => :longest) then 'failed' else state end
                where id in (:ids) and state = 'waiting'
                returning state = 'waiting', tries, cast(extract(epoch from now() - first_tried_at) as bigint)
                """, Tried.class)
                .setParameter("reason", reason)
                .setParameter("longest", (double) RetryBackoff.LONGEST.toSeconds())
                .setParameter("ids", batch.keys())
                .getResultList();
        // after a message has failed, the next one is tried at once, because it has a day of its own
        Duration delay = tried.stream()
                .filter(Tried::waits)
                .map(message -> RetryBackoff.delay(message.tries, Duration.ofSeconds(message.age), retryAfter))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        session.createNativeMutationQuery(
                        "update lane set not_before = now() + make_interval(secs => :delay) where key = :key")
                .setParameter("delay", delay.toMillis() / 1000.0)
                .setParameter("key", claim.key())
                .executeUpdate();
    }

    /** Records that a batch was not taken and is not tried again. */
    @Transactional
    void failed(Claim claim, Batch batch, String reason) {
        if (!lock(claim)) {
            return;
        }
        session.createNativeMutationQuery("""
                update notification set tries = tries + 1, last_tried_at = now(), first_tried_at = coalesce(first_tried_at, now()), reason = :reason,
                       state = 'failed'
                where id in (:ids) and state = 'waiting'
                """)
                .setParameter("reason", reason)
                .setParameter("ids", batch.keys())
                .executeUpdate();
    }

    /** Releases the lane. It is due again when the first of its waiting messages is. */
    @Transactional
    void release(Claim claim) {
        if (lock(claim)) {
            // in a statement of its own, to see what was put while the lock was waited for
            session.createNativeMutationQuery(String.format(Locale.ROOT, """
                    update lane set lease_until = null, due_at = (
                        select min(greatest((select max(e.not_before) from notification e
                                             where e.lane = n.lane and e.state = 'waiting' and (e.id = n.id or e.rule_id = n.rule_id and e.seq < n.seq)),
                                            s.until, (select max(m.until) from mute m where m.subject in ('*', 'source:' || n.source)),
                                            %s))
                        from notification n left join snooze s on s.rule_id = n.rule_id
                        where n.lane = lane.key and n.state = 'waiting'
                          and exists (select from channel c where c.id = lane.channel_id and c.enabled))
                    where key = :key
                    """, PAUSE_END))
                    .setParameter("key", claim.key())
                    .executeUpdate();
        }
    }

    /** Releases the lane for another process. */
    @Transactional
    void releaseToOthers(Claim claim, Duration delay) {
        due(Set.of()).releaseFromNow(session, claim, delay);
    }

    /** Locks all lanes of a channel in the order of their keys, like a transaction that puts messages there. */
    private void lock(UUID channelId) {
        session.createNativeQuery(
                        "select key from lane where channel_id = :channel order by key for update", String.class)
                .setParameter("channel", channelId)
                .getResultList();
    }

    /** @return false if the lease is lost */
    private boolean lock(Claim claim) {
        return !session.createNativeQuery(
                        "select key from lane where key = :key and lease_version = :version and lease_until is not null for update",
                        String.class)
                .setParameter("key", claim.key())
                .setParameter("version", claim.version())
                .getResultList()
                .isEmpty();
    }

    /**
     * Sends a failed message again, and what was skipped because of it.
     *
     * @return false if there is no such message, or if it did not fail
     */
    @Transactional
    boolean sendAgain(UUID key) {
        List<String> lanes = session.createNativeQuery("""
                update notification n set state = 'waiting', tries = 0, first_tried_at = null, reason = null, not_before = now()
                from notification failed
                where failed.id = :key and failed.state = 'failed' and exists (select from lane l where l.key = failed.lane)
                  and (n.id = failed.id or n.alert_id = failed.alert_id and n.channel_id = failed.channel_id and n.state = 'skipped')
                returning n.lane
                """, String.class)
                .setParameter("key", key)
                .getResultList();
        if (lanes.isEmpty()) {
            return false;
        }
        session.createNativeMutationQuery("update lane set not_before = null, due_at = now() where key = :key")
                .setParameter("key", lanes.get(0))
                .executeUpdate();
        return true;
    }

    /** Makes the lanes due after the channel was enabled or changed. */
    @Transactional
    void dueNow(UUID channelId) {
        lock(channelId);
        session.createNativeMutationQuery("""
                update lane set due_at = now(), not_before = null
                where channel_id = :channel and exists (select from notification n where n.lane = lane.key and n.state = 'waiting')
                """)
                .setParameter("channel", channelId)
                .executeUpdate();
    }

    /** Skips what waits for a channel that is about to be deleted. */
    @Transactional
    void skipAll(UUID channelId) {
        // before the lanes, like a transaction that puts messages there
        session.createNativeQuery("select id from channel where id = :channel for update", UUID.class)
                .setParameter("channel", channelId)
                .getResultList();
        lock(channelId);
        session.createNativeMutationQuery(
                        "update notification set state = 'skipped', reason = 'The channel was deleted.' where channel_id = :channel and state = 'waiting'")
                .setParameter("channel", channelId)
                .executeUpdate();
    }
}
