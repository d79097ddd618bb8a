package id.detak.page.error;

import id.detak.http.AcceptedLanguages;
import id.detak.page.shared.PageFrame;
import id.detak.page.shared.PageRenderer;
import id.detak.page.shared.Visitor;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Turns a problem into a page in the reader's language if the client prefers HTML. */
@Provider
@PermitAll
@Path("/offline")
public class ErrorPages implements ContainerResponseFilter {

    private static final String OF_PROGRAMS = "api/";

    private final PageRenderer pages;

    ErrorPages(PageRenderer pages) {
        this.pages = pages;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance error(PageFrame frame, Integer status);
    }

    /** The page that an installed app shows without a connection for an address that it has not stored. */
    @GET
    @Produces(MediaType.TEXT_HTML)
    @Blocking
    @Operation(hidden = true)
    public Response offline(@Context HttpHeaders headers) {
        Visitor visitor = Visitor.of(headers);
        return pages.html(Templates.error(pages.publicFrame("", visitor), null), visitor, 200);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(response.getEntity() instanceof HttpProblem)
                || request.getUriInfo().getPath().replaceFirst("^/", "").startsWith(OF_PROGRAMS)
                || !prefersHtml(request)) {
            return;
        }
        Visitor visitor = Visitor.of(AcceptedLanguages.of(request));
        Response page = pages.html(
                Templates.error(pages.publicFrame("", visitor), response.getStatus()), visitor, response.getStatus());
        response.setEntity(page.getEntity(), null, MediaType.TEXT_HTML_TYPE);
        response.getHeaders().putSingle(HttpHeaders.CONTENT_LANGUAGE, visitor.lang());
        response.getHeaders().putSingle(HttpHeaders.VARY, HttpHeaders.ACCEPT + ", " + PageRenderer.VARY);
    }

    private static boolean prefersHtml(ContainerRequestContext request) {
        String accept = request.getHeaderString(HttpHeaders.ACCEPT); // not parsed, because it can be malformed
        return accept != null && accept.startsWith(MediaType.TEXT_HTML);
    }
}
