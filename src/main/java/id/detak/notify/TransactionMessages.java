package id.detak.notify;

import id.detak.notify.Outbox.Parcel;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.event.Event;
import jakarta.transaction.TransactionScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/**
 * Collects the messages of one transaction and writes them just before it commits. Channels and lanes are locked only
 * then, in the order of their keys, so that two transactions with the same lanes never wait for each other in opposite
 * order.
 *
 * <p>Hibernate calls it, because an exception of a CDI transaction observer is only logged, and the messages would be
 * lost.
 */
@TransactionScoped
class TransactionMessages {

    /** Alerts on a channel that people read are sent as one message if they fire within this time of another. */
    private static final Duration GATHERING = Duration.ofMinutes(1);

    private final Session session;
    private final OutboxMessages outboxMessages;
    private final Event<Outbox.Put> put;
    private final List<Parcel> parcels = new ArrayList<>();
    private final Set<UUID> rulesToWake = new HashSet<>();

    TransactionMessages(Session session, OutboxMessages outboxMessages, Event<Outbox.Put> put) {
        this.session = session;
        this.outboxMessages = outboxMessages;
        this.put = put;
    }

    @PostConstruct
    void register() {
        session.unwrap(SharedSessionContractImplementor.class)
                .getTransactionCompletionCallbacks()
                .registerCallback(hibernate -> write());
        put.fire(new Outbox.Put());
    }

    void add(List<Parcel> more) {
        parcels.addAll(more);
    }

    /** Makes the lanes due in which messages of this rule wait. */
    void wake(UUID ruleId) {
        rulesToWake.add(ruleId);
    }

    private record Posting(String lane, Channel channel, Parcel parcel, Message message) {

        private boolean gathers() {
            return channel.isReadByPeople()
                    && message.event() == MessageEvent.FIRING
                    && message.severity() != Severity.CRITICAL;
        }
    }

    /** @param gathersUntil null if no alert was sent on the lane before */
    record LockedLane(Instant now, Instant gathersUntil) {}

    private void write() {
        Map<String, List<Posting>> postings =
                postings().stream().collect(Collectors.groupingBy(Posting::lane, TreeMap::new, Collectors.toList()));
        Set<String> woken = lanesToWake();
        woken.forEach(lane -> postings.putIfAbsent(lane, List.of()));
        postings.forEach((lane, ofLane) -> {
            if (!ofLane.isEmpty()) {
                post(lane, ofLane);
            }
            if (woken.contains(lane)) {
                session.createNativeMutationQuery(
                                "update lane set due_at = greatest(now(), " + Lanes.PAUSE_END + ") where key = :key")
                        .setParameter("key", lane)
                        .executeUpdate();
            }
        });
    }

    private List<Posting> postings() {
        Map<UUID, Channel> channels = channels().stream().collect(Collectors.toMap(Channel::id, Function.identity()));
        return parcels.stream()
                .flatMap(parcel -> parcel.channels().stream()
                        .distinct()
                        .filter(channels::containsKey)
                        .map(channels::get)
                        .map(channel -> new Posting(
                                Outbox.lane(channel.id(), channel.isReadByPeople(), parcel.ruleId()),
                                channel,
                                parcel,
                                parcel.message().apply(channel.language()))))
                .toList();
    }

    /**
     * The channels that still exist. They are locked against deletion, which locks the channel before its lanes, too.
     */
    private List<Channel> channels() {
        Set<UUID> ids =
                parcels.stream().flatMap(parcel -> parcel.channels().stream()).collect(Collectors.toSet());
        return ids.isEmpty()
                ? List.of()
                : session.createNativeQuery(
                                "select * from channel where id in (:ids) order by id for key share", Channel.class)
                        .setParameter("ids", ids)
                        .getResultList();
    }

    private Set<String> lanesToWake() {
        return rulesToWake.isEmpty()
                ? Set.of()
                : Set.copyOf(session.createNativeQuery(
                                "select distinct lane from notification where rule_id in (:rules) and state = 'waiting'",
                                String.class)
                        .setParameter("rules", rulesToWake)
                        .getResultList());
    }

    /**
     * The lane is locked first, as by the deliverer: what it delivers meanwhile counts for the gathering. An alert that
     * was sent in the future was sent before the database's clock was set back.
     */
    private void post(String key, List<Posting> postings) {
        LockedLane lane = session.createNativeQuery("""
                insert into lane (key, channel_id) values (:key, :channel)
                on conflict (key) do update set channel_id = excluded.channel_id
                returning now(), case when last_firing_at <= now() then last_firing_at + make_interval(secs => :gathering) end
                """, LockedLane.class)
                .setParameter("key", key)
                .setParameter("channel", postings.get(0).channel.id())
                .setParameter("gathering", (double) GATHERING.toSeconds())
                .getSingleResult();
        Instant due = postings.stream()
                .map(posting -> post(posting, lane))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        session.createNativeMutationQuery("update lane set due_at = least(due_at, greatest(cast(:due as timestamptz), "
                        + Lanes.PAUSE_END + ")) where key = :key")
                .setParameter("due", due)
                .setParameter("key", key)
                .executeUpdate();
    }

    /** @return when the message is due */
    private Instant post(Posting posting, LockedLane lane) {
        Instant due = later(posting.parcel.notBefore(), lane.now);
        if (posting.gathers()) {
            due = later(lane.gathersUntil, due);
        } else if (lane.gathersUntil != null && due.equals(lane.now)) {
            sendGatheredNow(posting.lane, lane.gathersUntil);
        }
        outboxMessages.add(posting.channel, posting.lane, posting.parcel.ruleId(), posting.message, due);
        return due;
    }

    /** A critical alert or the end of one does not wait. It takes the gathered messages with it. */
    private void sendGatheredNow(String lane, Instant gathersUntil) {
        session.createNativeMutationQuery(
                        "update notification set not_before = now() where lane = :lane and state = 'waiting' and not_before = :until and not_before > now()")
                .setParameter("lane", lane)
                .setParameter("until", gathersUntil)
                .executeUpdate();
    }

    private static Instant later(Instant a, Instant b) {
        return a == null || a.isBefore(b) ? b : a;
    }
}
