package id.detak.access;

import id.detak.database.DatabaseProblems;
import id.detak.database.TransientFailures;
import id.detak.platform.PublicUrl;
import id.detak.platform.RouterProblems;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import java.util.Optional;

/** Authenticates by the cookie of a session. A cookie whose session has ended is ignored. */
@ApplicationScoped
public class SessionCookies implements HttpAuthenticationMechanism {

    public static final String NAME = "detak-session";
    private static final int MAX_AGE_SECONDS = 30 * 24 * 3600;

    private final Sessions sessions;
    private final PublicUrl publicUrl;
    private final BlockingSecurityExecutor blocking;

    SessionCookies(Sessions sessions, PublicUrl publicUrl, BlockingSecurityExecutor blocking) {
        this.sessions = sessions;
        this.publicUrl = publicUrl;
        this.blocking = blocking;
    }

    static String of(HttpServerRequest request) {
        Cookie cookie = request.headers().contains(HttpHeaders.COOKIE) ? request.getCookie(NAME) : null;
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identityProviders) {
        HttpServerRequest request = context.request();
        String cookie = of(request);
        if (cookie == null || BearerTokens.areIn(request)) {
            return Uni.createFrom().nullItem();
        }
        boolean use = isByPerson(request);
        Optional<Credential.OfSession> known = sessions.cached(cookie, use);
        Uni<Optional<Credential.OfSession>> session = known != null
                ? Uni.createFrom().item(known)
                : blocking.executeBlocking(() -> sessions.lookUp(SessionKey.ofCookie(cookie), use))
                        .onFailure(TransientFailures::isTransient)
                        .recoverWithUni(() -> RouterProblems.stop(context, DatabaseProblems.unavailable()));
        return session.map(credential -> credential.map(Identities::of).orElse(null));
    }

    /**
     * Only navigation and writes keep a session alive, not a page that refreshes itself. Browsers without Sec-Fetch
     * headers show navigation by Accept.
     */
    private static boolean isByPerson(HttpServerRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        if (mode == null) { // without HTTPS
            String accept = request.getHeader(HttpHeaders.ACCEPT);
            return !AccessPolicy.reads(request) || accept != null && accept.startsWith("text/html,");
        }
        return mode.equals("navigate") || !AccessPolicy.reads(request);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(AuthenticationChallenges.CHALLENGE);
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        AuthenticationChallenges.send(context);
        return Uni.createFrom().item(true);
    }

    public NewCookie holding(String value, HttpServerRequest request) {
        return cookie(value, MAX_AGE_SECONDS, request);
    }

    public NewCookie gone(HttpServerRequest request) {
        return cookie("", 0, request);
    }

    private NewCookie cookie(String value, int seconds, HttpServerRequest request) {
        return new NewCookie.Builder(NAME)
                .value(value)
                .path("/")
                .maxAge(seconds)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .secure(publicUrl.isHttps() || "https".equals(request.scheme()))
                .build();
    }
}
