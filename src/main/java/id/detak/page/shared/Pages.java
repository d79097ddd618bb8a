package id.detak.page.shared;

import id.detak.access.Credential;
import id.detak.access.Identities;
import id.detak.access.Roles;
import id.detak.alert.AlertViews;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.MessageBundles;
import io.quarkus.security.identity.SecurityIdentity;
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
public class Pages {

    /** The language that was chosen is in a cookie. */
    public static final String DEPENDS_ON = HttpHeaders.ACCEPT_LANGUAGE + ", " + HttpHeaders.COOKIE;

    private final AlertViews alerts;
    private final UriInfo address;
    private final boolean demo;
    private final SecurityIdentity identity;
    private final Clock clock;

    Pages(AlertViews alerts, UriInfo address, @ConfigProperty(name = "detak.demo", defaultValue = "false") boolean demo, Clock clock, SecurityIdentity identity) {
        this.identity = identity;
        this.alerts = alerts;
        this.address = address;
        this.demo = demo;
        this.clock = clock;
    }

    public PageFrame shell(String page, Visitor visitor) {
        return shell(page, alerts.firingCount(), visitor);
    }

    /** Around a page that everybody sees. */
    public PageFrame shellOfNoData(String page, Visitor visitor) {
        return shell(page, 0, visitor);
    }

    private PageFrame shell(String page, long firing, Visitor visitor) {
        String otherQuery = otherQuery();
        String here = encoded(address.getRequestUri().getRawPath() + (otherQuery.isEmpty() ? "" : "?" + otherQuery.substring(0, otherQuery.length() - 1)));
        return new PageFrame(page, firing, demo, visitor.lang(), clock.instant(), account(), here, otherQuery);
    }

    private Account account() {
        return Identities.credentialOf(identity).map(grant -> new Account(grant.name(), grant.role().equals(Roles.ADMIN),
                grant instanceof Credential.OfSession)).orElse(null);
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
    public Response html(TemplateInstance template, Visitor visitor, int status) {
        String html = template.setAttribute(MessageBundles.ATTRIBUTE_LOCALE, visitor.locale()).render();
        Response.ResponseBuilder response = Response.status(status).entity(html)
                .header(HttpHeaders.CONTENT_LANGUAGE, visitor.lang()).header(HttpHeaders.VARY, DEPENDS_ON)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
        LanguageChoice.toKeep(address).ifPresent(response::cookie);
        return response.build();
    }
}
