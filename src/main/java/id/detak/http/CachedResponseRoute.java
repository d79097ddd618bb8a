package id.detak.http;

import io.netty.buffer.Unpooled;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Serves cached responses that are still current on the event loop, before REST. The package documentation says why
 * that is safe.
 */
@ApplicationScoped
class CachedResponseRoute {

    /** Filters run in descending order. */
    static final int JUST_AFTER_AUTHORIZATION = SecurityHandlerPriorities.AUTHORIZATION - 1;

    private static final CharSequence VARY = HttpHeaders.createOptimized(CacheableResponses.VARY);
    private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");

    private final ResponseCache cache;

    CachedResponseRoute(ResponseCache cache) {
        this.cache = cache;
    }

    void register(@Observes Filters filters) {
        filters.register(this::serve, JUST_AFTER_AUTHORIZATION);
    }

    private void serve(RoutingContext context) {
        ConditionalRequest request = ConditionalRequest.of(context);
        CachedResponse response = request.isPlainRead() && request.isAnonymous() ? cache.get(request.key("")) : null;
        if (response == null
                || !response.anonymous()
                || !response.isCurrent().getAsBoolean()
                || !serve(request, response)) {
            context.next();
        }
    }

    /** @return false if the requested form does not exist yet */
    private static boolean serve(ConditionalRequest request, CachedResponse cached) {
        boolean acceptsGzip = request.acceptsGzip();
        String ifNoneMatch = request.ifNoneMatch();
        HttpServerResponse response = request.context().response();
        String match = cached.tags().match(ifNoneMatch, acceptsGzip);
        CachedResponse.Form form = match == null ? cached.form(acceptsGzip) : null;
        if (match == null && form == null) {
            return false;
        }
        if (match == null && EntityTags.isAny(ifNoneMatch)) {
            match = form.tag();
        }
        MultiMap headers = response.headers();
        cached.representation().headers().forEach(headers::set);
        headers.set(HttpHeaders.CACHE_CONTROL, cached.representation().cacheControl())
                .set(HttpHeaders.VARY, VARY);
        if (match != null) {
            headers.set(HttpHeaders.ETAG, match);
            response.setStatusCode(304).end();
            return true;
        }
        headers.set(HttpHeaders.ETAG, form.tag())
                .set(HttpHeaders.CONTENT_TYPE, cached.contentType())
                .set(HttpHeaders.CONTENT_LENGTH, String.valueOf(form.body().length));
        if (form.isGzip()) {
            headers.set(HttpHeaders.CONTENT_ENCODING, GZIP);
        } else if (request.mayBeCompressed()) {
            // keeps the compressor off, which removes it
            headers.set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        }
        if (request.request().method() == HttpMethod.HEAD) {
            response.end();
        } else {
            response.end(Buffer.buffer(Unpooled.wrappedBuffer(form.body())));
        }
        return true;
    }
}
