package id.detak.database;

import id.detak.database.Notification.ListenerConnected;
import id.detak.database.Notification.Topic;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Listens for {@link PgNotifications} on a separate connection and fires each as a CDI event. Reconnects when the
 * connection breaks.
 */
@ApplicationScoped
public class NotificationListener {

    private static final int RECONNECT_MILLIS = 1000;
    private static final int WAIT_MILLIS = 1000;
    /**
     * The number of waits after which the connection is checked: a connection that only listens does not notice that
     * the server is gone.
     */
    private static final int WAITS_BETWEEN_CHECKS = 30;

    private static final int CHECK_SECONDS = 5;

    private final DataSource dataSource;
    private final Event<Notification> notifications;
    private final Event<ListenerConnected> connected;
    private volatile boolean running;
    private Thread thread;

    NotificationListener(DataSource dataSource, Event<Notification> notifications, Event<ListenerConnected> connected) {
        this.dataSource = dataSource;
        this.notifications = notifications;
        this.connected = connected;
    }

    public void start() {
        running = true;
        thread = new Thread(this::run, "detak-listen");
        thread.setDaemon(true);
        thread.start();
    }

    public void stop() {
        running = false;
        if (thread != null) {
            try {
                thread.join(3000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        boolean again = false;
        while (running) {
            try {
                listen(again);
            } catch (SQLException | RuntimeException e) {
                if (running && !again) {
                    Log.warnf(
                            "The listener for notifications lost its database connection (%s); retrying.",
                            e.getMessage());
                }
            }
            again = true;
            pause();
        }
    }

    /** Blocks until the listener is stopped or the connection breaks. */
    private void listen(boolean again) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            execute(connection, "LISTEN " + PgNotifications.CHANNEL);
            connected.fire(new ListenerConnected(again));
            PGConnection postgres = connection.unwrap(PGConnection.class);
            try {
                for (int waits = 1; running; waits++) {
                    if (waits % WAITS_BETWEEN_CHECKS == 0 && !connection.isValid(CHECK_SECONDS)) {
                        throw new SQLException("the connection no longer answers");
                    }
                    PGNotification[] received = postgres.getNotifications(WAIT_MILLIS);
                    if (received != null) {
                        Arrays.stream(received).forEach(notification -> fire(notification.getParameter()));
                    }
                }
            } finally {
                execute(connection, "UNLISTEN *");
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void fire(String message) {
        String[] parts = message.split(":", 2);
        // a newer process on the same database may use other topics
        Optional<Topic> topic = Arrays.stream(Topic.values())
                .filter(value -> value.word().equals(parts[0]))
                .findFirst();
        if (topic.isPresent()) {
            try {
                notifications.fire(new Notification(topic.get(), parts[1]));
            } catch (RuntimeException e) {
                Log.warnf("A notification was lost: %s", e.getMessage());
                connected.fire(new ListenerConnected(true)); // so that pages read what they missed
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(running ? RECONNECT_MILLIS : 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
