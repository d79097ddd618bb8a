package id.detak.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Locale;

/** What must not go on where it stood when the backup was made. */
final class PostRestore {

    private static final String NOTIFICATION = "notification";

    private final Connection connection;
    private final DatabaseCatalog catalogue;

    PostRestore(Connection connection) {
        this.connection = connection;
        this.catalogue = new DatabaseCatalog(connection);
    }

    /** Whoever held a lease is not there any more. */
    void endLeases() throws SQLException {
        for (DatabaseCatalog.Table table : catalogue.tables()) {
            if (table.has("lease_until")) {
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate(String.format(Locale.ROOT, "update %s set lease_until = null, lease_version = lease_version + 1 where lease_until is not null", DatabaseCatalog.quoted(table.name())));
                }
            }
        }
    }

    /**
     * A message that waited may have been delivered since. It has failed, which a person sees and may send again.
     *
     * @return how many there are
     */
    int holdMessages(Instant madeAt) throws SQLException {
        if (!catalogue.exists(NOTIFICATION)) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement("update notification set state = 'failed', reason = ? where state = 'waiting'")) {
            statement.setString(1, "It waited when the backup of " + madeAt + " was made, and may have been delivered since.");
            return statement.executeUpdate();
        }
    }
}
