package id.detak.access;

import id.detak.platform.Problems;
import io.quarkus.logging.Log;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Replaces the mappers of resteasy-problem 3.21.0, which turn a 401 into a 500 (NoSuchFieldError: headerName). */
final class AuthenticationProblems {

    private AuthenticationProblems() {}

    /**
     * Maps failures of OpenID Connect. Quarkus's reason may contain the provider's token, so it is neither logged nor
     * sent.
     */
    @Provider
    @Priority(1)
    public static class OnAuthenticationNotCompleted implements ExceptionMapper<AuthenticationCompletionException> {

        @Override
        public Response toResponse(AuthenticationCompletionException exception) {
            Log.warn(
                    "A sign-in by OpenID failed: the provider's token has a wrong key, issuer or client id, or has expired.");
            return Problems.of(
                            401,
                            "Unauthorized",
                            "The response from the OpenID Connect provider is invalid: sign in again."
                                    + " Operators: see src/docs/access.md, OpenID Connect.")
                    .toResponse();
        }
    }

    /** Maps the use of credentials that only allow reading. */
    @Provider
    @Priority(1)
    public static class OnForbidden implements ExceptionMapper<ForbiddenException> {

        @Override
        public Response toResponse(ForbiddenException exception) {
            return Problems.of(403, Problems.FORBIDDEN, AuthenticationChallenges.READS_ONLY)
                    .toResponse();
        }
    }

    private static Response unauthorized(String detail) {
        Response.ResponseBuilder response =
                Response.fromResponse(Problems.of(401, "Unauthorized", detail).toResponse());
        AuthenticationChallenges.CHALLENGE
                .getHeaders()
                .forEach((name, value) -> response.header(name.toString(), value));
        return response.build();
    }

    @Provider
    @Priority(1)
    public static class OnUnauthorized implements ExceptionMapper<UnauthorizedException> {

        @Override
        public Response toResponse(UnauthorizedException exception) {
            return unauthorized(AuthenticationChallenges.ADMIN_ONLY);
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
            return unauthorized(AuthenticationChallenges.detail(context.request()));
        }
    }
}
