package id.detak.notify;

import java.time.Duration;

/**
 * When a failed message is tried again, for one day. The first pause is 2 s, and pauses double: up to 15 s in the first
 * five minutes, later up to 15 minutes.
 */
final class RetryBackoff {

    static final Duration LONGEST = Duration.ofDays(1);

    private static final long FIRST_SECONDS = 2;
    private static final Duration EAGER = Duration.ofMinutes(5);
    private static final Duration EAGER_APART = Duration.ofSeconds(15);
    private static final Duration MAX_APART = Duration.ofMinutes(15);

    private RetryBackoff() {}

    /**
     * @param tries number of failed attempts
     * @param age time since the first of them
     * @param retryAfter what the receiver asked for, or null
     */
    static Duration delay(int tries, Duration age, Duration retryAfter) {
        Duration delay = age.compareTo(EAGER) < 0
                ? min(Duration.ofSeconds(FIRST_SECONDS << Math.min(tries - 1, 3)), EAGER_APART)
                : min(age.dividedBy(8), MAX_APART);
        Duration left = LONGEST.minus(age).isNegative() ? Duration.ZERO : LONGEST.minus(age);
        Duration asked = retryAfter == null ? Duration.ZERO : min(retryAfter, left);
        return delay.compareTo(asked) < 0 ? asked : delay;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
