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
 * How long a statement is waited for. A request that reads waits for no statement longer than ten seconds, so that a slow database never holds all workers. Imports,
 * exports, evaluations and whatever else writes take their time.
 */
@ApplicationScoped
class ConnectionLimits implements AgroalPoolInterceptor {

    private static final int READING_MILLIS = 10_000;
    /** The other side should give up first: it then knows that nobody waits. */
    private static final int READING_SOCKET_MILLIS = READING_MILLIS + 2_000;
    /** Longer than any statement that writes takes. A server that freezes is found out by {@link DatabaseWatch}, which frees all. */
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
            throw new GenericJDBCException("a new connection is of no use", e);
        }
    }

    @Override
    public void onConnectionDestroy(Connection connection) {
        open.remove(connection);
    }

    /** Frees who waits for an answer that will not come. The pool itself closes one connection after the other, and politely. */
    void abortAll() {
        for (Connection connection : open) {
            try {
                connection.abort(AT_ONCE);
            } catch (SQLException e) {
                // it was broken already
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
            // outside a transaction it would outlive this reading; who reads so sets a limit of his own
            if (!connection.getAutoCommit()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set local statement_timeout = " + READING_MILLIS);
                }
            }
        } catch (SQLException e) {
            throw new GenericJDBCException("the time of reading cannot be limited", e);
        }
    }

    @Override
    public void onConnectionReturn(Connection connection) {
        try {
            if (!connection.isClosed() && connection.getNetworkTimeout() == READING_SOCKET_MILLIS) {
                connection.setNetworkTimeout(AT_ONCE, OTHER_SOCKET_MILLIS);
            }
        } catch (SQLException e) {
            // it is broken, and found out when it is next borrowed
        }
    }
}
