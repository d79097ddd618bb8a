package id.detak.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Tells every process on the database what has happened, by PostgreSQL's NOTIFY: told within a transaction it is heard when
 * that commits, and never where it does not.
 */
@ApplicationScoped
public class PgNotifications {

    /** A capture has been kept; the payload is its id. */
    public static final String CAPTURE = "capture";

    /** Rows were written in bulk; no payload. */
    public static final String SERIES = "series";

    /** An alert fires or has resolved; the payload is its id. */
    public static final String ALERT = "alert";

    /** A session or token has ended, or the admin's token is another; the payload is the session's key, where it is one session. */
    public static final String ACCESS = "access";

    private static final String CHANNEL = "detak";
    private static final int WAIT_MILLIS = 1000;
    /** One that only listens would never notice that the other side is gone. */
    private static final int WAITS_UNTIL_PROOF = 30;
    private static final int PROOF_SECONDS = 5;

    private final EntityManager em;
    private final DataSource dataSource;

    PgNotifications(EntityManager em, DataSource dataSource) {
        this.em = em;
        this.dataSource = dataSource;
    }

    public record Told(String topic, String payload) {
    }

    public void tell(String topic, String payload) {
        em.createNativeQuery("select cast(pg_notify(:channel, :message) as text)").setParameter("channel", CHANNEL)
                .setParameter("message", topic + ":" + payload).getSingleResult();
    }

    /** Listens on a connection of its own, until told to stop or the connection breaks. Blocks. */
    public void listen(BooleanSupplier goOn, Runnable onListening, Consumer<Told> heard) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + CHANNEL);
            }
            onListening.run();
            PGConnection postgres = connection.unwrap(PGConnection.class);
            try {
                for (int waits = 1; goOn.getAsBoolean(); waits++) {
                    if (waits % WAITS_UNTIL_PROOF == 0 && !connection.isValid(PROOF_SECONDS)) {
                        throw new SQLException("the connection no longer answers");
                    }
                    for (PGNotification notification : notifications(postgres)) {
                        String[] parts = notification.getParameter().split(":", 2);
                        heard.accept(new Told(parts[0], parts[1]));
                    }
                }
            } finally {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("UNLISTEN *");
                }
            }
        }
    }

    private static PGNotification[] notifications(PGConnection connection) throws SQLException {
        PGNotification[] notifications = connection.getNotifications(WAIT_MILLIS);
        return notifications == null ? new PGNotification[0] : notifications;
    }
}
