package id.detak.access;

import id.detak.platform.RouterProblems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * Refuses paths that two parts of a server may interpret differently: path parameters, encoded slashes and dots,
 * backslashes, empty and dotted segments, invalid characters. Detak uses none of them, and without them no check of a
 * path can be bypassed (CVE-2026-50559 and similar). Refuses long paths, too: a route with a parameter is found in time
 * that grows with the square of the length, on the event loop.
 */
@ApplicationScoped
class AmbiguousPathFilter {

    /** Several times as long as any path of Detak. */
    private static final int MAX_LENGTH = 1_000;

    static final int FIRST = SecurityHandlerPriorities.CORS + 10;
    private static final Pattern AMBIGUOUS = Pattern.compile(
            "[;\\\\\\x00-\\x20\\x7f-\\uffff]|//|/\\.{1,2}(?:/|$)|%(?:2f|5c|3b|2e|25|[01][0-9a-f]|7f)|%(?![0-9a-f]{2})",
            Pattern.CASE_INSENSITIVE);

    void register(@Observes Filters filters) {
        filters.register(AmbiguousPathFilter::check, FIRST);
    }

    private static void check(RoutingContext context) {
        String path = context.request().path();
        if (path == null || !path.startsWith("/") || AMBIGUOUS.matcher(path).find()) {
            RouterProblems.send(
                    context,
                    400,
                    "Bad Request",
                    "The path of this address could be read in two ways: write it without ; \\ // /./ and without encoded slashes, dots and percent signs.");
        } else if (path.length() > MAX_LENGTH) {
            RouterProblems.send(context, 414, "URI Too Long", "The path of this address is too long: shorten it.");
        } else {
            context.next();
        }
    }
}
