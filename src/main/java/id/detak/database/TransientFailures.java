package id.detak.database;

import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.transaction.RollbackException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;

/** Recognizes temporary failures, after which the same work may succeed when the database is back. */
public final class TransientFailures {

    /**
     * Classes of permanent errors (PostgreSQL's manual, appendix A): not supported, cardinality, data, constraint,
     * syntax, check option, program limit, raised by a function. Others are temporary, such as a full disk (53100), too
     * many connections (53300), a server that stops or starts (57P) and a broken connection (08). So are a standby
     * (25006), a deadlock (40P01), and a lock or statement timeout (55P03, 57014).
     */
    private static final Set<String> PERMANENT = Set.of("0A", "21", "22", "23", "42", "44", "54", "P0");

    /**
     * Classes of errors in what is written: data, constraint, program limit (such as a value too long for an index).
     */
    private static final Set<String> OF_CONTENT = Set.of("22", "23", "54");

    private TransientFailures() {}

    /**
     * Whether the failure lies in the written content, so that writing it again fails again. A permanent error of
     * another kind, such as missing rights (42501) or a missing table (42P01), ends when somebody corrects the
     * database.
     */
    public static boolean isCausedByContent(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && e.getSQLState() != null) {
                return OF_CONTENT.contains(e.getSQLState().substring(0, 2));
            }
        }
        return !isTransient(failure);
    }

    public static boolean isTransient(Throwable failure) {
        boolean database = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e
                    && e.getSQLState() != null
                    && PERMANENT.contains(e.getSQLState().substring(0, 2))) {
                return false;
            }
            database |= cause instanceof SQLException
                    || cause instanceof QuarkusTransactionException
                    || cause instanceof RollbackException;
        }
        return database;
    }

    /** The first line of the root cause's message, for the log. */
    public static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof UnknownHostException) {
            return "host not found: " + root.getMessage(); // the message alone is the name
        }
        return root.getMessage() == null
                ? root.getClass().getSimpleName()
                : root.getMessage().lines().findFirst().orElse("");
    }
}
