package id.detak.access;

import id.detak.access.SignIn.Opened;
import id.detak.platform.Problems;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/session")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "access")
@Blocking
public class SessionResource {

    private final SignIn signIn;
    private final SessionCookies cookies;
    private final SecurityIdentity identity;
    private final RoutingContext context;

    SessionResource(SignIn signIn, SessionCookies cookies, SecurityIdentity identity, RoutingContext context) {
        this.signIn = signIn;
        this.cookies = cookies;
        this.identity = identity;
        this.context = context;
    }

    /**
     * @param role admin or reader; null without a sign-in
     * @param csrfToken required for writes with the session, as X-CSRF-Token; null without a session
     */
    @Schema(name = "SessionState")
    public record State(String role, String name, String csrfToken) {}

    public record Credentials(
            @NotBlank(message = "token is missing: give the admin's token, or a read token.")
            String token) {}

    @GET
    @PermitAll
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = State.class)))
    @Operation(summary = "Get the current session or token")
    public Response state() {
        String cookie = SessionCookies.of(context.request());
        State state = Identities.credentialOf(identity)
                .map(credential -> new State(
                        credential.role(),
                        credential.name(),
                        credential
                                .session()
                                .map(session -> CsrfToken.of(cookie))
                                .orElse(null)))
                .orElse(new State(null, null, null));
        return Response.ok(state).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Sign in with the admin token or a read token; the response sets the session cookie")
    @RequestBody(content = @Content(schema = @Schema(implementation = Credentials.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = State.class)))
    @APIResponse(responseCode = "401", description = "The token is wrong")
    @APIResponse(responseCode = "429", description = "Too many wrong tokens; Retry-After says when to try again")
    public Response signIn(@Valid Credentials body) {
        Opened opened = signIn.with(body.token(), context).orElseThrow(SignIn::wrongToken);
        return Response.ok(new State(opened.role(), opened.name(), CsrfToken.of(opened.cookie())))
                .cookie(cookies.holding(opened.cookie(), context.request()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @DELETE
    @RolesAllowed(Roles.READER)
    @Operation(summary = "Sign out, which ends the session and its streams on every replica")
    @APIResponse(responseCode = "204", description = "Signed out")
    public Response signOut() {
        Credential.OfSession session = Identities.sessionOf(identity)
                .orElseThrow(
                        () -> Problems.badRequest(
                                "There is no session to end: a token is not signed out but revoked (DELETE /api/v1/read-tokens/{id})."));
        return signIn.out(session, context, Response.noContent()).build();
    }
}
