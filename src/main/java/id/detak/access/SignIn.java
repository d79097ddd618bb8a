package id.detak.access;

import id.detak.platform.Problems;
import id.detak.platform.net.ClientAddresses;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.logging.Log;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Signing in and out. */
@ApplicationScoped
public class SignIn {

    /** The data that browsers delete at sign-out if reading is closed. */
    private static final String CLEARED_DATA = "\"cache\", \"storage\"";

    private final Credentials credentials;
    private final Sessions sessions;
    private final FailedAttempts failedAttempts;
    private final SessionCookies cookies;
    private final ReadAccess reading;
    private final OpenIdRoles openIdRoles;
    private final ClientAddresses addresses;

    SignIn(
            Credentials credentials,
            Sessions sessions,
            FailedAttempts failedAttempts,
            SessionCookies cookies,
            ReadAccess reading,
            OpenIdRoles openIdRoles,
            ClientAddresses addresses) {
        this.addresses = addresses;
        this.credentials = credentials;
        this.sessions = sessions;
        this.failedAttempts = failedAttempts;
        this.cookies = cookies;
        this.reading = reading;
        this.openIdRoles = openIdRoles;
    }

    /** A session that was opened. */
    public record Opened(String cookie, String role, String name) {}

    /** Opens a session with a token; empty if the token is wrong, which counts as a failed attempt. */
    public Optional<Opened> with(String token, RoutingContext context) {
        Optional<Credential> credential = failedAttempts.count(context, credentials.check(token.strip()));
        Optional<Opened> opened = credential.flatMap(
                found -> sessions.open(found).map(cookie -> new Opened(cookie, found.role(), found.name())));
        opened.ifPresent(session -> Log.infof(
                "Signed in as %s from %s.",
                session.name(), addresses.of(context.request()).text()));
        return opened;
    }

    /** Opens a session for a person from an OpenID provider; empty if the configuration gives them no role. */
    public Optional<Opened> withOpenId(RoutingContext context, SecurityIdentity identity) {
        Optional<String> name = OpenIdRoles.name(identity);
        Optional<Opened> opened = name.flatMap(sessions::openFor)
                .map(cookie -> new Opened(cookie, openIdRoles.of(name.get()).orElseThrow(), name.get()));
        Log.infof(
                opened.isPresent()
                        ? "Signed in by OpenID as %s from %s."
                        : "Rejected a sign-in by OpenID as %s from %s: the configuration gives no role.",
                name.orElse("someone without a mail address"),
                addresses.of(context.request()).text());
        return opened;
    }

    /** Ends the session and clears what the browser has stored. */
    public Response.ResponseBuilder out(
            Credential.OfSession session, RoutingContext context, Response.ResponseBuilder response) {
        sessions.close(session);
        return forgotten(context, response);
    }

    public Response.ResponseBuilder forgotten(RoutingContext context, Response.ResponseBuilder response) {
        response.cookie(cookies.gone(context.request())).header(HttpHeaders.CACHE_CONTROL, "no-store");
        return reading.isOpen() ? response : response.header("Clear-Site-Data", CLEARED_DATA);
    }

    static HttpProblem wrongToken() {
        return Problems.of(401, "Unauthorized", AuthenticationChallenges.WRONG_TOKEN);
    }
}
