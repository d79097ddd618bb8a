package id.detak.page.changes;

import id.detak.access.Roles;
import id.detak.page.shared.PageFrame;
import id.detak.page.shared.Pages;
import id.detak.page.shared.Visitor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** How far each indicator is from where it was, and how deep it ever fell. */
@RolesAllowed(Roles.READER)
@Path("/changes")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ChangesPage {

    private final Pages pages;
    private final ChangesTable table;

    ChangesPage(Pages pages, ChangesTable table) {
        this.pages = pages;
        this.table = table;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance changes(PageFrame shell, ChangesTable.View view);
    }

    /** What sort and dir say that is not known is as if it were not there. */
    @GET
    @Operation(hidden = true)
    public Response changes(@QueryParam("sort") String sort, @QueryParam("dir") String dir, @Context HttpHeaders headers) {
        Visitor visitor = Visitor.of(headers);
        return pages.html(Templates.changes(pages.shell("changes", visitor), table.view(visitor.formats(), ChangesOrder.of(sort, dir))), visitor, 200);
    }
}
