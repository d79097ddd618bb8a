package id.detak.capture.fetch;

import java.net.URI;
import java.util.Objects;

/**
 * The page to fetch, with the validators of the last good response, or null for an unconditional request.
 *
 * @param headers of the source's own
 */
public record FetchRequest(URI url, String etag, String lastModified, SourceHeaders headers) {
    public FetchRequest {
        Objects.requireNonNull(url, "url");
    }

    public FetchRequest(URI url, String etag, String lastModified) {
        this(url, etag, lastModified, SourceHeaders.NONE);
    }

    /** An unconditional request. */
    public static FetchRequest of(URI url) {
        return new FetchRequest(url, null, null);
    }
}
