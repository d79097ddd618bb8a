package id.detak.platform;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;

/** Errors as {@code application/problem+json} (RFC 9457), with a {@code detail} that says what to do. */
public final class Problems {

    private Problems() {
    }

    public static HttpProblem badRequest(String detail) {
        return of(Status.BAD_REQUEST, detail);
    }

    public static HttpProblem notFound(String detail) {
        return of(Status.NOT_FOUND, detail);
    }

    public static HttpProblem of(Status status, String detail) {
        return HttpProblem.builder().withStatus(status).withTitle(status.getReasonPhrase()).withDetail(detail).build();
    }
}
