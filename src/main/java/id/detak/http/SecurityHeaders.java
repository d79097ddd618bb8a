package id.detak.http;

import id.detak.access.ReadAccess;
import id.detak.platform.PublicUrl;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Sets the security headers that depend on path and configuration, also on errors; {@code application.properties} has
 * the fixed ones. Pages may run Detak's own scripts and styles only, none inline; other responses may run nothing.
 */
@ApplicationScoped
class SecurityHeaders {

    private static final int BEFORE_ALL_RESPONSES = SecurityHandlerPriorities.CORS + 100;
    private static final CharSequence POLICY = optimized("Content-Security-Policy");
    private static final CharSequence RESOURCE_POLICY = optimized("Cross-Origin-Resource-Policy");
    private static final CharSequence PAGES = optimized(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
                    + "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    private static final CharSequence NOTHING =
            optimized("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox");
    /** Its two inline scripts are Quarkus's; ReplicasAccessIT fails if they change. */
    private static final CharSequence SWAGGER_UI = optimized(
            "default-src 'none'; script-src 'self' 'sha256-VdankBQ3KN/Ldi+Ir/zkwPOXEPF95I7gcmOTcjS94J4=' 'sha256-j7imUM0K594gWDGtZcSsLVWVW+9IyzVKuRsPne1QbgA='; "
                    + "style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

    private final boolean https;
    private final boolean readingIsOpen;

    SecurityHeaders(PublicUrl publicUrl, ReadAccess reading) {
        this.https = publicUrl.isHttps();
        this.readingIsOpen = reading.isOpen();
    }

    private static CharSequence optimized(String text) {
        return HttpHeaders.createOptimized(text);
    }

    void register(@Observes Filters filters) {
        filters.register(this::add, BEFORE_ALL_RESPONSES);
    }

    private void add(RoutingContext context) {
        String path = context.request().path() == null ? "" : context.request().path();
        MultiMap headers = context.response().headers();
        boolean isCard = path.startsWith("/cards/");
        headers.set(RESOURCE_POLICY, isCard ? "cross-origin" : "same-origin");
        if (isCard) {
            context.addHeadersEndHandler(
                    end -> allowNothingByDefault(context.response().headers())); // a card sets its own policy
        } else {
            headers.set(POLICY, policy(path));
        }
        if (https) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        if (!readingIsOpen) {
            context.addHeadersEndHandler(end -> keepPrivate(context.response().headers(), path));
        }
        context.next();
    }

    private static void allowNothingByDefault(MultiMap headers) {
        if (!headers.contains(POLICY)) {
            headers.set(POLICY, NOTHING);
        }
    }

    private static CharSequence policy(String path) {
        if (path.startsWith("/q/swagger-ui")) {
            return SWAGGER_UI;
        }
        return path.startsWith("/api/") || path.startsWith("/q/") ? NOTHING : PAGES;
    }

    /** Responses to authenticated readers are not stored for others, and browsers revalidate them after a sign-out. */
    private static void keepPrivate(MultiMap headers, String path) {
        if (!path.startsWith("/static/") && !"no-store".equals(headers.get(HttpHeaders.CACHE_CONTROL))) {
            headers.set(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        }
    }
}
