package id.detak.page.rules;

import id.detak.access.Roles;
import id.detak.page.shared.PageFrame;
import id.detak.page.shared.PageRenderer;
import id.detak.page.shared.Visitor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The rules, and the form that adds or changes one. */
@RolesAllowed(Roles.READER)
@Path("/rules")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class RulesPage {

    private final PageRenderer pages;
    private final RuleList list;

    RulesPage(PageRenderer pages, RuleList list) {
        this.pages = pages;
        this.list = list;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance rules(PageFrame frame, RuleList.View view);
    }

    @GET
    @Operation(hidden = true)
    public Response rules(@Context HttpHeaders headers) {
        Visitor visitor = Visitor.of(headers);
        return pages.html(Templates.rules(pages.frame("rules", visitor), list.view(visitor)), visitor, 200);
    }
}
