package id.detak.capture.fetch;

import id.detak.platform.net.HttpDate;
import id.detak.platform.net.RetryAfter;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Status and headers of a response, and when they arrived by the fetcher's clock. */
record ResponseHead(int status, HttpHeaders headers, Instant arrivedAt) {
    /** Caches store nothing longer; a larger Age is wrong, and would move an observation to another year. */
    private static final long MAX_AGE = Duration.ofDays(366).toSeconds();

    static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * The time at which the origin sent this. The response may have been in a cache for its {@code Age} (RFC 9111,
     * 5.1).
     */
    Instant observedAt() {
        return micros(arrivedAt).minusSeconds(age());
    }

    private long age() {
        String age = header("Age");
        if (age == null) {
            return 0;
        }
        Long seconds = RetryAfter.seconds(age.split(",", 2)[0].strip()); // the first of several counts
        return seconds == null || seconds > MAX_AGE ? 0 : seconds;
    }

    Instant serverDate() {
        String date = header("Date");
        return date == null ? null : HttpDate.parse(date);
    }

    /** The pause that the server asks for, at most a day; null if it asks for none. */
    Duration retryAfter() {
        return RetryAfter.read(header("Retry-After"), header("Date"), arrivedAt);
    }

    boolean isRedirect() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /** First value, or null. */
    String header(String name) {
        return headers.firstValue(name).orElse(null);
    }
}
