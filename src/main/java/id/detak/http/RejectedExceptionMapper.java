package id.detak.http;

import id.detak.platform.Problems;
import id.detak.platform.RejectedException;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.ext.Provider;

/** Returns a problem (RFC 9457) for rejected input. */
@Provider
public class RejectedExceptionMapper extends ExceptionMapperBase<RejectedException> {

    @Override
    protected HttpProblem toProblem(RejectedException exception) {
        return switch (exception.reason()) {
            case INVALID -> Problems.badRequest(exception.getMessage());
            case NOT_FOUND -> Problems.notFound(exception.getMessage());
            case CONFLICT -> Problems.of(409, "Conflict", exception.getMessage());
        };
    }
}
