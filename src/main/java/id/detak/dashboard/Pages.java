package id.detak.dashboard;

import id.detak.alert.AlertAnswers;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the pages have in common. */
@ApplicationScoped
class Pages {

    /** Scripts and styles of our own only, none inline. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
            + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final AlertAnswers alerts;
    private final boolean demo;
    private final Clock clock;

    Pages(AlertAnswers alerts, @ConfigProperty(name = "detak.demo", defaultValue = "false") boolean demo, Clock clock) {
        this.alerts = alerts;
        this.demo = demo;
        this.clock = clock;
    }

    Shell shell(String page, Visitor visitor) {
        return new Shell(page, alerts.firingCount(), demo, visitor.lang(), clock.instant());
    }

    /** Rendered here, within the request's transaction. */
    Response html(TemplateInstance template, Visitor visitor, int status) {
        String html = template.setAttribute(MessageBundles.ATTRIBUTE_LOCALE, visitor.locale()).render();
        return Response.status(status).entity(html).header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header(HttpHeaders.CONTENT_LANGUAGE, visitor.lang()).header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache").build();
    }
}
