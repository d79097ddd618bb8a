package id.detak.page.shared;

import id.detak.database.Notification;
import id.detak.database.Notification.ListenerConnected;
import id.detak.database.Notification.Published;
import id.detak.http.CacheableResponses;
import id.detak.http.Representation;
import id.detak.http.ResponseBody;
import id.detak.series.SeriesVersions;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Serves rendered pages from memory, so that many readers cost one rendering. A page is rendered again in the next
 * second, because it shows ages, and after every change: each notification, each commit that notifies or writes to a
 * series, and each HTTP request that writes.
 */
@Provider
@ApplicationScoped
public class PageCache implements ContainerResponseFilter {

    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String HTML = MediaType.TEXT_HTML + ";charset=UTF-8";

    private final CacheableResponses responses;
    private final SeriesVersions versions;
    private final Clock clock;
    private final AtomicLong changes = new AtomicLong();

    PageCache(CacheableResponses responses, SeriesVersions versions, Clock clock) {
        this.responses = responses;
        this.versions = versions;
        this.clock = clock;
    }

    /** @param variant what the page depends on besides its address and the data */
    Response respond(RoutingContext context, Visitor visitor, String variant, Supplier<String> html) {
        String state = changes + " " + versions.ofAll() + " " + clock.instant().getEpochSecond();
        String stamp = state + " " + variant + " " + context.request().uri();
        Map<String, String> headers = Map.of(
                HttpHeaders.CONTENT_LANGUAGE,
                visitor.lang(),
                HttpHeaders.VARY,
                CacheableResponses.VARY + ", " + PageRenderer.VARY);
        return responses.respond(
                context,
                new Representation(stamp, false, headers, variant),
                () -> false,
                () -> new ResponseBody(HTML, html.get().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!READING.contains(request.getMethod())) {
            changes.incrementAndGet();
        }
    }

    void onCommit(@Observes(during = TransactionPhase.AFTER_SUCCESS) Published event) {
        changes.incrementAndGet();
    }

    void onNotification(@Observes @Priority(Notification.CACHES_FIRST) Notification notification) {
        changes.incrementAndGet();
    }

    void onConnected(@Observes @Priority(Notification.CACHES_FIRST) ListenerConnected connected) {
        changes.incrementAndGet();
    }
}
