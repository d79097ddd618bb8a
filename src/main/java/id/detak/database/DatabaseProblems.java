package id.detak.database;

import id.detak.platform.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.arc.ArcUndeclaredThrowableException;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.sql.SQLException;

/** Maps failures of the database: 503 for a temporary one, whatever exception wraps it, else 500. */
public final class DatabaseProblems {

    private static final int RETRY_AFTER_SECONDS = 5;

    private DatabaseProblems() {}

    /** The problem of requests that need the database during an outage. */
    public static HttpProblem unavailable() {
        return Problems.unavailable(RETRY_AFTER_SECONDS, "The database is unavailable. Try again in a few seconds.");
    }

    private static Response responseTo(Exception failure) {
        if (!TransientFailures.isTransient(failure)) {
            Log.error("A database operation failed.", failure);
            return Problems.internalError().toResponse();
        }
        Log.warnf("The database is unavailable: %s", TransientFailures.rootMessage(failure));
        return unavailable().toResponse();
    }

    @Provider
    public static class OnStatement implements ExceptionMapper<PersistenceException> {

        @Override
        public Response toResponse(PersistenceException exception) {
            return responseTo(exception);
        }
    }

    @Provider
    public static class OnConnection implements ExceptionMapper<SQLException> {

        @Override
        public Response toResponse(SQLException exception) {
            return responseTo(exception);
        }
    }

    @Provider
    public static class OnCommit implements ExceptionMapper<RollbackException> {

        @Override
        public Response toResponse(RollbackException exception) {
            return responseTo(exception);
        }
    }

    /** Maps the wrapper of a {@link RollbackException}, which is checked and which no method declares. */
    @Provider
    public static class OnUndeclared implements ExceptionMapper<ArcUndeclaredThrowableException> {

        @Override
        public Response toResponse(ArcUndeclaredThrowableException exception) {
            return responseTo(exception);
        }
    }

    @Provider
    public static class OnTransaction implements ExceptionMapper<QuarkusTransactionException> {

        @Override
        public Response toResponse(QuarkusTransactionException exception) {
            return responseTo(exception);
        }
    }
}
