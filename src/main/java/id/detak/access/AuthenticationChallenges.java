package id.detak.access;

import id.detak.platform.RouterProblems;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Responses to requests that need credentials: 401 for programs, a redirect to the sign-in page for browsers. */
final class AuthenticationChallenges {

    static final String WRITING =
            "Writing needs the admin's token: send it as 'Authorization: Bearer …'. It was shown in the log at "
                    + "the first start, or is DETAK_ADMIN_TOKEN.";
    static final String ADMIN_ONLY =
            "This needs the admin's token: send it as 'Authorization: Bearer …'. It was shown in the log at the "
                    + "first start, or is DETAK_ADMIN_TOKEN.";
    static final String READS_ONLY = "You may read here, but this needs the admin's token.";
    static final String READING =
            "Reading is closed here: send a read token or the admin's token as 'Authorization: Bearer …'. The "
                    + "admin makes read tokens.";
    static final String WRONG_TOKEN =
            "This is neither the admin token nor a valid read token. The log showed the admin token at the "
                    + "first start, unless DETAK_ADMIN_TOKEN sets it.";
    static final ChallengeData CHALLENGE = new ChallengeData(401, "WWW-Authenticate", "Bearer realm=\"detak\"");

    private AuthenticationChallenges() {}

    static void send(RoutingContext context) {
        if (isNavigation(context.request())) {
            context.response()
                    .setStatusCode(303)
                    .putHeader(
                            HttpHeaders.LOCATION,
                            "/sign-in?to=" + URLEncoder.encode(context.request().uri(), StandardCharsets.UTF_8))
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end();
            return;
        }
        CHALLENGE.getHeaders().forEach((name, value) -> context.response().putHeader(name, value));
        RouterProblems.send(context, CHALLENGE.status, "Unauthorized", detail(context.request()));
    }

    static String detail(HttpServerRequest request) {
        if (BearerTokens.areIn(request)) {
            return WRONG_TOKEN;
        }
        return AccessPolicy.reads(request) ? READING : WRITING;
    }

    /** Browsers mark requests for pages that they will show. */
    private static boolean isNavigation(HttpServerRequest request) {
        return AccessPolicy.reads(request)
                && !BearerTokens.areIn(request)
                && ("navigate".equals(request.getHeader("Sec-Fetch-Mode")) || acceptsPages(request));
    }

    private static boolean acceptsPages(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null
                && accept.contains("text/html")
                && request.path() != null
                && !request.path().startsWith("/api/");
    }
}
