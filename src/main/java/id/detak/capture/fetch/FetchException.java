package id.detak.capture.fetch;

import id.detak.capture.fetch.FetchResult.Failure;
import id.detak.capture.fetch.FetchResult.Failure.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** Carries a {@link Failure} to the one place that returns it: a fetch can fail in many places. */
final class FetchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient URI url;
    private final Kind kind;
    private final transient ResponseHead head;
    private final Duration retryAfter;

    private FetchException(URI url, Kind kind, ResponseHead head, String reason, Duration retryAfter) {
        super(reason, null, false, false); // an expected failure needs no stack trace
        this.url = url;
        this.kind = kind;
        this.head = head;
        this.retryAfter = retryAfter;
    }

    static FetchException unreachable(URI url, String reason) {
        return new FetchException(url, Kind.UNREACHABLE, null, reason, null);
    }

    static FetchException refused(URI url, String reason) {
        return new FetchException(url, Kind.REFUSED, null, reason, null);
    }

    /** A failure after the headers arrived; {@code head} is null if that is not certain. */
    static FetchException of(Kind kind, URI url, ResponseHead head, String reason) {
        return new FetchException(url, kind, head, reason, null);
    }

    static FetchException httpError(URI url, ResponseHead head, String reason) {
        return new FetchException(url, Kind.HTTP_ERROR, head, reason, head.retryAfter());
    }

    Kind kind() {
        return kind;
    }

    Integer status() {
        return head == null ? null : head.status();
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /** @param now time of the failure, if there was no response */
    Failure asFailure(Instant now) {
        Instant observedAt = head == null ? ResponseHead.micros(now) : head.observedAt();
        return new Failure(observedAt, Urls.withoutUserInfo(url), kind, status(), getMessage(), retryAfter);
    }
}
