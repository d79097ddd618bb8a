package id.detak.page.card;

import id.detak.page.shared.PageRenderer;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.function.Supplier;

/**
 * An image that clients cache for a minute and then validate by its entity tag.
 *
 * @param negotiated whether the language follows from the request's headers
 */
record ImageResponse(HttpHeaders headers, boolean negotiated) {

    private static final String ONE_MINUTE = "public, max-age=60";

    /** @param hash of the image's content */
    Response of(String hash, Supplier<ResponseBuilder> image) {
        String tag = '"' + hash + '"';
        ResponseBuilder response =
                matches(tag, headers.getHeaderString(HttpHeaders.IF_NONE_MATCH)) ? Response.notModified() : image.get();
        if (negotiated) {
            response.header(HttpHeaders.VARY, PageRenderer.VARY);
        }
        return response.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, ONE_MINUTE)
                .build();
    }

    /** Weak comparison (RFC 9110, 13.1.2): a proxy that compresses puts W/ before the tag. */
    private static boolean matches(String tag, String ifNoneMatch) {
        return ifNoneMatch != null
                && (ifNoneMatch.contains(tag) || ifNoneMatch.strip().equals("*"));
    }
}
