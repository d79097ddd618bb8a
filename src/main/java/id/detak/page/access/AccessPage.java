package id.detak.page.access;

import id.detak.access.ReadAccess;
import id.detak.access.ReadTokens;
import id.detak.access.Roles;
import id.detak.page.shared.PageFrame;
import id.detak.page.shared.PageRenderer;
import id.detak.page.shared.Visitor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The page of read tokens, which lists them for the admin only. */
@RolesAllowed(Roles.READER)
@Path("/access")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class AccessPage {

    private final PageRenderer pages;
    private final ReadTokens readTokens;
    private final ReadAccess reading;
    private final SecurityIdentity identity;

    AccessPage(PageRenderer pages, ReadTokens readTokens, ReadAccess reading, SecurityIdentity identity) {
        this.pages = pages;
        this.readTokens = readTokens;
        this.reading = reading;
        this.identity = identity;
    }

    record Row(UUID id, String name, String made) {}

    /** @param tokens empty unless the reader is the admin */
    record View(boolean admin, boolean open, List<Row> tokens) {}

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance access(PageFrame frame, View view);
    }

    @GET
    @Operation(hidden = true)
    public Response access(@Context HttpHeaders headers) {
        Visitor visitor = Visitor.of(headers);
        boolean admin = identity.hasRole(Roles.ADMIN);
        List<Row> rows = admin
                ? readTokens.all().stream()
                        .map(token -> new Row(
                                token.id(), token.name(), visitor.formats().time(token.createdAt())))
                        .toList()
                : List.of();
        return pages.html(
                Templates.access(pages.frame("access", visitor), new View(admin, reading.isOpen(), rows)),
                visitor,
                200);
    }
}
