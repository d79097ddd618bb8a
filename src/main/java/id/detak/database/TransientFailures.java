package id.detak.database;

import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.Set;

/** Whether a failure is one of the moment: the same work may succeed when the database is back. */
public final class TransientFailures {

    /**
     * Not supported, number of values, data, constraint, syntax, view's check, limit of the program, raised by a function
     * (PostgreSQL's manual, appendix A): the same again would fail the same way. All else may pass: a full disk (53100), connections
     * used up (53300), a server that stops or starts (57P), a cut connection (08), a standby (25006), a deadlock (40P01), a lock or
     * a statement that took too long (55P03, 57014).
     */
    private static final Set<String> LASTING = Set.of("0A", "21", "22", "23", "42", "44", "54", "P0");

    private TransientFailures() {
    }

    public static boolean isTransient(Throwable failure) {
        boolean database = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && e.getSQLState() != null && LASTING.contains(e.getSQLState().substring(0, 2))) {
                return false;
            }
            database |= cause instanceof SQLException || cause instanceof QuarkusTransactionException
                    || cause instanceof RollbackException;
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
