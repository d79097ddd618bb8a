package id.detak.http;

import io.quarkus.cache.CacheKey;
import io.quarkus.cache.CacheResult;
import io.quarkus.runtime.BlockingOperationControl;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Computes responses to reads once and serves them from memory until their data changes, with entity tags, 304, gzip
 * and Cache-Control. The resource method must be {@code @Uncompressed}; otherwise Quarkus may compress what the tag
 * identifies as plain.
 */
@ApplicationScoped
public class CacheableResponses {

    public static final String VARY = "Accept, Accept-Encoding";

    private final ResponseCache cache;
    private final StreamingLimit streamingLimit;
    private final AnswerLimit answerLimit;
    private final Computations computations;
    private final String build = BuildId.OWN;

    CacheableResponses(
            ResponseCache cache, StreamingLimit streamingLimit, AnswerLimit answerLimit, Computations computations) {
        this.cache = cache;
        this.streamingLimit = streamingLimit;
        this.answerLimit = answerLimit;
        this.computations = computations;
    }

    /** Concurrent requests for the same content share one computation. Failures are not cached. */
    @ApplicationScoped
    static class Computations {

        /**
         * A separate bean, because an interceptor does not see calls within a class. The cache holds running
         * computations only (its maximum size is 0): quarkus-cache cannot limit finished ones by their bytes, which
         * {@link ResponseCache} does. A thread that has waited for {@code lockTimeout} computes the response itself, so
         * no deadlock can arise.
         */
        @CacheResult(cacheName = "response-computations", lockTimeout = 2000)
        CachedResponse compute(
                @CacheKey ResponseKey key, @CacheKey EntityTags tags, Supplier<CachedResponse> computation) {
            return computation.get();
        }
    }

    /**
     * The response to a request: computed, from the cache, or 304. Call it on a worker thread, after access has been
     * checked.
     *
     * @param isCurrent whether the same request would still have the same stamp. The event loop calls it before it
     *     serves the cached response without calling the resource. It reads memory only and may return false if it
     *     cannot know. It lives as long as the cached response, so it should reference little.
     * @param points see {@link AnswerLimit}
     * @param computation computes the body; if it throws, nothing is cached
     */
    public Response respond(
            RoutingContext context,
            Representation representation,
            BooleanSupplier isCurrent,
            int points,
            Supplier<ResponseBody> computation) {
        ConditionalRequest request = ConditionalRequest.of(context);
        boolean acceptsGzip = request.acceptsGzip();
        String ifNoneMatch = request.ifNoneMatch();
        EntityTags tags = EntityTags.of(build, representation.stamp());
        String match = tags.match(ifNoneMatch, acceptsGzip);
        ResponseKey key = request.key(representation.variant());
        if (match != null) {
            renew(key, tags, isCurrent, request.isAnonymous());
            return headers(Response.notModified(), match, representation).build();
        }
        Supplier<CachedResponse> computed = () -> {
            ResponseBody body = computation.get();
            CachedResponse plain = new CachedResponse(
                    tags, representation, body.contentType(), body.body(), null, isCurrent, request.isAnonymous());
            return acceptsGzip && plain.isWorthGzip() ? plain.withGzip() : plain;
        };
        CachedResponse response = cachedOrComputed(key, tags, acceptsGzip, () -> answerLimit.within(points, computed));
        cache.put(key, response.renewed(isCurrent, request.isAnonymous()));
        CachedResponse.Form form = response.form(acceptsGzip);
        if (EntityTags.isAny(ifNoneMatch)) {
            return headers(Response.notModified(), form.tag(), representation).build();
        }
        Response.ResponseBuilder builder = headers(Response.ok(form.body()), form.tag(), representation)
                .header(HttpHeaders.CONTENT_TYPE, response.contentType())
                .header(HttpHeaders.CONTENT_LENGTH, form.body().length);
        if (form.isGzip() || !request.mayBeCompressed()) {
            // Quarkus has set "identity", which keeps its compressor off; REST would add to it
            context.response().headers().remove(HttpHeaders.CONTENT_ENCODING);
        }
        if (form.isGzip()) {
            builder.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return builder.build();
    }

    /** A response that is too long to be cached. It is streamed and not compressed. */
    public Response stream(
            RoutingContext context, Representation representation, String contentType, StreamingOutput output) {
        EntityTags tags = EntityTags.of(build, representation.stamp());
        String ifNoneMatch = ConditionalRequest.of(context).ifNoneMatch();
        if (EntityTags.isAny(ifNoneMatch) || tags.match(ifNoneMatch, false) != null) {
            return headers(Response.notModified(), tags.plain(), representation).build();
        }
        return headers(Response.ok(streamingLimit.limit(context, output)), tags.plain(), representation)
                .header(HttpHeaders.CONTENT_TYPE, contentType)
                .build();
    }

    private static Response.ResponseBuilder headers(
            Response.ResponseBuilder response, String tag, Representation representation) {
        representation.headers().forEach(response::header);
        if (!representation.headers().containsKey(HttpHeaders.VARY)) {
            response.header(HttpHeaders.VARY, VARY);
        }
        return response.header(HttpHeaders.ETAG, tag).header(HttpHeaders.CACHE_CONTROL, representation.cacheControl());
    }

    /**
     * Renews a cached response that a newer request has shown to be valid: the fast path then uses the condition of
     * that request.
     */
    private void renew(ResponseKey key, EntityTags tags, BooleanSupplier isCurrent, boolean anonymous) {
        CachedResponse cached = cache.get(key);
        if (cached != null && cached.tags().equals(tags)) {
            cache.put(key, cached.renewed(isCurrent, anonymous));
        }
    }

    private CachedResponse cachedOrComputed(
            ResponseKey key, EntityTags tags, boolean acceptsGzip, Supplier<CachedResponse> computation) {
        CachedResponse cached = cache.get(key);
        boolean isCached = cached != null && cached.tags().equals(tags);
        if (isCached && cached.form(acceptsGzip) != null) {
            return cached;
        }
        if (!BlockingOperationControl.isBlockingAllowed()) {
            throw new IllegalStateException("Responses are computed on worker threads, not on the event loop.");
        }
        CachedResponse response = isCached ? cached : computations.compute(key, tags, computation);
        return response.form(acceptsGzip) == null ? response.withGzip() : response;
    }
}
