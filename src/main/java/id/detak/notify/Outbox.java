package id.detak.notify;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where messages are put, in the transaction that decided them: what is committed is delivered, or said to have failed; what
 * is not committed is never sent.
 */
@ApplicationScoped
public class Outbox {

    private final EntityManager em;
    private final ObjectMapper json;
    private final TransactionMessages messages;

    Outbox(EntityManager em, ObjectMapper json, TransactionMessages messages) {
        this.em = em;
        this.json = json.copy().disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE);
        this.messages = messages;
    }

    /** Fired once in each transaction that puts messages, so that this process looks for them at once after the commit. */
    public record Put() {
    }

    /**
     * Something to be told.
     *
     * @param channels their ids; one that is no more is passed over
     * @param message its key is made anew for each channel
     * @param notBefore when it may be sent, or null: at once
     */
    public record Parcel(Collection<UUID> channels, UUID ruleId, Message message, Instant notBefore) {
    }

    /** Stores the messages when the transaction commits, so that a transaction may put several times without holding locks. */
    @Transactional(MANDATORY)
    public void put(List<Parcel> parcels) {
        if (!parcels.isEmpty()) {
            messages.add(parcels);
        }
    }

    static String lane(UUID channelId, boolean readByPeople, UUID ruleId) {
        return readByPeople ? channelId.toString() : channelId + "/" + ruleId;
    }

    void insert(String lane, UUID channelId, String channelName, UUID ruleId, Message message, Instant notBefore) {
        em.createNativeQuery("""
                insert into notification (id, lane, channel_id, channel_name, rule_id, alert_id, event, message, state, not_before)
                values (:id, :lane, :channel, :name, cast(:rule as uuid), cast(:alert as uuid), :event, :message, 'waiting', :notBefore)
                """).setParameter("id", message.key()).setParameter("lane", lane).setParameter("channel", channelId).setParameter("name", channelName)
                .setParameter("rule", text(ruleId)).setParameter("alert", text(message.alertId())).setParameter("event", message.event().word())
                .setParameter("message", write(message)).setParameter("notBefore", notBefore).executeUpdate();
    }

    /** A rule's messages wait until then; null: they wait no more. */
    @Transactional
    public void snooze(UUID ruleId, Instant until) {
        if (until == null) {
            em.createNativeQuery("delete from snooze where rule_id = :rule").setParameter("rule", ruleId).executeUpdate();
        } else {
            em.createNativeQuery("insert into snooze (rule_id, until) values (:rule, :until) on conflict (rule_id) do update set until = excluded.until")
                    .setParameter("rule", ruleId).setParameter("until", until).executeUpdate();
        }
        messages.wake(ruleId);
    }

    @Transactional
    public Optional<Instant> snoozedUntil(UUID ruleId) {
        List<?> rows = em.createNativeQuery("select until from snooze where rule_id = :rule and until > now()").setParameter("rule", ruleId).getResultList();
        return rows.stream().findFirst().map(Instant.class::cast);
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    String write(Message message) {
        try {
            return json.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Message read(String message) {
        try {
            return json.readValue(message, Message.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
