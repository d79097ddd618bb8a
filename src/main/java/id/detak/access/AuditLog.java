package id.detak.access;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hibernate.Session;

/** The table {@code audit}: what the admin changed, written in the transaction that changes it. */
@ApplicationScoped
public class AuditLog {

    private final Session session;
    private final Clock clock;

    AuditLog(Session session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    /**
     * @param actor who did it
     * @param action such as {@code indicator.merge}
     * @param subject what it was done to, such as the code of an indicator
     * @param detail in a few words
     */
    public record Entry(Instant at, String actor, String action, String subject, String detail) {}

    @Transactional(MANDATORY)
    public void add(String actor, String action, String subject, String detail) {
        session.createNativeMutationQuery(
                        "insert into audit (at, actor, action, subject, detail) values (:at, :actor, :action, :subject, :detail)")
                .setParameter("at", clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setParameter("actor", actor)
                .setParameter("action", action)
                .setParameter("subject", subject)
                .setParameter("detail", detail)
                .executeUpdate();
    }

    /** The newest first. */
    @Transactional
    public List<Entry> newest(int most) {
        return session.createNativeQuery(
                        "select at, actor, action, subject, detail from audit order by id desc limit :most",
                        Entry.class)
                .setParameter("most", most)
                .getResultList();
    }
}
