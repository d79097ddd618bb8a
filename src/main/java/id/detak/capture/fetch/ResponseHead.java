package id.detak.capture.fetch;

import id.detak.platform.net.HttpDate;
import id.detak.platform.net.RetryAfter;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Status and headers of an answer, and when they came by the fetcher's clock. */
record ResponseHead(int status, HttpHeaders headers, Instant cameAt) {
    /** Caches keep nothing longer; a larger Age is a fault, and would put an observation into another year. */
    private static final long LONGEST_AGE = Duration.ofDays(366).toSeconds();

    static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** When the origin said this: the answer may have lain in a cache for its {@code Age} (RFC 9111, 5.1). */
    Instant observedAt() {
        return micros(cameAt).minusSeconds(age());
    }

    private long age() {
        String age = header("Age");
        if (age == null) {
            return 0;
        }
        Long seconds = RetryAfter.seconds(age.split(",", 2)[0].strip()); // of several the first counts
        return seconds == null || seconds > LONGEST_AGE ? 0 : seconds;
    }

    Instant serverDate() {
        String date = header("Date");
        return date == null ? null : HttpDate.parse(date);
    }

    /** How long to wait, at most a day; null where the server does not say. */
    Duration retryAfter() {
        return RetryAfter.read(header("Retry-After"), header("Date"), cameAt);
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
