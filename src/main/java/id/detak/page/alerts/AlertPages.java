package id.detak.page.alerts;

import id.detak.access.Roles;
import id.detak.alert.AlertViews;
import id.detak.page.shared.PageFrame;
import id.detak.page.shared.PageRenderer;
import id.detak.page.shared.Visitor;
import id.detak.platform.Parameters;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The list of alerts, and the page of one alert. */
@RolesAllowed(Roles.READER)
@Path("/alerts")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class AlertPages {

    private final PageRenderer pages;
    private final AlertViews alerts;
    private final AlertList list;
    private final AlertStory story;
    private final SourceProblemList sources;

    AlertPages(PageRenderer pages, AlertViews alerts, AlertList list, AlertStory story, SourceProblemList sources) {
        this.sources = sources;
        this.pages = pages;
        this.alerts = alerts;
        this.list = list;
        this.story = story;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance alerts(
                PageFrame frame, AlertList.View view, List<SourceProblemList.Row> sources);

        static native TemplateInstance alert(PageFrame frame, AlertStory.View view);
    }

    @GET
    @Operation(hidden = true)
    @Uncompressed
    public Response alerts(
            @QueryParam("before") String before, @Context HttpHeaders headers, @Context RoutingContext context) {
        Visitor visitor = Visitor.of(headers);
        return pages.cached(
                context,
                visitor,
                () -> Templates.alerts(
                        pages.frame("alerts", visitor),
                        list.view(
                                visitor.formats(),
                                before == null ? null : Parameters.id(before).orElse(null)),
                        sources.rows(visitor.formats())));
    }

    @GET
    @Path("/{id}")
    @Operation(hidden = true)
    public Response alert(@PathParam("id") String id, @Context HttpHeaders headers) {
        Visitor visitor = Visitor.of(headers);
        AlertStory.View view = Parameters.id(id)
                .flatMap(found -> alerts.story(found, visitor.formats().language()))
                .map(found -> story.view(visitor, found))
                .orElse(null);
        return pages.html(Templates.alert(pages.frame("alerts", visitor), view), visitor, view == null ? 404 : 200);
    }
}
