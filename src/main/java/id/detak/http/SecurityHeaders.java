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
import java.util.Map;

/**
 * What a browser must not do with our answers, refusals included. Pages run scripts and styles of ours only, none inline; what is
 * no page runs nothing at all.
 */
@ApplicationScoped
class SecurityHeaders {

    private static final int BEFORE_ANYTHING_ANSWERS = SecurityHandlerPriorities.CORS + 100;
    private static final CharSequence POLICY = optimized("Content-Security-Policy");
    private static final CharSequence RESOURCE_POLICY = optimized("Cross-Origin-Resource-Policy");
    private static final CharSequence PAGES = optimized("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
            + "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    private static final CharSequence NOTHING = optimized("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox");
    /** Its two inline scripts are Quarkus's; ReplicasAccessIT tells where they have changed. */
    private static final CharSequence SWAGGER_UI = optimized("default-src 'none'; script-src 'self' 'sha256-VdankBQ3KN/Ldi+Ir/zkwPOXEPF95I7gcmOTcjS94J4=' 'sha256-j7imUM0K594gWDGtZcSsLVWVW+9IyzVKuRsPne1QbgA='; "
            + "style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    private static final Map<CharSequence, CharSequence> ALWAYS = Map.of(
            optimized("X-Content-Type-Options"), optimized("nosniff"),
            optimized("X-Frame-Options"), optimized("DENY"),
            optimized("Referrer-Policy"), optimized("same-origin"),
            optimized("Cross-Origin-Opener-Policy"), optimized("same-origin"),
            optimized("Permissions-Policy"), optimized("camera=(), geolocation=(), microphone=(), payment=(), usb=()"));

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
        filters.register(this::add, BEFORE_ANYTHING_ANSWERS);
    }

    private void add(RoutingContext context) {
        String path = context.request().path() == null ? "" : context.request().path();
        MultiMap headers = context.response().headers();
        ALWAYS.forEach(headers::set);
        boolean isCard = path.startsWith("/cards/");
        headers.set(RESOURCE_POLICY, isCard ? "cross-origin" : "same-origin");
        if (isCard) {
            context.addHeadersEndHandler(end -> allowNothingUnlessSaid(context.response().headers())); // a picture says itself what it needs
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

    private static void allowNothingUnlessSaid(MultiMap headers) {
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

    /** What only some may read is kept by no cache for others, and asked for anew when somebody has signed out. */
    private static void keepPrivate(MultiMap headers, String path) {
        if (!path.startsWith("/static/") && !"no-store".equals(headers.get(HttpHeaders.CACHE_CONTROL))) {
            headers.set(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        }
    }
}
