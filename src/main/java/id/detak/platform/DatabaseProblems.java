package id.detak.platform;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.logging.Log;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.hibernate.JDBCException;

/** A database that is away for the moment is 503, not a fault of ours. */
@Provider
public class DatabaseProblems implements ExceptionMapper<JDBCException> {

    private static final int RETRY_AFTER_SECONDS = 5;

    @Override
    public Response toResponse(JDBCException exception) {
        if (!Transience.isTransient(exception)) {
            Log.error("The database refused a statement.", exception);
            return Problems.of(500, "Internal Server Error", "That is a fault of Detak's; the log has more.").toResponse();
        }
        Log.warnf("The database cannot be asked: %s", exception.getSQLException().getMessage());
        return HttpProblem.builder(Problems.of(503, "Service Unavailable", "The database is away for the moment: try again in some seconds."))
                .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).build().toResponse();
    }
}
