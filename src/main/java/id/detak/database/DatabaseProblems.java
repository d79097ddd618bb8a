package id.detak.database;

import id.detak.platform.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.arc.ArcUndeclaredThrowableException;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.sql.SQLException;

/** A database that is away for the moment is 503, not a fault of ours, whatever the failure was wrapped in. */
public final class DatabaseProblems {

    public static final int RETRY_AFTER_SECONDS = 5;
    public static final String TITLE = "Service Unavailable";
    public static final String DETAIL = "The database is away for the moment: try again in some seconds.";

    private DatabaseProblems() {
    }

    private static Response answer(Exception failure) {
        if (!TransientFailures.isTransient(failure)) {
            Log.error("What was asked of the database failed.", failure);
            return Problems.of(500, "Internal Server Error", "That is a fault of Detak's; the log has more.").toResponse();
        }
        Log.warnf("The database cannot be asked: %s", TransientFailures.rootMessage(failure));
        return HttpProblem.builder(Problems.of(503, TITLE, DETAIL))
                .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).build().toResponse();
    }

    @Provider
    public static class OnStatement implements ExceptionMapper<PersistenceException> {

        @Override
        public Response toResponse(PersistenceException exception) {
            return answer(exception);
        }
    }

    @Provider
    public static class OnConnection implements ExceptionMapper<SQLException> {

        @Override
        public Response toResponse(SQLException exception) {
            return answer(exception);
        }
    }

    @Provider
    public static class OnCommit implements ExceptionMapper<RollbackException> {

        @Override
        public Response toResponse(RollbackException exception) {
            return answer(exception);
        }
    }

    /** Which hides a {@link RollbackException}: that is checked, and no method declares it. */
    @Provider
    public static class OnUndeclared implements ExceptionMapper<ArcUndeclaredThrowableException> {

        @Override
        public Response toResponse(ArcUndeclaredThrowableException exception) {
            return answer(exception);
        }
    }

    @Provider
    public static class OnTransaction implements ExceptionMapper<QuarkusTransactionException> {

        @Override
        public Response toResponse(QuarkusTransactionException exception) {
            return answer(exception);
        }
    }
}
