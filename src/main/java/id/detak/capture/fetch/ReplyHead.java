package id.detak.capture.fetch;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Status and headers of an answer, and when they came by the fetcher's clock. */
record ReplyHead(int status, HttpHeaders headers, Instant cameAt) {
    private static final Duration LONGEST_PAUSE = Duration.ofHours(24);
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
        Long seconds = seconds(age.split(",", 2)[0].strip()); // of several the first counts
        return seconds == null || seconds > LONGEST_AGE ? 0 : seconds;
    }

    Instant serverDate() {
        String date = header("Date");
        return date == null ? null : HttpDate.parse(date);
    }

    /** How long to wait, at most a day; null where the server does not say. */
    Duration retryAfter() {
        String value = header("Retry-After");
        if (value == null) {
            return null;
        }
        Long seconds = seconds(value.strip());
        if (seconds != null) {
            return atMostADay(Duration.ofSeconds(seconds));
        }
        Instant until = HttpDate.parse(value);
        if (until == null) {
            return null;
        }
        // by the server's own clock where it tells it, else a clock that is wrong would shift the pause
        Instant from = serverDate() == null ? cameAt : serverDate();
        return atMostADay(Duration.between(from, until));
    }

    private static Duration atMostADay(Duration pause) {
        if (pause.isNegative()) {
            return Duration.ZERO;
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Digits alone make a number of seconds; more digits than a long holds are very many seconds. */
    private static Long seconds(String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return text.length() > 18 ? Long.valueOf(Integer.MAX_VALUE) : Long.valueOf(text);
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
