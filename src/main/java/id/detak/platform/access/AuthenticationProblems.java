package id.detak.platform.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import id.detak.platform.Problems;
import io.vertx.core.http.HttpServerRequest;

/** In place of the mappers of resteasy-problem 3.21.0, which turn a 401 into a 500 (NoSuchFieldError: headerName). */
final class AuthenticationProblems {

    private AuthenticationProblems() {
    }

    private static Response unauthorized(HttpServerRequest request) {
        Response.ResponseBuilder response = Response.fromResponse(Problems.of(401, "Unauthorized", Challenges.detail(request)).toResponse());
        Challenges.CHALLENGE.getHeaders().forEach((name, value) -> response.header(name.toString(), value));
        return response.build();
    }

    @Provider
    @Priority(1)
    public static class OnUnauthorized implements ExceptionMapper<UnauthorizedException> {

        private final RoutingContext context;

        OnUnauthorized(RoutingContext context) {
            this.context = context;
        }

        @Override
        public Response toResponse(UnauthorizedException exception) {
            return unauthorized(context.request());
        }
    }

    @Provider
    @Priority(1)
    public static class OnAuthenticationFailed implements ExceptionMapper<AuthenticationFailedException> {

        private final RoutingContext context;

        OnAuthenticationFailed(RoutingContext context) {
            this.context = context;
        }

        @Override
        public Response toResponse(AuthenticationFailedException exception) {
            return unauthorized(context.request());
        }
    }
}
