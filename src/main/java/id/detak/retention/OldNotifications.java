package id.detak.retention;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;

/**
 * Deletes messages of resolved alerts, and transitions without an alert. Alerts and their transitions are kept for
 * ever.
 */
@ApplicationScoped
class OldNotifications implements CleanupTask {

    private final RetentionSettings keeping;
    private final EntityManager em;

    OldNotifications(RetentionSettings keeping, EntityManager em) {
        this.keeping = keeping;
        this.em = em;
    }

    @Override
    public String name() {
        return "notifications";
    }

    @Override
    public boolean isEnabled() {
        return keeping.notificationsFrom().isPresent();
    }

    @Override
    public boolean deleteBatch() {
        Instant from = keeping.notificationsFrom().orElseThrow();
        int messages = delete("""
                delete from notification where id in (
                    select n.id from notification n
                    where n.state <> 'waiting' and n.created_at < :from
                      and not exists (select from alert a where a.id = n.alert_id and (a.state = 'firing' or a.resolved_at >= :from))
                    limit :most)
                """, from);
        int steps = delete(
                "delete from rule_transition where id in (select id from rule_transition where alert_id is null and recorded_at < :from limit :most)",
                from);
        return messages == BATCH || steps == BATCH;
    }

    private int delete(String sql, Instant from) {
        return QuarkusTransaction.requiringNew().call(() -> em.createNativeQuery(sql)
                .setParameter("from", from)
                .setParameter("most", BATCH)
                .executeUpdate());
    }
}
