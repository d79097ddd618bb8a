package id.detak.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.Session;

/**
 * The serving processes on the database. Each has a connection with a name of its own, that of {@link DatabaseWatch}.
 */
@ApplicationScoped
public class Replicas {

    private static final String PREFIX = "detak-watch-";

    static final String OWN_NAME =
            PREFIX + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

    /** The connection of a process that was just killed may still be listed. */
    private static final int TRIES = 5;

    private static final long PAUSE_MILLIS = 1000;

    private final Session session;

    Replicas(Session session) {
        this.session = session;
    }

    /** Whether another process serves from this database. Takes a few seconds if there is one. */
    @Transactional
    public boolean othersServe() {
        for (int i = 1; count() > 0; i++) {
            if (i == TRIES) {
                return true;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
        return false;
    }

    private long count() {
        // the list of connections is otherwise read once in a transaction
        session.createNativeQuery("select cast(pg_stat_clear_snapshot() as text)", String.class)
                .getSingleResult();
        return session.createNativeQuery("""
                select count(*) from pg_stat_activity
                where datname = current_database() and application_name like :prefix and application_name <> :own
                """, Long.class)
                .setParameter("prefix", PREFIX + "%")
                .setParameter("own", OWN_NAME)
                .getSingleResult();
    }
}
