package id.detak.http;

import id.detak.platform.Problems;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.StatusType;
import jakarta.ws.rs.ext.Provider;

/** Answers a method, a body or an Accept header that the address does not support. */
@Provider
@Priority(InvalidBodyMapper.BEFORE_RESTEASY_PROBLEM)
public class UnsupportedRequestMapper extends ExceptionMapperBase<ClientErrorException> {

    private static final String SUPPORTED = " is not supported at this address. /q/swagger-ui lists what is.";

    @Override
    protected HttpProblem toProblem(ClientErrorException exception) {
        StatusType status = exception.getResponse().getStatusInfo();
        String detail =
                switch (status.getStatusCode()) {
                    case 405 -> "The method" + SUPPORTED;
                    case 406 -> "The media type in Accept" + SUPPORTED;
                    case 415 -> "The Content-Type" + SUPPORTED;
                    default -> exception.getMessage();
                };
        return Problems.of(status.getStatusCode(), status.getReasonPhrase(), detail);
    }
}
