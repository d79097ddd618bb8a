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

/** Serves what is kept and still holds on the event loop, before REST is asked. See the package for why that is safe. */
@ApplicationScoped
class CachedResponseRoute {

    /** Filters run in descending order. */
    static final int JUST_AFTER_AUTHORIZATION = SecurityHandlerPriorities.AUTHORIZATION - 1;
    private static final CharSequence VARY = HttpHeaders.createOptimized(CacheableResponses.VARY);
    private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");

    private final ResponseCache kept;

    CachedResponseRoute(ResponseCache kept) {
        this.kept = kept;
    }

    void register(@Observes Filters filters) {
        filters.register(this::serve, JUST_AFTER_AUTHORIZATION);
    }

    private void serve(RoutingContext context) {
        ConditionalRequest asked = ConditionalRequest.of(context);
        CachedResponse answer = asked.isPlainRead() && asked.isByAnybody() ? kept.get(asked.key()) : null;
        if (answer == null || !answer.forAnybody() || !answer.stillHolds().getAsBoolean() || !serve(asked, answer)) {
            context.next();
        }
    }

    /** @return false where a form is wanted that is still to be made */
    private static boolean serve(ConditionalRequest asked, CachedResponse answer) {
        boolean takesGzip = asked.takesGzip();
        String ifNoneMatch = asked.ifNoneMatch();
        HttpServerResponse response = asked.context().response();
        String held = answer.tags().heldBy(ifNoneMatch, takesGzip);
        CachedResponse.Form form = held == null ? answer.form(takesGzip) : null;
        if (held == null && form == null) {
            return false;
        }
        if (held == null && EntityTags.isAny(ifNoneMatch)) {
            held = form.tag();
        }
        MultiMap headers = response.headers();
        headers.set(HttpHeaders.CACHE_CONTROL, answer.cacheControl()).set(HttpHeaders.VARY, VARY);
        if (held != null) {
            headers.set(HttpHeaders.ETAG, held);
            response.setStatusCode(304).end();
            return true;
        }
        headers.set(HttpHeaders.ETAG, form.tag()).set(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .set(HttpHeaders.CONTENT_LENGTH, String.valueOf(form.body().length));
        if (form.isGzip()) {
            headers.set(HttpHeaders.CONTENT_ENCODING, GZIP);
        } else if (asked.mayBeCompressed()) {
            // keeps the compressor off, which takes it away
            headers.set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        }
        if (asked.request().method() == HttpMethod.HEAD) {
            response.end();
        } else {
            response.end(Buffer.buffer(Unpooled.wrappedBuffer(form.body())));
        }
        return true;
    }
}
