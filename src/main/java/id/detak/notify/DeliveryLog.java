package id.detak.notify;

import id.detak.platform.Wib;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of messages, for those who want to see it. */
@ApplicationScoped
public class DeliveryLog {

    private final EntityManager em;
    private final Outbox outbox;

    DeliveryLog(EntityManager em, Outbox outbox) {
        this.em = em;
        this.outbox = outbox;
    }

    /**
     * A message and what became of it.
     *
     * @param state {@code waiting}, {@code delivered}, {@code failed} or {@code skipped}
     * @param reason why it was not taken last, or skipped; null where delivered
     */
    @Schema(name = "Delivery")
    public record Item(UUID key, UUID channelId, String channel, UUID ruleId, UUID alertId, MessageEvent event, String code, String text, String state, int tries, String reason,
            OffsetDateTime createdAt, OffsetDateTime firstTriedAt, OffsetDateTime lastTriedAt, OffsetDateTime nextTryAt, OffsetDateTime deliveredAt) {
    }

    /** The newest first. Filters may be null. */
    @Transactional
    public List<Item> list(String state, UUID channelId, UUID alertId, int most) {
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder where = new StringBuilder("true");
        filter(where, parameters, "n.state", "state", state);
        filter(where, parameters, "n.channel_id", "channel", channelId);
        filter(where, parameters, "n.alert_id", "alert", alertId);
        var query = em.createNativeQuery(String.format(Locale.ROOT, """
                select n.id, n.channel_id, n.channel_name, n.rule_id, n.alert_id, n.message, n.state, n.tries, n.reason, n.created_at, n.first_tried_at, n.last_tried_at,
                       case when n.state = 'waiting' then greatest(n.not_before, l.due_at, s.until) end, n.delivered_at
                from notification n left join lane l on l.key = n.lane left join snooze s on s.rule_id = n.rule_id and s.until > now()
                where %s order by n.seq desc limit :most
                """, where), Object[].class).setParameter("most", most);
        parameters.forEach(query::setParameter);
        List<?> rows = query.getResultList();
        return rows.stream().map(Object[].class::cast).map(this::item).toList();
    }

    /** @param oldest when the first of them was due, or null where there is none */
    record Waiting(long count, Instant oldest) {
    }

    /** What is due and was not delivered yet. What is snoozed, or kept back for quiet hours, is not due. */
    @Transactional
    Waiting waiting() {
        Object[] row = (Object[]) em.createNativeQuery("""
                select count(*), min(n.not_before) from notification n
                where n.state = 'waiting' and n.not_before <= now() and not exists (select from snooze s where s.rule_id = n.rule_id and s.until > now())
                """, Object[].class).getSingleResult();
        return new Waiting(((Number) row[0]).longValue(), (Instant) row[1]);
    }

    private static void filter(StringBuilder where, Map<String, Object> parameters, String column, String name, Object value) {
        if (value != null) {
            where.append(" and ").append(column).append(" = :").append(name);
            parameters.put(name, value);
        }
    }

    private Item item(Object[] r) {
        Message message = outbox.read((String) r[5]);
        return new Item((UUID) r[0], (UUID) r[1], (String) r[2], (UUID) r[3], (UUID) r[4], message.event(), message.code(), message.text(), (String) r[6],
                ((Number) r[7]).intValue(), (String) r[8], local(r[9]), local(r[10]), local(r[11]), local(r[12]), local(r[13]));
    }

    private static OffsetDateTime local(Object instant) {
        return Wib.local((Instant) instant);
    }

    /** A test, which was sent at once and outside any lane: kept so that it is seen. */
    @Transactional
    void keepTest(UUID channelId, String channelName, Message message, String failure) {
        em.createNativeQuery("""
                insert into notification (id, lane, channel_id, channel_name, event, message, state, tries, first_tried_at, last_tried_at, reason, delivered_at)
                values (:id, 'test', :channel, :name, 'test', :message, :state, 1, now(), now(), cast(:reason as text), case when :state = 'delivered' then now() end)
                """).setParameter("id", message.key()).setParameter("channel", channelId).setParameter("name", channelName).setParameter("message", outbox.write(message))
                .setParameter("state", failure == null ? "delivered" : "failed").setParameter("reason", failure).executeUpdate();
    }
}
