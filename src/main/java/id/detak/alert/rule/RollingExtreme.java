package id.detak.alert.rule;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * The highest (or lowest) level within a rolling window. A level is valid from its observation until the next one, so
 * the last level before the window counts, too: it was valid when the window began. It is valid for two weeks at most,
 * since nothing is known about a longer gap.
 *
 * <p>Only levels that can still become the extreme are kept, so adding one costs the same for any window.
 */
final class RollingExtreme {

    /** The longest known break of the exchange was 11 days (April 2024). */
    private static final Duration MAX_VALIDITY = Duration.ofDays(14);

    private final int sign;
    private final ArrayDeque<Level> candidates = new ArrayDeque<>();

    private RollingExtreme(int sign) {
        this.sign = sign;
    }

    static RollingExtreme highest() {
        return new RollingExtreme(1);
    }

    static RollingExtreme lowest() {
        return new RollingExtreme(-1);
    }

    static final class Level {
        final Instant from;
        final BigDecimal level;
        private Instant until;

        Level(Instant from, BigDecimal level) {
            this.from = from;
            this.level = level;
            this.until = validUntil(from);
        }
    }

    static Instant validUntil(Instant seen) {
        return seen.plus(MAX_VALIDITY);
    }

    /** Drops the levels that ended before the window's start, which never moves back. */
    void moveTo(Instant start) {
        while (!candidates.isEmpty() && !candidates.getFirst().until.isAfter(start)) {
            candidates.removeFirst();
        }
    }

    void add(Instant at, BigDecimal level) {
        if (!candidates.isEmpty() && candidates.getLast().until.isAfter(at)) {
            candidates.getLast().until = at;
        }
        while (!candidates.isEmpty() && sign * candidates.getLast().level.compareTo(level) <= 0) {
            candidates.removeLast();
        }
        candidates.addLast(new Level(at, level));
    }

    /** Forgets all levels, since they are on another scale. */
    void clear() {
        candidates.clear();
    }

    /** The extreme; null if no level is known to be valid. */
    Level get() {
        return candidates.peekFirst();
    }
}
