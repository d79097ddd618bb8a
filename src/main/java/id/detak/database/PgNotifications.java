package id.detak.database;

import id.detak.database.Notification.Published;
import id.detak.database.Notification.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Notifies all processes on the database with PostgreSQL's NOTIFY, which sends when the transaction commits. */
@ApplicationScoped
public class PgNotifications {

    static final String CHANNEL = "detak";

    private final EntityManager em;
    private final Event<Published> published;

    PgNotifications(EntityManager em, Event<Published> published) {
        this.em = em;
        this.published = published;
    }

    @Transactional(TxType.MANDATORY)
    public void publish(Topic topic) {
        publish(topic, "");
    }

    @Transactional(TxType.MANDATORY)
    public void publish(Topic topic, Object payload) {
        em.createNativeQuery("select cast(pg_notify(:channel, :message) as text)")
                .setParameter("channel", CHANNEL)
                .setParameter("message", topic.word() + ":" + payload)
                .getSingleResult();
        published.fire(new Published());
    }
}
