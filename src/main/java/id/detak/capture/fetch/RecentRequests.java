package id.detak.capture.fetch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The time of the last fetch at each origin, as far back as a crawl delay reaches. */
final class RecentRequests {
    private static final Duration KEEP = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<String, Instant> byOrigin = new ConcurrentHashMap<>();

    RecentRequests(Clock clock) {
        this.clock = clock;
    }

    void add(String origin) {
        Instant now = clock.instant();
        byOrigin.values().removeIf(at -> at.isBefore(now.minus(KEEP)));
        byOrigin.put(origin, now);
    }

    /** How long to wait until the delay has passed; zero if it has. */
    Duration pauseUntil(String origin, Duration delay) {
        Instant last = byOrigin.get(origin);
        if (last == null) {
            return Duration.ZERO;
        }
        Duration left = delay.minus(Duration.between(last, clock.instant()).abs());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
