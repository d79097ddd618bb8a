package id.detak.platform;

import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.Set;

/** Whether a failure is one of the moment: the same work may succeed when the database is back. */
public final class Transience {

    /** Data, constraint, syntax (PostgreSQL's manual, appendix A): the same again would fail the same way. */
    private static final Set<String> LASTING = Set.of("22", "23", "42");

    private Transience() {
    }

    public static boolean isTransient(Throwable failure) {
        boolean database = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && e.getSQLState() != null && LASTING.contains(e.getSQLState().substring(0, 2))) {
                return false;
            }
            database |= cause instanceof SQLException || cause instanceof PersistenceException || cause instanceof QuarkusTransactionException;
        }
        return database;
    }

    /** The first line of what the failure began with: what the log says of a failure of the moment. */
    public static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage().lines().findFirst().orElse("");
    }
}
