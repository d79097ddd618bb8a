package id.detak.http;

import java.util.Map;

/**
 * Identifies what a response contains before it is computed.
 *
 * @param stamp what the bytes depend on, as text: versions of the series, the resolved range, parameters, the form.
 *     Equal stamps mean equal bytes. The versions are read before the content is.
 * @param closed whether nothing can be added to the requested range: then clients need not ask again for an hour
 * @param headers further response headers; they depend on the stamp alone
 */
public record Representation(String stamp, boolean closed, Map<String, String> headers) {

    public Representation(String stamp, boolean closed) {
        this(stamp, closed, Map.of());
    }

    String cacheControl() {
        return closed ? "max-age=3600, immutable" : "no-cache";
    }
}
