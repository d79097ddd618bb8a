package id.detak.capture.fetch;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** What came of a fetch. Every answer says when and for which URL. */
public sealed interface FetchResult {
    /**
     * The fetcher's clock at the moment the answer (its headers) came, less the answer's {@code Age}, in whole
     * microseconds; where no answer came, the moment the fetch was given up.
     */
    Instant observedAt();

    /** The last URL asked, or the one that robots.txt or an unknown host kept from being asked. */
    URI url();

    /** @param body inflated; @param serverDate the answer's {@code Date}, or null */
    record Page(Instant observedAt, URI url, int status, Instant serverDate, byte[] body, String contentType,
                String etag, String lastModified) implements FetchResult {
    }

    record NotModified(Instant observedAt, URI url, int status, Instant serverDate) implements FetchResult {
    }

    /**
     * @param status     of the answer, where one came, else null
     * @param reason     one plain sentence that may be shown: no user info, no path and no query of any URL
     * @param retryAfter how long the server asks to be left alone, at most 24 h, or null
     */
    record Failure(Instant observedAt, URI url, Kind kind, Integer status, String reason, Duration retryAfter)
            implements FetchResult {
        public enum Kind {
            /** Host not found, no connection, TLS, the time limit, a body that breaks off or cannot be read. */
            UNREACHABLE,
            /** A status that is neither a page nor a redirect that can be followed. */
            HTTP_ERROR,
            /** We did not want to: scheme, user info, a redirect inwards or one too many, robots.txt. */
            REFUSED,
            TOO_LARGE
        }
    }
}
