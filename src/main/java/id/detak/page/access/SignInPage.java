package id.detak.page.access;

import id.detak.access.AccessConfig;
import id.detak.access.Credential;
import id.detak.access.Identities;
import id.detak.access.ReadAccess;
import id.detak.access.SessionCookies;
import id.detak.access.SignIn;
import id.detak.access.SignIn.Opened;
import id.detak.page.shared.LocalPath;
import id.detak.page.shared.PageFrame;
import id.detak.page.shared.PageRenderer;
import id.detak.page.shared.Visitor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Signs users in and out. Works without JavaScript. */
@PermitAll
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class SignInPage {

    private static final String OPEN_ID_COOKIES = "q_";

    private final PageRenderer pages;
    private final SignIn signIn;
    private final SessionCookies cookies;
    private final ReadAccess reading;
    private final SecurityIdentity identity;
    private final RoutingContext context;
    private final boolean openId;

    SignInPage(
            PageRenderer pages,
            SignIn signIn,
            SessionCookies cookies,
            ReadAccess reading,
            SecurityIdentity identity,
            RoutingContext context,
            AccessConfig config) {
        this.pages = pages;
        this.signIn = signIn;
        this.cookies = cookies;
        this.reading = reading;
        this.identity = identity;
        this.context = context;
        this.openId = config.oidc().enabled();
    }

    /**
     * @param to the page to go to afterwards
     * @param problem why the sign-in failed, or null
     * @param account the user who is signed in already, or null
     */
    record View(String to, String problem, String account, boolean closed, boolean openId) {

        public String toEncoded() {
            return URLEncoder.encode(to, StandardCharsets.UTF_8);
        }
    }

    @CheckedTemplate(basePath = "", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance signIn(PageFrame frame, View view);
    }

    @GET
    @Path("sign-in")
    @Operation(hidden = true)
    public Response page(@QueryParam("to") String to, @Context HttpHeaders headers) {
        return page(
                LocalPath.of(to),
                null,
                Identities.credentialOf(identity).map(Credential::name).orElse(null),
                Visitor.of(headers),
                200);
    }

    /**
     * Opens a session after Quarkus has signed the user in at the OpenID provider. A script then loads the next page,
     * because the browser would not send the {@code SameSite} cookie with a redirect from the provider's site.
     */
    @GET
    @Path("sign-in/openid")
    @Authenticated
    @Operation(hidden = true)
    public Response openId(@QueryParam("to") String to, @Context HttpHeaders headers) {
        Visitor visitor = Visitor.of(headers);
        Optional<Opened> opened = signIn.withOpenId(context, identity);
        String problem = opened.isPresent()
                ? null
                : visitor.messages(AccessMessages.class).unknownHere();
        Response page = page(
                LocalPath.of(to),
                problem,
                opened.map(Opened::name).orElse(null),
                visitor,
                opened.isPresent() ? 200 : 403);
        Response.ResponseBuilder response = Response.fromResponse(page);
        opened.ifPresent(session -> response.cookie(cookies.holding(session.cookie(), context.request())));
        // delete the session of Quarkus, which would sign in the next user of this browser without asking
        context.request().cookies().stream()
                .map(Cookie::getName)
                .filter(name -> name.startsWith(OPEN_ID_COOKIES))
                .forEach(name -> response.cookie(new NewCookie.Builder(name)
                        .value("")
                        .path("/sign-in/openid")
                        .maxAge(0)
                        .httpOnly(true)
                        .build()));
        return response.build();
    }

    private Response page(LocalPath to, String problem, String account, Visitor visitor, int status) {
        View view = new View(to.text(), problem, account, !reading.isOpen(), openId);
        return Response.fromResponse(
                        pages.html(Templates.signIn(pages.publicFrame("sign-in", visitor), view), visitor, status))
                .header(HttpHeaders.CACHE_CONTROL, null)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @POST
    @Path("sign-in")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response signIn(@FormParam("token") String token, @FormParam("to") String to, @Context HttpHeaders headers) {
        LocalPath path = LocalPath.of(to);
        Optional<Opened> opened = signIn.with(token == null ? "" : token, context);
        if (opened.isEmpty()) {
            Visitor visitor = Visitor.of(headers);
            return page(path, visitor.messages(AccessMessages.class).wrongToken(), null, visitor, 401);
        }
        return seeOther(path.text())
                .cookie(cookies.holding(opened.get().cookie(), context.request()))
                .build();
    }

    /** A relative URL, because a proxy can have another scheme and host. */
    private static Response.ResponseBuilder seeOther(String path) {
        return Response.status(303).header(HttpHeaders.LOCATION, path);
    }

    @POST
    @Path("sign-out")
    @Operation(hidden = true)
    public Response signOut() {
        Response.ResponseBuilder response = seeOther(reading.isOpen() ? "/" : "/sign-in");
        return Identities.sessionOf(identity)
                .map(session -> signIn.out(session, context, response))
                .orElseGet(() -> signIn.forgotten(context, response))
                .build();
    }
}
