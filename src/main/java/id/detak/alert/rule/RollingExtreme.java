package id.detak.alert.rule;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * The highest (or lowest) level that stood within a window that moves on with time. A level stands from when it was seen until
 * the next one was, so the last before the window began counts: it stood as the window began. But for two weeks at most: what
 * was seen before a longer gap is no longer known to have stood.
 *
 * <p>Only levels that can still become the extreme are kept, so adding one costs the same for any window.
 */
final class RollingExtreme {

    /** The longest known break of the exchange took 11 days (April 2024). */
    private static final Duration LONGEST = Duration.ofDays(14);

    private final int sign;
    private final ArrayDeque<Stood> candidates = new ArrayDeque<>();

    private RollingExtreme(int sign) {
        this.sign = sign;
    }

    static RollingExtreme highest() {
        return new RollingExtreme(1);
    }

    static RollingExtreme lowest() {
        return new RollingExtreme(-1);
    }

    static final class Stood {
        final Instant from;
        final BigDecimal level;
        private Instant until;

        Stood(Instant from, BigDecimal level) {
            this.from = from;
            this.level = level;
            this.until = standsUntil(from);
        }
    }

    static Instant standsUntil(Instant seen) {
        return seen.plus(LONGEST);
    }

    /** Forgets what ended before the window's start, which never moves back. */
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
        candidates.addLast(new Stood(at, level));
    }

    /** Null where nothing is known to have stood. */
    Stood get() {
        return candidates.peekFirst();
    }
}
