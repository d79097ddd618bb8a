package id.detak.http;

import io.quarkus.runtime.BlockingOperationControl;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Answers of reading whose bytes are made once and served until what they were made of changes: entity tags, 304, gzip,
 * Cache-Control. The resource method must be {@code @Uncompressed}, or else Quarkus may compress what the tag says is plain.
 */
@ApplicationScoped
public class CacheableResponses {

    static final String VARY = "Accept, Accept-Encoding";
    private static final String CLOSED = "max-age=3600, immutable";
    private static final String OPEN = "no-cache";

    private final ResponseCache kept;
    private final StreamingLimit longAnswers;
    private final SingleFlight<Making, CachedResponse> makings = new SingleFlight<>();
    private final String program = BuildId.of(CacheableResponses.class);

    CacheableResponses(ResponseCache kept, StreamingLimit longAnswers) {
        this.kept = kept;
        this.longAnswers = longAnswers;
    }

    private record Making(CacheKey key, EntityTags tags) {
    }

    /**
     * The answer to a request, be it new, kept, or one that the client has already. Called where access has been checked, and
     * where blocking is allowed.
     *
     * @param stamp what the bytes depend on, as text: versions of the series, the resolved range, parameters, the form. Equal
     *            stamps, equal bytes. The versions are read before what {@code make} reads.
     * @param closed whether nothing can be added to what was asked for: then clients need not ask again for an hour
     * @param stillHolds asked, on the event loop, before the answer is served again without asking the resource: whether the same
     *            request would have the same stamp. It looks into memory only, may say false when it does not know, and lives as
     *            long as the answer is kept, so it should hold on to little.
     * @param make what it throws is thrown here, and nothing is kept
     */
    public Response answer(RoutingContext context, String stamp, boolean closed, BooleanSupplier stillHolds, Supplier<ResponseBody> make) {
        ConditionalRequest asked = ConditionalRequest.of(context);
        boolean takesGzip = asked.takesGzip();
        String ifNoneMatch = asked.ifNoneMatch();
        EntityTags tags = EntityTags.of(program, stamp);
        String cacheControl = closed ? CLOSED : OPEN;
        String held = tags.heldBy(ifNoneMatch, takesGzip);
        CacheKey key = asked.key();
        if (held != null) {
            renew(key, tags, stillHolds, asked.isByAnybody());
            return headers(Response.notModified(), held, cacheControl).build();
        }
        CachedResponse answer = made(key, tags, takesGzip, () -> {
            ResponseBody finished = make.get();
            CachedResponse plain = new CachedResponse(tags, cacheControl, finished.contentType(), finished.body(), null, stillHolds, asked.isByAnybody());
            return takesGzip && plain.isWorthGzip() ? plain.withGzip() : plain;
        });
        kept.put(key, answer.asked(stillHolds, asked.isByAnybody()));
        CachedResponse.Form form = answer.form(takesGzip);
        if (EntityTags.isAny(ifNoneMatch)) {
            return headers(Response.notModified(), form.tag(), cacheControl).build();
        }
        Response.ResponseBuilder response = headers(Response.ok(form.body()), form.tag(), cacheControl).header(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .header(HttpHeaders.CONTENT_LENGTH, form.body().length);
        if (form.isGzip() || !asked.mayBeCompressed()) {
            // Quarkus has put "identity" there, which keeps the compressor off; REST would add to it
            context.response().headers().remove(HttpHeaders.CONTENT_ENCODING);
        }
        if (form.isGzip()) {
            response.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return response.build();
    }

    /** The answer to a request for what is too long to be kept: written as it is read, and not compressed. */
    public Response stream(RoutingContext context, String stamp, boolean closed, String contentType, StreamingOutput write) {
        EntityTags tags = EntityTags.of(program, stamp);
        String cacheControl = closed ? CLOSED : OPEN;
        String ifNoneMatch = ConditionalRequest.of(context).ifNoneMatch();
        if (EntityTags.isAny(ifNoneMatch) || tags.heldBy(ifNoneMatch, false) != null) {
            return headers(Response.notModified(), tags.plain(), cacheControl).build();
        }
        return headers(Response.ok(longAnswers.limited(context, write)), tags.plain(), cacheControl).header(HttpHeaders.CONTENT_TYPE, contentType).build();
    }

    private static Response.ResponseBuilder headers(Response.ResponseBuilder response, String tag, String cacheControl) {
        return response.header(HttpHeaders.ETAG, tag).header(HttpHeaders.CACHE_CONTROL, cacheControl).header(HttpHeaders.VARY, VARY);
    }

    /** The same answer, seen to hold by a newer request: from now on the fast way goes by what that one knows. */
    private void renew(CacheKey key, EntityTags tags, BooleanSupplier stillHolds, boolean byAnybody) {
        CachedResponse there = kept.get(key);
        if (there != null && there.tags().equals(tags)) {
            kept.put(key, there.asked(stillHolds, byAnybody));
        }
    }

    private CachedResponse made(CacheKey key, EntityTags tags, boolean takesGzip, Supplier<CachedResponse> make) {
        CachedResponse there = kept.get(key);
        boolean isThere = there != null && there.tags().equals(tags);
        if (isThere && there.form(takesGzip) != null) {
            return there;
        }
        if (!BlockingOperationControl.isBlockingAllowed()) {
            throw new IllegalStateException("answers are made on worker threads, not on the event loop");
        }
        CachedResponse plain = isThere ? there : makings.get(new Making(key, tags), make);
        return plain.form(takesGzip) == null ? plain.withGzip() : plain;
    }
}
