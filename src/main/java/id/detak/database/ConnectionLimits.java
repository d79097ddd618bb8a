package id.detak.database;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.hibernate.exception.GenericJDBCException;

/**
 * Limits the time of statements. A statement of a read request may take ten seconds, so that a slow database never
 * occupies all workers. Imports, exports, evaluations and other writes have no such limit.
 */
@ApplicationScoped
class ConnectionLimits implements AgroalPoolInterceptor {

    private static final int READING_MILLIS = 10_000;
    /** Longer than the statement timeout, so that the server cancels the statement first. */
    private static final int READING_SOCKET_MILLIS = READING_MILLIS + 2_000;
    /** Longer than any write. {@link DatabaseWatch} detects a frozen server and aborts the connections. */
    private static final int OTHER_SOCKET_MILLIS = 900_000;

    private static final Executor AT_ONCE = Runnable::run;

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final CurrentRequest request;

    ConnectionLimits(CurrentRequest request) {
        this.request = request;
    }

    @Override
    public void onConnectionCreate(Connection connection) {
        open.add(connection);
        try {
            connection.setNetworkTimeout(AT_ONCE, OTHER_SOCKET_MILLIS);
        } catch (SQLException e) {
            throw new GenericJDBCException("Cannot set up a new connection.", e);
        }
    }

    @Override
    public void onConnectionDestroy(Connection connection) {
        open.remove(connection);
    }

    /**
     * Aborts open connections so that blocked threads fail immediately. The pool would close them one by one, waiting
     * for each.
     */
    void abortAll() {
        for (Connection connection : open) {
            try {
                connection.abort(AT_ONCE);
            } catch (SQLException e) {
                // it was already broken
            }
        }
    }

    @Override
    public void onConnectionAcquire(Connection connection) {
        try {
            if (!request.isReading()) {
                return;
            }
            connection.setNetworkTimeout(AT_ONCE, READING_SOCKET_MILLIS);
            // outside a transaction the timeout would outlive this read; such readers set their own
            if (!connection.getAutoCommit()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set local statement_timeout = " + READING_MILLIS);
                }
            }
        } catch (SQLException e) {
            throw new GenericJDBCException("Cannot set the statement timeout.", e);
        }
    }

    @Override
    public void onConnectionReturn(Connection connection) {
        try {
            if (!connection.isClosed() && connection.getNetworkTimeout() == READING_SOCKET_MILLIS) {
                connection.setNetworkTimeout(AT_ONCE, OTHER_SOCKET_MILLIS);
            }
        } catch (SQLException e) {
            // the connection is broken; the pool detects that when it is next borrowed
        }
    }
}
