package id.detak.dashboard;

import id.detak.capture.Capture;
import id.detak.capture.Captures;
import id.detak.series.Observations;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.MessageBundles;
import io.smallrye.common.annotation.Blocking;
import jakarta.transaction.Transactional;
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
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The pages. Words and numbers are in Indonesian or English, by the browser's language. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class PageResource {

    /** Scripts and styles of our own only, none inline. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
            + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private static final Locale INDONESIAN = Locale.forLanguageTag("id");

    private final Overview overview;
    private final Captures captures;
    private final Observations observations;
    private final boolean demo;

    PageResource(Overview overview, Captures captures, Observations observations, @ConfigProperty(name = "detak.demo", defaultValue = "false") boolean demo) {
        this.overview = overview;
        this.captures = captures;
        this.observations = observations;
        this.demo = demo;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance overview(Overview.View view, String lang);

        static native TemplateInstance capture(Capture capture, String observedAt, String serverDate, List<Observations.Conflict> conflicts, boolean demo, String lang);
    }

    @GET
    @Operation(hidden = true)
    public Response overview(@QueryParam("code") String code, @Context HttpHeaders headers) {
        Locale locale = locale(headers);
        return page(Templates.overview(overview.view(new Formats(locale), code), locale.getLanguage()), locale, 200);
    }

    @GET
    @Path("captures/{id}")
    @Transactional
    @Operation(hidden = true)
    public Response capture(@PathParam("id") String id, @Context HttpHeaders headers) {
        Locale locale = locale(headers);
        Formats formats = new Formats(locale);
        Capture capture = captures.ofId(id).orElse(null);
        String observedAt = capture == null ? null : formats.time(capture.observedAt());
        String serverDate = capture == null || capture.serverDate() == null ? null : formats.time(capture.serverDate());
        List<Observations.Conflict> conflicts = capture == null ? List.of() : observations.conflictsOf(capture.id());
        return page(Templates.capture(capture, observedAt, serverDate, conflicts, demo, locale.getLanguage()), locale, capture == null ? 404 : 200);
    }

    /** Rendered here, within the request's transaction. */
    private static Response page(TemplateInstance template, Locale locale, int status) {
        String html = template.setAttribute(MessageBundles.ATTRIBUTE_LOCALE, locale).render();
        return Response.status(status).entity(html).header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header(HttpHeaders.CONTENT_LANGUAGE, locale.getLanguage()).header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache").build();
    }

    private static Locale locale(HttpHeaders headers) {
        for (Locale accepted : headers.getAcceptableLanguages()) {
            switch (accepted.getLanguage()) {
                case "id", "in" -> {
                    return INDONESIAN;
                }
                case "en" -> {
                    return Locale.ENGLISH;
                }
                default -> {
                    // the next one that the browser would take
                }
            }
        }
        return Locale.ENGLISH;
    }
}
