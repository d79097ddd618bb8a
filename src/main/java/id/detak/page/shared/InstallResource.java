package id.detak.page.shared;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.MessageBundles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Serves the web app manifest, which lets a browser install the pages as an app. */
@PermitAll
@Path("/manifest.webmanifest")
public class InstallResource {

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance manifest(String lang);
    }

    @GET
    @Produces("application/manifest+json")
    @Blocking
    @Operation(hidden = true)
    public Response manifest(@Context HttpHeaders headers) {
        Visitor visitor = Visitor.of(headers);
        String manifest = Templates.manifest(visitor.lang())
                .setAttribute(MessageBundles.ATTRIBUTE_LOCALE, visitor.locale())
                .render();
        return Response.ok(manifest)
                .header(HttpHeaders.VARY, PageRenderer.VARY)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }
}
