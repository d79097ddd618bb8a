package id.detak.http;

import id.detak.platform.Problems;
import id.detak.platform.SupportedMethods;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.StatusType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;

/** Returns a problem for a method, a body or an Accept header that the address does not support. */
@Provider
@Priority(InvalidBodyMapper.BEFORE_RESTEASY_PROBLEM)
public class UnsupportedRequestMapper extends ExceptionMapperBase<ClientErrorException> {

    private static final String SUPPORTED = " is not supported at this address. /q/swagger-ui lists what is.";

    private final UriInfo address;

    UnsupportedRequestMapper(UriInfo address) {
        this.address = address;
    }

    @Override
    protected HttpProblem toProblem(ClientErrorException exception) {
        StatusType status = exception.getResponse().getStatusInfo();
        return switch (status.getStatusCode()) {
            case 405 -> Problems.methodNotAllowed(SupportedMethods.of(address.getPath()));
            case 406 -> problem(status, "The media type in Accept" + SUPPORTED);
            case 415 -> problem(status, "The Content-Type" + SUPPORTED);
            default -> problem(status, exception.getMessage());
        };
    }

    private static HttpProblem problem(StatusType status, String detail) {
        return Problems.of(status.getStatusCode(), status.getReasonPhrase(), detail);
    }
}
