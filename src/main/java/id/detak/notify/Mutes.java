package id.detak.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.Session;

/**
 * Pauses in which messages wait: all of them, or those about a source. {@link Lanes} reads the table before each
 * delivery.
 */
@ApplicationScoped
public class Mutes {

    private static final String ALL = "*";
    private static final String SOURCE = "source:";

    private final Session session;
    private final Event<Outbox.Put> put;

    Mutes(Session session, Event<Outbox.Put> put) {
        this.session = session;
        this.put = put;
    }

    private record Mute(String subject, Instant until) {}

    /** When the pause of all messages ends; empty if there is none. */
    @Transactional
    public Optional<Instant> all() {
        return session.createNativeQuery(
                        "select until from mute where subject = :subject and until > now()", Instant.class)
                .setParameter("subject", ALL)
                .uniqueResultOptional();
    }

    /** Holds all messages back until then. Null ends it. */
    @Transactional
    public void muteAll(Instant until) {
        write(ALL, until);
    }

    /** The ends of the pauses of messages about sources, by source. */
    @Transactional
    public Map<String, Instant> bySource() {
        return session.createNativeQuery(
                        "select subject, until from mute where subject like 'source:%' and until > now()", Mute.class)
                .getResultStream()
                .collect(Collectors.toMap(mute -> mute.subject().substring(SOURCE.length()), Mute::until));
    }

    /** Holds the messages about a source back until then. Null ends it. */
    @Transactional
    public void muteSource(String source, Instant until) {
        write(SOURCE + source, until);
    }

    private void write(String subject, Instant until) {
        if (until == null) {
            session.createNativeMutationQuery("delete from mute where subject = :subject")
                    .setParameter("subject", subject)
                    .executeUpdate();
        } else {
            session.createNativeMutationQuery(
                            "insert into mute (subject, until) values (:subject, :until) on conflict (subject) do update set until = excluded.until")
                    .setParameter("subject", subject)
                    .setParameter("until", until)
                    .executeUpdate();
        }
        wakeLanes();
    }

    /**
     * The deliverer looks again at what waits, and finds out until when. Locks like a transaction that puts messages.
     */
    private void wakeLanes() {
        session.createNativeQuery("""
                select key from lane
                where exists (select from notification n where n.lane = lane.key and n.state = 'waiting') order by key for update
                """, String.class).getResultList().forEach(key -> session.createNativeMutationQuery(
                        "update lane set due_at = greatest(now(), " + Lanes.PAUSE_END + ") where key = :key")
                .setParameter("key", key)
                .executeUpdate());
        put.fire(new Outbox.Put());
    }
}
