package id.detak.platform.security;

import id.detak.platform.Problems;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** In place of the mappers of resteasy-problem 3.21.0, which turn a 401 into a 500 (NoSuchFieldError: headerName). */
final class AuthenticationProblems {

    static final String NO_TOKEN = "Writing needs the admin's token: send it as 'Authorization: Bearer …'. It was shown in the log at the first start, or is DETAK_ADMIN_TOKEN.";
    static final String WRONG_TOKEN = "That is not the admin's token. It was shown in the log at the first start, or is DETAK_ADMIN_TOKEN.";

    private AuthenticationProblems() {
    }

    private static Response unauthorized(String detail) {
        return Response.fromResponse(Problems.of(401, "Unauthorized", detail).toResponse())
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"detak\"").build();
    }

    @Provider
    @Priority(1)
    public static class OnUnauthorized implements ExceptionMapper<UnauthorizedException> {

        @Override
        public Response toResponse(UnauthorizedException exception) {
            return unauthorized(NO_TOKEN);
        }
    }

    @Provider
    @Priority(1)
    public static class OnAuthenticationFailed implements ExceptionMapper<AuthenticationFailedException> {

        @Override
        public Response toResponse(AuthenticationFailedException exception) {
            return unauthorized(WRONG_TOKEN);
        }
    }
}
