package id.detak.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where messages are put, in the transaction that decided them: what is committed is delivered, or said to have failed; what
 * is not committed is never sent.
 */
@ApplicationScoped
public class Outbox {

    /** What fires on a channel that people read within this time of another goes out as one message. */
    private static final Duration GATHERING = Duration.ofMinutes(1);

    private final EntityManager em;
    private final ObjectMapper json;
    private final jakarta.enterprise.event.Event<Put> put;

    Outbox(EntityManager em, ObjectMapper json, jakarta.enterprise.event.Event<Put> put) {
        this.em = em;
        this.json = json.copy().disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE);
        this.put = put;
    }

    /** Fired when messages are put. Observe it after the commit ({@code AFTER_SUCCESS}): then they are visible. */
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

    private record Posted(String lane, UUID channelId, String channelName, boolean readByPeople, Parcel parcel) {
    }

    /** Call within a transaction. Lanes are written in the order of their keys, so that no two transactions wait for each other. */
    public void put(List<Parcel> parcels) {
        List<Posted> posted = new ArrayList<>();
        parcels.forEach(parcel -> channels(parcel.channels()).forEach(channel -> posted.add(posted(channel, parcel))));
        if (posted.isEmpty()) {
            return;
        }
        posted.stream().sorted(Comparator.comparing(Posted::lane)).forEachOrdered(this::post);
        put.fire(new Put());
    }

    private List<Object[]> channels(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return em.createNativeQuery("select id, name, type from channel where id in (:ids)", Object[].class).setParameter("ids", ids).getResultList();
    }

    private static Posted posted(Object[] channel, Parcel parcel) {
        boolean people = !channel[2].equals("webhook");
        return new Posted(lane((UUID) channel[0], people, parcel.ruleId()), (UUID) channel[0], (String) channel[1], people, parcel);
    }

    static String lane(UUID channelId, boolean readByPeople, UUID ruleId) {
        return readByPeople ? channelId.toString() : channelId + "/" + ruleId;
    }

    private void post(Posted posted) {
        Parcel parcel = posted.parcel;
        Message message = parcel.message.withKey(UUID.randomUUID());
        insert(posted.lane, posted.channelId, posted.channelName, parcel.ruleId, message, parcel.notBefore);
        boolean gathers = posted.readByPeople && message.event() == MessageEvent.FIRING && message.severity() != Severity.CRITICAL;
        em.createNativeQuery("""
                insert into lane (key, channel_id, due_at) values (:key, :channel, coalesce(cast(:notBefore as timestamptz), now()))
                on conflict (key) do update set due_at = least(lane.due_at, greatest(excluded.due_at, lane.not_before,
                    case when :gathers then lane.last_firing_at + make_interval(secs => :gathering) end))
                """).setParameter("key", posted.lane).setParameter("channel", posted.channelId).setParameter("notBefore", text(parcel.notBefore))
                .setParameter("gathers", gathers).setParameter("gathering", (double) GATHERING.toSeconds()).executeUpdate();
    }

    private void insert(String lane, UUID channelId, String channelName, UUID ruleId, Message message, Instant notBefore) {
        em.createNativeQuery("""
                insert into notification (id, lane, channel_id, channel_name, rule_id, alert_id, event, message, state, not_before)
                values (:id, :lane, :channel, :name, cast(:rule as uuid), cast(:alert as uuid), :event, :message, 'waiting', coalesce(cast(:notBefore as timestamptz), now()))
                """).setParameter("id", message.key()).setParameter("lane", lane).setParameter("channel", channelId).setParameter("name", channelName)
                .setParameter("rule", text(ruleId)).setParameter("alert", text(message.alertId())).setParameter("event", message.event().word())
                .setParameter("message", write(message)).setParameter("notBefore", text(notBefore)).executeUpdate();
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
        em.createNativeQuery("""
                update lane set due_at = greatest(now(), lane.not_before)
                where key in (select key from lane where key in (select lane from notification where rule_id = :rule and state = 'waiting') order by key for update)
                """).setParameter("rule", ruleId).executeUpdate();
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
