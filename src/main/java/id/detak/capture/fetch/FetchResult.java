package id.detak.capture.fetch;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** The outcome of a fetch, with its time and URL. */
public sealed interface FetchResult {
    /**
     * When the response headers arrived by the fetcher's clock, less the response's {@code Age}, in whole microseconds;
     * without a response, when the fetch failed.
     */
    Instant observedAt();

    /** The last URL requested, or the one that robots.txt or an unknown host prevented. */
    URI url();

    /** Applies the function for this kind of result. A new kind makes the compiler name every caller. */
    <R> R match(Function<Page, R> page, Function<NotModified, R> notModified, Function<Failure, R> failure);

    /** @param body inflated; @param serverDate the response's {@code Date}, or null */
    record Page(
            Instant observedAt,
            URI url,
            int status,
            Instant serverDate,
            byte[] body,
            String contentType,
            String etag,
            String lastModified)
            implements FetchResult {

        @Override
        public <R> R match(Function<Page, R> page, Function<NotModified, R> notModified, Function<Failure, R> failure) {
            return page.apply(this);
        }
    }

    record NotModified(Instant observedAt, URI url, int status, Instant serverDate) implements FetchResult {

        @Override
        public <R> R match(Function<Page, R> page, Function<NotModified, R> notModified, Function<Failure, R> failure) {
            return notModified.apply(this);
        }
    }

    /**
     * @param status of the response, or null without one
     * @param reason one sentence that may be shown: without user info, path or query of any URL
     * @param retryAfter the pause that the server asks for, at most 24 h, or null
     */
    record Failure(Instant observedAt, URI url, Kind kind, Integer status, String reason, Duration retryAfter)
            implements FetchResult {

        @Override
        public <R> R match(Function<Page, R> page, Function<NotModified, R> notModified, Function<Failure, R> failure) {
            return failure.apply(this);
        }

        public enum Kind {
            /** Unknown host, no connection, TLS, time limit, incomplete or unreadable body. */
            UNREACHABLE,
            /** Neither a page nor a redirect that can be followed. */
            HTTP_ERROR,
            /** Not requested: scheme, user info, a redirect to an internal host, too many redirects, robots.txt. */
            REFUSED,
            TOO_LARGE
        }
    }
}
