package id.detak.backup;

import id.detak.database.Database;
import id.detak.platform.UserException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Connections that write and read rows as text in the same way, independent of the server's settings. */
final class TextConnections {

    private TextConnections() {}

    static Connection open(Database database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", database.username());
        properties.setProperty("password", database.password());
        properties.setProperty("ApplicationName", "detak-backup");
        Connection connection = DriverManager.getConnection(database.url(), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set intervalstyle = 'iso_8601'; set bytea_output = 'hex'; set extra_float_digits = 1;
                    set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0
                    """);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    static UserException failed(SQLException e) {
        return new UserException("the database refused: "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
}
