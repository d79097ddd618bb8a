package id.detak.page.shared;

import id.detak.access.Identities;
import id.detak.access.Roles;
import id.detak.alert.AlertViews;
import id.detak.platform.PlatformConfig;
import id.detak.platform.PublicUrl;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.MessageBundles;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Renders pages and builds their common frame. */
@ApplicationScoped
public class PageRenderer {

    /** Request headers that pages depend on; cookies hold the chosen language and theme. */
    public static final String VARY = HttpHeaders.ACCEPT_LANGUAGE + ", " + HttpHeaders.COOKIE;

    private static final Set<String> CHOICES = Set.of(LanguageChoice.PARAMETER, ThemeChoice.PARAMETER);

    private final AlertViews alerts;
    private final UriInfo address;
    private final HttpHeaders headers;
    private final boolean demo;
    private final SecurityIdentity identity;
    private final PublicUrl publicUrl;
    private final Clock clock;
    private final PageCache cache;

    PageRenderer(
            AlertViews alerts,
            PageCache cache,
            UriInfo address,
            HttpHeaders headers,
            PlatformConfig config,
            PublicUrl publicUrl,
            Clock clock,
            SecurityIdentity identity) {
        this.cache = cache;
        this.headers = headers;
        this.identity = identity;
        this.alerts = alerts;
        this.address = address;
        this.demo = config.demo();
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    public PageFrame frame(String page, Visitor visitor) {
        return frame(page, alerts.firingCount(), visitor);
    }

    /** The frame of a page that needs no sign-in, without data. */
    public PageFrame publicFrame(String page, Visitor visitor) {
        return frame(page, 0, visitor);
    }

    private PageFrame frame(String page, long firing, Visitor visitor) {
        String otherQuery = otherQuery();
        String here = encoded(address.getRequestUri().getRawPath()
                + (otherQuery.isEmpty() ? "" : "?" + otherQuery.substring(0, otherQuery.length() - 1)));
        return new PageFrame(
                page,
                firing,
                demo,
                visitor.lang(),
                ThemeChoice.of(address, headers).orElse(null),
                publicUrl.of(""),
                clock.instant(),
                account(),
                here,
                otherQuery);
    }

    private Account account() {
        return Identities.credentialOf(identity)
                .map(grant -> new Account(
                        grant.name(),
                        grant.role().equals(Roles.ADMIN),
                        grant.session().isPresent()))
                .orElse(null);
    }

    /** Re-encodes each parameter, so that none can inject markup. */
    private String otherQuery() {
        return address.getQueryParameters().entrySet().stream()
                .filter(parameter -> !CHOICES.contains(parameter.getKey()))
                .flatMap(parameter -> parameter.getValue().stream()
                        .map(value -> encoded(parameter.getKey()) + "=" + encoded(value) + "&"))
                .collect(Collectors.joining());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * A page from the cache.
     *
     * @param template renders the page, with its frame
     */
    public Response cached(RoutingContext context, Visitor visitor, Supplier<TemplateInstance> template) {
        if (LanguageChoice.cookieFor(address).isPresent()
                || ThemeChoice.cookieFor(address).isPresent()) {
            return html(template.get(), visitor, 200); // sets a cookie
        }
        String variant = String.join(
                " ", visitor.lang(), ThemeChoice.of(address, headers).orElse("system"), String.valueOf(account()));
        return cache.respond(context, visitor, variant, () -> rendered(template.get(), visitor));
    }

    private static String rendered(TemplateInstance template, Visitor visitor) {
        return template.setAttribute(MessageBundles.ATTRIBUTE_LOCALE, visitor.locale())
                .render();
    }

    /** Renders now, while the request's transaction is active. */
    public Response html(TemplateInstance template, Visitor visitor, int status) {
        Response.ResponseBuilder response = Response.status(status)
                .entity(rendered(template, visitor))
                .header(HttpHeaders.CONTENT_LANGUAGE, visitor.lang())
                .header(HttpHeaders.VARY, VARY)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
        LanguageChoice.cookieFor(address).ifPresent(response::cookie);
        ThemeChoice.cookieFor(address).ifPresent(response::cookie);
        return response.build();
    }
}
