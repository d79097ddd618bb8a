package id.detak.notify;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.platform.language.Language;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;

/**
 * Takes messages in the transaction that decides on them. A committed message is delivered or marked as failed; one
 * that is rolled back is never sent.
 */
@ApplicationScoped
public class Outbox {

    private final Session session;
    private final TransactionMessages messages;

    Outbox(Session session, TransactionMessages messages) {
        this.session = session;
        this.messages = messages;
    }

    /**
     * Fired once in each transaction that puts messages, so that this process looks for them at once after the commit.
     */
    public record Put() {}

    /**
     * A message to several channels.
     *
     * @param channels ids; a deleted channel is skipped
     * @param message in each language; gets a key of its own for each channel
     * @param notBefore when it may be sent, or null for now
     */
    public record Parcel(
            Collection<UUID> channels, UUID ruleId, Function<Language, Message> message, Instant notBefore) {

        /** A message that is the same in each language. */
        public Parcel(Collection<UUID> channels, UUID ruleId, Message message, Instant notBefore) {
            this(channels, ruleId, language -> message, notBefore);
        }
    }

    /**
     * Stores the messages when the transaction commits, so that a transaction may put several times without holding
     * locks.
     */
    @Transactional(MANDATORY)
    public void put(List<Parcel> parcels) {
        if (!parcels.isEmpty()) {
            messages.add(parcels);
        }
    }

    static String lane(UUID channelId, boolean readByPeople, UUID ruleId) {
        return readByPeople ? channelId.toString() : channelId + "/" + ruleId;
    }

    /** Holds a rule's messages back until then. Null ends it. */
    @Transactional
    public void snooze(UUID ruleId, Instant until) {
        if (until == null) {
            session.createNativeMutationQuery("delete from snooze where rule_id = :rule")
                    .setParameter("rule", ruleId)
                    .executeUpdate();
        } else {
            session.createNativeMutationQuery(
                            "insert into snooze (rule_id, until) values (:rule, :until) on conflict (rule_id) do update set until = excluded.until")
                    .setParameter("rule", ruleId)
                    .setParameter("until", until)
                    .executeUpdate();
        }
        messages.wake(ruleId);
    }

    private record Snooze(UUID ruleId, Instant until) {}

    /** Until when the messages of rules wait, by rule. */
    @Transactional
    public Map<UUID, Instant> snoozes() {
        return session.createNativeQuery("select rule_id, until from snooze where until > now()", Snooze.class)
                .getResultStream()
                .collect(Collectors.toMap(Snooze::ruleId, Snooze::until));
    }
}
