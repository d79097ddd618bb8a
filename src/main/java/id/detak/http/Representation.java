package id.detak.http;

import java.util.Map;

/**
 * Identifies the content of a response before it is computed.
 *
 * @param stamp what the bytes depend on, as text: versions of the series, the resolved range, parameters, the form.
 *     Equal stamps mean equal bytes. Read the versions before the content.
 * @param closed whether nothing can be added to the requested range, so that clients need not revalidate it for an hour
 * @param headers further response headers; they depend on the stamp alone
 * @param variant which of the responses of one address it is, if there are several, such as one for each language. Each
 *     is cached for itself; the fast path serves only responses without a variant
 */
public record Representation(String stamp, boolean closed, Map<String, String> headers, String variant) {

    public Representation(String stamp, boolean closed) {
        this(stamp, closed, Map.of());
    }

    public Representation(String stamp, boolean closed, Map<String, String> headers) {
        this(stamp, closed, headers, "");
    }

    String cacheControl() {
        return closed ? "max-age=3600, immutable" : "no-cache";
    }
}
