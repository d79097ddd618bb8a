package id.detak.capture.fetch;

import java.net.URI;
import java.util.Objects;

/** The page to ask for, with the validators of the last good answer (or null, to get it in any case). */
public record FetchRequest(URI url, String etag, String lastModified) {
    public FetchRequest {
        Objects.requireNonNull(url, "url");
    }

    /** Asks without condition. */
    public static FetchRequest of(URI url) {
        return new FetchRequest(url, null, null);
    }
}
