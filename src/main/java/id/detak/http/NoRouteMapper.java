package id.detak.http;

import id.detak.platform.Problems;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ext.Provider;

/** Answers an address that has no resource, or an id in it that is none. */
@Provider
@Priority(InvalidBodyMapper.BEFORE_RESTEASY_PROBLEM)
public class NoRouteMapper extends ExceptionMapperBase<NotFoundException> {

    @Override
    protected HttpProblem toProblem(NotFoundException exception) {
        return Problems.notFound("There is no resource at this address. /q/swagger-ui lists the addresses of the API.");
    }
}
