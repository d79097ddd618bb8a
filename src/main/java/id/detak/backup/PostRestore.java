package id.detak.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Locale;

/** Adjusts state that must not continue from the time of the backup. */
final class PostRestore {

    private static final String NOTIFICATION = "notification";

    private final Connection connection;
    private final DatabaseCatalog catalogue;

    PostRestore(Connection connection) {
        this.connection = connection;
        this.catalogue = new DatabaseCatalog(connection);
    }

    /** The holders of leases no longer exist. */
    void endLeases() throws SQLException {
        for (DatabaseCatalog.Table table : catalogue.tables()) {
            if (table.has("lease_until")) {
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate(String.format(
                            Locale.ROOT,
                            "update %s set lease_until = null, lease_version = lease_version + 1 where lease_until is not null",
                            DatabaseCatalog.quoted(table.name())));
                }
            }
        }
    }

    /**
     * Marks waiting messages as failed, because they may have been delivered since the backup. A person can send them
     * again.
     *
     * @return their number
     */
    int holdMessages(Instant madeAt) throws SQLException {
        if (!catalogue.exists(NOTIFICATION)) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "update notification set state = 'failed', reason = ? where state = 'waiting'")) {
            statement.setString(
                    1, "It waited when the backup of " + madeAt + " was made, and may have been delivered since.");
            return statement.executeUpdate();
        }
    }
}
