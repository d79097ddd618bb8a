package id.detak.access;

import id.detak.platform.Problems;
import id.detak.platform.RouterProblems;
import id.detak.platform.SupportedMethods;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Decides access by method, for every path alike: reading requires a reader, everything else the admin. A few paths are
 * public; they are compared in full. Runs before media type, body or id are examined.
 */
@ApplicationScoped
public class AccessPolicy {

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<HttpMethod> KNOWN = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.OPTIONS,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE);
    /** The methods of files, and of the routes that Quarkus adds, such as {@code /q/metrics}. */
    private static final Set<String> FILE_METHODS = new TreeSet<>(Set.of("GET", "HEAD", "OPTIONS"));

    private static final String SIGN_IN = "/sign-in";
    private static final String OPEN_ID = "/sign-in/openid";
    private static final String SIGN_OUT = "/sign-out";
    private static final String SESSION = "/api/v1/session";
    private static final Set<String> PUBLIC = Set.of(
            SIGN_IN,
            OPEN_ID,
            SESSION,
            "/sw.js",
            "/manifest.webmanifest",
            "/favicon.svg",
            "/favicon-alert.svg",
            "/offline",
            "/favicon.ico",
            "/apple-touch-icon.png",
            "/icon-192.png",
            "/icon-512.png",
            "/icon-maskable-512.png",
            "/robots.txt",
            "/q/health/live",
            "/q/health/ready",
            "/q/health/started");
    private static final Pattern BUNDLE = Pattern.compile("/static/bundle/[\\w.-]+");

    private final ReadAccess reading;
    private final boolean openId;

    AccessPolicy(ReadAccess reading, AccessConfig config) {
        this.openId = config.oidc().enabled();
        this.reading = reading;
    }

    static boolean reads(HttpServerRequest request) {
        return READING.contains(request.method());
    }

    static boolean isSignIn(HttpServerRequest request) {
        return request.method() == HttpMethod.POST
                && (SIGN_IN.equals(request.path()) || SESSION.equals(request.path()));
    }

    /** Requests that change something but need no credentials. */
    public static boolean needsNoCredentials(HttpServerRequest request) {
        return isSignIn(request) || isSignOut(request);
    }

    private static boolean isSignOut(HttpServerRequest request) {
        return request.method() == HttpMethod.POST && SIGN_OUT.equals(request.path());
    }

    static boolean isPublic(HttpServerRequest request) {
        return PUBLIC.contains(request.path()) || BUNDLE.matcher(request.path()).matches();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, SecurityHandlerPriorities.AUTHORIZATION + 1);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!KNOWN.contains(request.method())) {
            Set<String> supported = SupportedMethods.of(context.normalizedPath());
            RouterProblems.send(context, Problems.methodNotAllowed(supported.isEmpty() ? FILE_METHODS : supported));
            return;
        }
        boolean reads = reads(request);
        if (!openId && OPEN_ID.equals(request.path())) {
            RouterProblems.send(context, 404, "Not Found", "OpenID Connect is not set up here: set DETAK_OIDC_URL.");
            return;
        }
        if (reads && (reading.isOpen() || isPublic(request)) || needsNoCredentials(request)) {
            context.next();
            return;
        }
        SecurityIdentity identity = Identities.of(context);
        boolean signedOut = SESSION.equals(request.path()) && request.method() == HttpMethod.DELETE;
        if (identity == null || identity.isAnonymous()) {
            AuthenticationChallenges.send(context);
        } else if (!identity.hasRole(reads || signedOut ? Roles.READER : Roles.ADMIN)) {
            RouterProblems.send(context, 403, Problems.FORBIDDEN, AuthenticationChallenges.READS_ONLY);
        } else if (!reads && Identities.sessionOf(identity).isPresent() && !CsrfToken.isIn(request)) {
            RouterProblems.send(
                    context,
                    403,
                    Problems.FORBIDDEN,
                    "A session writes with the header " + CsrfToken.HEADER
                            + ": its value is the csrfToken of GET /api/v1/session.");
        } else {
            context.next();
        }
    }
}
