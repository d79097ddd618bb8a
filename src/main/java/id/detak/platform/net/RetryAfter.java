package id.detak.platform.net;

import java.time.Duration;
import java.time.Instant;

/** The Retry-After header in both of its forms (RFC 9110, 10.2.3). */
public final class RetryAfter {
    private static final Duration MAX_PAUSE = Duration.ofHours(24);

    private RetryAfter() {}

    /**
     * The pause that the header requests, at most a day; null if the header is missing or invalid.
     *
     * @param date the response's Date, or null. A time in the header is relative to it, since the server's clock may be
     *     wrong
     */
    public static Duration read(String value, String date, Instant receivedAt) {
        if (value == null) {
            return null;
        }
        Long seconds = seconds(value.strip());
        if (seconds != null) {
            return ofSeconds(seconds);
        }
        Instant until = HttpDate.parse(value);
        if (until == null) {
            return null;
        }
        Instant sentAt = date == null ? null : HttpDate.parse(date);
        return atMostADay(Duration.between(sentAt == null ? receivedAt : sentAt, until));
    }

    /** A pause in seconds from elsewhere than the header. */
    public static Duration ofSeconds(long seconds) {
        return atMostADay(Duration.ofSeconds(seconds));
    }

    /** Seconds if the text has only digits, else null; numbers too large for a long are the maximum. */
    public static Long seconds(String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return text.length() > 18 ? Long.valueOf(Integer.MAX_VALUE) : Long.valueOf(text);
    }

    private static Duration atMostADay(Duration pause) {
        if (pause.isNegative()) {
            return Duration.ZERO;
        }
        return pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause;
    }
}
