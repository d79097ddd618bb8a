package id.detak.page.changes;

import id.detak.access.Roles;
import id.detak.page.shared.PageFrame;
import id.detak.page.shared.PageRenderer;
import id.detak.page.shared.Visitor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
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

/** The changes of each indicator over several windows, and its maximum drawdown. */
@RolesAllowed(Roles.READER)
@Path("/changes")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ChangesPage {

    private final PageRenderer pages;
    private final ChangesTable table;

    ChangesPage(PageRenderer pages, ChangesTable table) {
        this.pages = pages;
        this.table = table;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance changes(PageFrame frame, ChangesTable.View view);
    }

    /** Ignores unknown values of {@code sort} and {@code dir}. */
    @GET
    @Operation(hidden = true)
    @Uncompressed
    public Response changes(
            @QueryParam("sort") String sort,
            @QueryParam("dir") String dir,
            @Context HttpHeaders headers,
            @Context RoutingContext context) {
        Visitor visitor = Visitor.of(headers);
        return pages.cached(
                context,
                visitor,
                () -> Templates.changes(
                        pages.frame("changes", visitor), table.view(visitor.formats(), ChangesOrder.of(sort, dir))));
    }
}
