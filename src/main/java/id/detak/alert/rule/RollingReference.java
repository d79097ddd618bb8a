package id.detak.alert.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;

/** The level that stood as a window that moves on with time began. */
final class RollingReference {

    private final ArrayDeque<Run> levels = new ArrayDeque<>();

    /** @param at when that level was first seen in the row that it was seen in then */
    record Seen(Instant at, BigDecimal level) {
    }

    /** The same level, seen again before it stood for too long. */
    private static final class Run {
        private final Seen first;
        private Instant stands;

        Run(Seen first) {
            this.first = first;
            this.stands = RollingExtreme.standsUntil(first.at);
        }

        boolean goesOn(Instant at, BigDecimal level) {
            return first.level.compareTo(level) == 0 && !at.isAfter(stands);
        }
    }

    void add(Instant at, BigDecimal level) {
        if (levels.isEmpty() || !levels.getLast().goesOn(at, level)) {
            levels.addLast(new Run(new Seen(at, level)));
        }
        levels.getLast().stands = RollingExtreme.standsUntil(at);
    }

    /** Null where nothing was known then. The start never moves back. */
    Seen at(Instant start) {
        Run run = levels.pollFirst();
        while (!levels.isEmpty() && !levels.getFirst().first.at.isAfter(start)) {
            run = levels.removeFirst();
        }
        if (run == null) {
            return null;
        }
        levels.addFirst(run);
        return run.first.at.isAfter(start) || !run.stands.isAfter(start) ? null : run.first;
    }
}
