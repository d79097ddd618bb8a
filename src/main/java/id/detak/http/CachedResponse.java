package id.detak.http;

import java.util.function.BooleanSupplier;

/**
 * An answer that is kept.
 *
 * @param gzip null: no client has asked for it yet
 * @param stillHolds whether what it was made of stands; asked on the event loop
 * @param forAnybody whether a request without credentials has been given it: only then may others without be given it unseen
 */
record CachedResponse(EntityTags tags, String cacheControl, String contentType, byte[] plain, byte[] gzip, BooleanSupplier stillHolds, boolean forAnybody) {

    /** One of the two forms. */
    record Form(String tag, byte[] body, boolean isGzip) {
    }

    boolean isWorthGzip() {
        return plain.length >= Gzip.SMALLEST;
    }

    /** @return null where that form has still to be made */
    Form form(boolean takesGzip) {
        if (!takesGzip || !isWorthGzip()) {
            return new Form(tags.plain(), plain, false);
        }
        return gzip == null ? null : new Form(tags.gzip(), gzip, true);
    }

    CachedResponse withGzip() {
        return gzip != null ? this : new CachedResponse(tags, cacheControl, contentType, plain, Gzip.of(plain), stillHolds, forAnybody);
    }

    CachedResponse asked(BooleanSupplier stillHoldsNow, boolean byAnybody) {
        return new CachedResponse(tags, cacheControl, contentType, plain, gzip, stillHoldsNow, forAnybody || byAnybody);
    }

    int size() {
        return plain.length + (gzip == null ? 0 : gzip.length);
    }
}
