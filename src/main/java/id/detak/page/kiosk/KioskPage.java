package id.detak.page.kiosk;

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

/** A page for wall screens that shows the indicators one after another in full-screen size. */
@RolesAllowed(Roles.READER)
@Path("/kiosk")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class KioskPage {

    private final PageRenderer pages;
    private final Kiosk kiosk;

    KioskPage(PageRenderer pages, Kiosk kiosk) {
        this.pages = pages;
        this.kiosk = kiosk;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance kiosk(PageFrame frame, Kiosk.View view);
    }

    @GET
    @Operation(hidden = true)
    @Uncompressed
    public Response kiosk(
            @QueryParam("codes") String codes,
            @QueryParam("every") String every,
            @Context HttpHeaders headers,
            @Context RoutingContext context) {
        Visitor visitor = Visitor.of(headers);
        return pages.cached(
                context,
                visitor,
                () -> Templates.kiosk(
                        pages.frame("kiosk", visitor), kiosk.view(visitor.formats(), KioskSetting.of(codes, every))));
    }
}
