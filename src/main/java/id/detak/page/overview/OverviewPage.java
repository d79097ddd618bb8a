package id.detak.page.overview;

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

/** The overview. */
@RolesAllowed(Roles.READER)
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class OverviewPage {

    private final PageRenderer pages;
    private final Overview overview;

    OverviewPage(PageRenderer pages, Overview overview) {
        this.pages = pages;
        this.overview = overview;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance overview(PageFrame frame, Overview.View view);
    }

    @GET
    @Operation(hidden = true)
    @Uncompressed
    public Response overview(
            @QueryParam("code") String code, @Context HttpHeaders headers, @Context RoutingContext context) {
        Visitor visitor = Visitor.of(headers);
        return pages.cached(context, visitor, () -> {
            PageFrame frame = pages.frame("overview", visitor);
            return Templates.overview(frame, overview.view(visitor.formats(), code, frame.firing()));
        });
    }
}
