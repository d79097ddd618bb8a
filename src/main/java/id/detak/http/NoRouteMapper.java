package id.detak.http;

import id.detak.platform.Problems;
import id.detak.platform.SupportedMethods;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/** Returns 404 for an address without a resource or with an invalid id, and 405 for an unsupported method. */
@Provider
@Priority(InvalidBodyMapper.BEFORE_RESTEASY_PROBLEM)
public class NoRouteMapper extends ExceptionMapperBase<NotFoundException> {

    private final UriInfo address;
    private final Request request;

    NoRouteMapper(UriInfo address, Request request) {
        this.address = address;
        this.request = request;
    }

    @Override
    protected HttpProblem toProblem(NotFoundException exception) {
        Set<String> supported = SupportedMethods.of(address.getPath());
        if (!supported.isEmpty() && !supported.contains(request.getMethod())) {
            // RESTEasy Reactive reports 404 if several resources have paths that begin alike
            return Problems.methodNotAllowed(supported);
        }
        return Problems.notFound("There is no resource at this address. /q/swagger-ui lists the addresses of the API.");
    }
}
