package id.detak.notify;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.UUID;

/** Stores messages. Their JSON is written once, so that each attempt sends the same bytes. */
@ApplicationScoped
class OutboxMessages implements PanacheRepositoryBase<OutboxMessage, UUID> {

    private final ObjectMapper json;

    OutboxMessages(ObjectMapper json) {
        this.json = json.copy().disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE);
    }

    /** Stores a message with a key of its own, to be sent when it is due. */
    @Transactional(MANDATORY)
    void add(Channel channel, String lane, UUID ruleId, Message message, Instant notBefore) {
        Message keyed = message.withKey(UUID.randomUUID());
        persist(new OutboxMessage(channel, lane, ruleId, keyed, write(keyed), notBefore));
    }

    /**
     * Stores a test, which was sent at once and outside any lane, so that it is listed.
     *
     * @param failure why the receiver did not take it, or null
     */
    @Transactional
    void addTest(Channel channel, Message message, String failure) {
        Instant now =
                getSession().createNativeQuery("select now()", Instant.class).getSingleResult();
        OutboxMessage test = new OutboxMessage(channel, "test", null, message, write(message), now);
        test.tried(now, failure);
        persist(test);
    }

    Message read(String message) {
        try {
            return json.readValue(message, Message.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String write(Message message) {
        try {
            return json.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
