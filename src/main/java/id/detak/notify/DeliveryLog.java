package id.detak.notify;

import id.detak.platform.Wib;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/** Lists messages and what became of them. */
@ApplicationScoped
public class DeliveryLog {

    private final Session session;
    private final OutboxMessages outboxMessages;

    DeliveryLog(Session session, OutboxMessages outboxMessages) {
        this.session = session;
        this.outboxMessages = outboxMessages;
    }

    /**
     * A message and what became of it.
     *
     * @param state {@code waiting}, {@code delivered}, {@code failed} or {@code skipped}
     * @param reason why the last attempt failed, or why it was skipped; null if it was delivered
     */
    @Schema(name = "Delivery")
    public record Item(
            UUID key,
            UUID channelId,
            String channel,
            UUID ruleId,
            UUID alertId,
            MessageEvent event,
            String code,
            String text,
            String state,
            int tries,
            String reason,
            OffsetDateTime createdAt,
            OffsetDateTime firstTriedAt,
            OffsetDateTime lastTriedAt,
            OffsetDateTime nextTryAt,
            OffsetDateTime deliveredAt) {}

    /** A row of the query, in the order of its columns. */
    record Row(
            UUID id,
            UUID channelId,
            String channelName,
            UUID ruleId,
            UUID alertId,
            String message,
            String state,
            Integer tries,
            String reason,
            Instant createdAt,
            Instant firstTriedAt,
            Instant lastTriedAt,
            Instant nextTryAt,
            Instant deliveredAt) {}

    /** Lists messages, the newest first. Filters may be null. */
    @Transactional
    public List<Item> list(DeliveryState state, UUID channelId, UUID alertId, int most) {
        Map<String, Object> filters = new LinkedHashMap<>();
        filters.put("state", state == null ? null : state.word());
        filters.put("channel_id", channelId);
        filters.put("alert_id", alertId);
        filters.values().removeIf(value -> value == null);
        String where = filters.keySet().stream()
                .map(column -> "n." + column + " = :" + column)
                .collect(Collectors.joining(" and "));
        NativeQuery<Row> query = session.createNativeQuery(
                        """
                select n.id, n.channel_id, n.channel_name, n.rule_id, n.alert_id, n.message, n.state, n.tries, n.reason, n.created_at, n.first_tried_at, n.last_tried_at,
                       case when n.state = 'waiting' then greatest(n.not_before, l.due_at, s.until,
                           (select max(m.until) from mute m where m.subject in ('*', 'source:' || n.source))) end, n.delivered_at
                from notification n left join lane l on l.key = n.lane left join snooze s on s.rule_id = n.rule_id and s.until > now()
                """ + (where.isEmpty() ? "" : "where " + where) + " order by n.seq desc limit :most", Row.class)
                .setParameter("most", most);
        filters.forEach(query::setParameter);
        return query.getResultList().stream().map(this::item).toList();
    }

    /** @param oldest when the first of them was due, or null if there is none */
    record Waiting(Long count, Instant oldest) {}

    /**
     * Counts messages that are due and not delivered yet. A message that is snoozed, muted, or kept for quiet hours, is
     * not due.
     */
    @Transactional
    Waiting waiting() {
        return session.createNativeQuery("""
                select count(*), min(n.not_before) from notification n
                where n.state = 'waiting' and n.not_before <= now() and not exists (select from snooze s where s.rule_id = n.rule_id and s.until > now())
                  and not exists (select from mute m where m.subject in ('*', 'source:' || n.source) and m.until > now())
                """, Waiting.class).getSingleResult();
    }

    private Item item(Row row) {
        Message message = outboxMessages.read(row.message);
        return new Item(
                row.id,
                row.channelId,
                row.channelName,
                row.ruleId,
                row.alertId,
                message.event(),
                message.code(),
                message.text(),
                row.state,
                row.tries,
                row.reason,
                Wib.local(row.createdAt),
                Wib.local(row.firstTriedAt),
                Wib.local(row.lastTriedAt),
                Wib.local(row.nextTryAt),
                Wib.local(row.deliveredAt));
    }
}
