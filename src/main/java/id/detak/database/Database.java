package id.detak.database;

import id.detak.embedded.DatabaseUnavailableException;
import id.detak.embedded.EmbeddedPostgres;
import id.detak.platform.BadSettingException;
import id.detak.platform.StartupSettings;
import id.detak.platform.UserException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/**
 * The PostgreSQL that Detak uses: the one of {@code DETAK_DB_URL}, or the embedded one. It is opened before Quarkus
 * starts, so that a failure is reported in one sentence and the connection pool finds the URL in the system properties.
 *
 * @param embedded null for an external database
 */
public record Database(String url, String username, String password, EmbeddedPostgres embedded)
        implements AutoCloseable {

    static final int OLDEST_VERSION = 15;
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(5);

    /** @throws UserException if there is no usable database; the message says what to do */
    public static Database open(StartupSettings settings, EmbeddedPostgres.Role role) {
        if (settings.databaseUrl().isPresent()) {
            return openExternal(settings, role);
        }
        try {
            EmbeddedPostgres embedded = EmbeddedPostgres.open(settings.dataFolder(), role);
            return new Database(embedded.jdbcUrl(), embedded.username(), embedded.password(), embedded);
        } catch (DatabaseUnavailableException e) {
            throw new UserException(e.getMessage());
        }
    }

    /** Whether no other process uses this database, which holds for the owner of an embedded one. */
    public boolean isOwned() {
        return embedded != null && embedded.isOwner();
    }

    /** The properties that Quarkus needs. */
    public Map<String, String> properties() {
        return Map.of(
                "quarkus.datasource.jdbc.url",
                url,
                "quarkus.datasource.username",
                username,
                "quarkus.datasource.password",
                password);
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }

    private static Database openExternal(StartupSettings settings, EmbeddedPostgres.Role role) {
        String url = settings.databaseUrl().get();
        String jdbc = url.startsWith("jdbc:") ? url : "jdbc:" + url.replaceFirst("^postgres:", "postgresql:");
        if (!jdbc.startsWith("jdbc:postgresql:")) {
            throw new BadSettingException("DETAK_DB_URL must look like jdbc:postgresql://host:5432/database");
        }
        Database database = new Database(
                jdbc,
                settings.databaseUser().orElse(""),
                settings.databasePassword().orElse(""),
                null);
        database.awaitExternal(role);
        return database;
    }

    /** Waits for an external database. A server starts without it; a command gives up. */
    private void awaitExternal(EmbeddedPostgres.Role role) {
        long end = System.nanoTime() + COMMAND_TIMEOUT.toNanos();
        while (true) {
            try (Connection connection = connect()) {
                refuseOld(connection.getMetaData().getDatabaseMajorVersion());
                return;
            } catch (SQLException e) {
                boolean serving = role == EmbeddedPostgres.Role.SERVE;
                if (!mayRecover(e) || !serving && System.nanoTime() > end) {
                    throw new UserException(
                            "The database of DETAK_DB_URL cannot be used (" + TransientFailures.rootMessage(e)
                                    + "). Check DETAK_DB_URL, DETAK_DB_USER and DETAK_DB_PASSWORD.");
                }
                if (serving) {
                    System.err.println("detak: the database of DETAK_DB_URL is not available yet ("
                            + TransientFailures.rootMessage(e) + "); until then, polls are stored in the spool");
                    return;
                }
                sleep();
            }
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        for (String timeout : new String[] {"connectTimeout", "socketTimeout"}) {
            properties.setProperty(timeout, String.valueOf(COMMAND_TIMEOUT.toSeconds()));
        }
        return DriverManager.getConnection(url, properties);
    }

    /** @throws UserException if the version is too old */
    public static void refuseOld(int version) {
        if (version < OLDEST_VERSION) {
            throw new UserException(
                    "DETAK_DB_URL points to PostgreSQL " + version + ": Detak needs " + OLDEST_VERSION + " or later.");
        }
    }

    /**
     * A broken connection (class 08), and a server that starts, stops (57P) or is full (53), may recover; a wrong
     * password will not.
     */
    private static boolean mayRecover(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().matches("08.*|57P.*|53.*");
    }

    private static void sleep() {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException("Interrupted while waiting for the database.");
        }
    }
}
