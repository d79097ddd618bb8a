package id.detak.dashboard;

import id.detak.alert.AlertAnswers;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the pages have in common. */
@ApplicationScoped
class Pages {

    /** Scripts and styles of our own only, none inline. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
            + "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    /** The language that was chosen is in a cookie. */
    static final String DEPENDS_ON = HttpHeaders.ACCEPT_LANGUAGE + ", " + HttpHeaders.COOKIE;

    private final AlertAnswers alerts;
    private final UriInfo address;
    private final boolean demo;
    private final Clock clock;

    Pages(AlertAnswers alerts, UriInfo address, @ConfigProperty(name = "detak.demo", defaultValue = "false") boolean demo, Clock clock) {
        this.alerts = alerts;
        this.address = address;
        this.demo = demo;
        this.clock = clock;
    }

    Shell shell(String page, Visitor visitor) {
        return new Shell(page, alerts.firingCount(), demo, visitor.lang(), clock.instant(), otherQuery());
    }

    /** Written anew, so that nothing of it is more than a name or a value. */
    private String otherQuery() {
        return address.getQueryParameters().entrySet().stream().filter(parameter -> !parameter.getKey().equals(LanguageChoice.PARAMETER))
                .flatMap(parameter -> parameter.getValue().stream().map(value -> encoded(parameter.getKey()) + "=" + encoded(value) + "&")).collect(Collectors.joining());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Rendered here, within the request's transaction. */
    Response html(TemplateInstance template, Visitor visitor, int status) {
        String html = template.setAttribute(MessageBundles.ATTRIBUTE_LOCALE, visitor.locale()).render();
        Response.ResponseBuilder response = Response.status(status).entity(html).header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header(HttpHeaders.CONTENT_LANGUAGE, visitor.lang()).header(HttpHeaders.VARY, DEPENDS_ON)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
        LanguageChoice.toKeep(address).ifPresent(response::cookie);
        return response.build();
    }
}
