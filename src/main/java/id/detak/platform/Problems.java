package id.detak.platform;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;

/** Errors as {@code application/problem+json} (RFC 9457), with a {@code detail} that says what to do. */
public final class Problems {

    public static final String FORBIDDEN = "Forbidden";

    private Problems() {}

    public static HttpProblem badRequest(String detail) {
        return of(400, "Bad Request", detail);
    }

    public static HttpProblem notFound(String detail) {
        return of(404, "Not Found", detail);
    }

    /** A 405 with the header {@code Allow}, which RFC 9110 requires. */
    public static HttpProblem methodNotAllowed(Set<String> supported) {
        String list = String.join(", ", supported);
        String detail = "This method is not supported at this address, only " + list + ".";
        return withHeader(HttpHeaders.ALLOW, list, of(405, "Method Not Allowed", detail));
    }

    public static HttpProblem tooManyRequests(long retryAfterSeconds, String detail) {
        return withRetryAfter(retryAfterSeconds, of(429, "Too Many Requests", detail));
    }

    /** For an internal error, which the caller logs. */
    public static HttpProblem internalError() {
        return of(500, "Internal Server Error", "Internal error; see the log.");
    }

    public static HttpProblem unavailable(String detail) {
        return of(503, "Service Unavailable", detail);
    }

    public static HttpProblem unavailable(long retryAfterSeconds, String detail) {
        return withRetryAfter(retryAfterSeconds, unavailable(detail));
    }

    public static HttpProblem of(int status, String title, String detail) {
        return HttpProblem.builder()
                .withStatus(status)
                .withTitle(title)
                .withDetail(detail)
                .build();
    }

    private static HttpProblem withRetryAfter(long seconds, HttpProblem problem) {
        return withHeader(HttpHeaders.RETRY_AFTER, Math.max(1, seconds), problem);
    }

    private static HttpProblem withHeader(String name, Object value, HttpProblem problem) {
        return HttpProblem.builder(problem).withHeader(name, value).build();
    }
}
