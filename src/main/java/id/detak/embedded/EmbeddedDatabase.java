package id.detak.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.postgresql.Driver;

/** The database detak on a local port, accessed by JDBC. */
record EmbeddedDatabase(int port, String password) {

    static final String USER = "detak";
    private static final String NAME = "detak";
    private static final String WRONG_PASSWORD = "28P01";

    String url() {
        return url(NAME);
    }

    private String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    boolean answers() {
        try (Connection connection = connect(NAME)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    /** The data directory of the server on this port; empty if none accepts the password. */
    Optional<String> dataDirectory() {
        try (Connection connection = connect("postgres")) {
            return Optional.of(show(connection, "data_directory"));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** Called at each start, because the process may have been killed after initdb. */
    void createIfMissing(EmbeddedFolder folder) {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            if (!statement
                    .executeQuery("SELECT FROM pg_database WHERE datname = '" + NAME + "'")
                    .next()) {
                statement.execute("CREATE DATABASE " + NAME);
            }
        } catch (SQLException e) {
            throw refused(folder, e);
        }
    }

    /**
     * The command line sets these, but ALTER ROLE and ALTER DATABASE … SET override it in a session, so a session is
     * queried.
     */
    void requireDurability(EmbeddedFolder folder, String pgCtl) {
        Map<String, String> settings = new TreeMap<>();
        try (Connection connection = connect(NAME)) {
            for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                settings.put(setting, show(connection, setting));
            }
        } catch (SQLException e) {
            throw refused(folder, e);
        }
        settings.forEach((setting, value) -> {
            if (value.equals("off")) {
                throw new DatabaseUnavailableException("The database in " + folder + " runs with " + setting
                        + " off and could lose committed data: start only PostgreSQL with " + pgCtl + " start -D \""
                        + folder.cluster()
                        + "\", run ALTER ROLE " + USER + " RESET " + setting + " and ALTER DATABASE " + NAME + " RESET "
                        + setting + ", stop it, and start detak again.");
            }
        });
    }

    private static DatabaseUnavailableException refused(EmbeddedFolder folder, SQLException e) {
        if (WRONG_PASSWORD.equals(e.getSQLState())) {
            return new DatabaseUnavailableException(
                    "The database in " + folder + " does not accept the password in " + folder.passwordFile()
                            + ": restore the file that belongs to it from a backup of this folder.",
                    e);
        }
        return new DatabaseUnavailableException(
                "The database in " + folder + " started but cannot be used ("
                        + ServerLog.summary(String.valueOf(e.getMessage())) + "): read " + folder.log() + ".",
                e);
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Not with DriverManager, which depends on class loaders. */
    private Connection connect(String name) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "120");
        properties.setProperty("ApplicationName", "detak");
        return new Driver().connect(url(name), properties);
    }

    @Override
    public String toString() {
        return url();
    }
}
