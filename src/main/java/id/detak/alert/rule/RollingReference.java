package id.detak.alert.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;

/** The level that was valid when a rolling window began. */
final class RollingReference {

    private final ArrayDeque<Run> levels = new ArrayDeque<>();

    /** @param at when the level was first observed in its current run of equal levels */
    record Reference(Instant at, BigDecimal level) {}

    /** A run of equal levels without too long a gap. */
    private static final class Run {
        private final Reference first;
        private Instant validUntil;

        Run(Reference first) {
            this.first = first;
            this.validUntil = RollingExtreme.validUntil(first.at);
        }

        boolean continuesWith(Instant at, BigDecimal level) {
            return first.level.compareTo(level) == 0 && !at.isAfter(validUntil);
        }
    }

    void add(Instant at, BigDecimal level) {
        if (levels.isEmpty() || !levels.getLast().continuesWith(at, level)) {
            levels.addLast(new Run(new Reference(at, level)));
        }
        levels.getLast().validUntil = RollingExtreme.validUntil(at);
    }

    /** Forgets all levels, since they are on another scale. */
    void clear() {
        levels.clear();
    }

    /** The reference at the start of the window; null if no level was valid then. The start never moves back. */
    Reference at(Instant start) {
        Run run = levels.pollFirst();
        while (!levels.isEmpty() && !levels.getFirst().first.at.isAfter(start)) {
            run = levels.removeFirst();
        }
        if (run == null) {
            return null;
        }
        levels.addFirst(run);
        return run.first.at.isAfter(start) || !run.validUntil.isAfter(start) ? null : run.first;
    }
}
