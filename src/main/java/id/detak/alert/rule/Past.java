package id.detak.alert.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;

/** The level that stood as a window that moves on with time began. */
final class Past {

    private final ArrayDeque<Seen> levels = new ArrayDeque<>();

    record Seen(Instant at, BigDecimal level) {
    }

    void add(Instant at, BigDecimal level) {
        if (levels.isEmpty() || levels.getLast().level.compareTo(level) != 0) {
            levels.addLast(new Seen(at, level));
        }
    }

    /** Null where history does not reach back that far. The start never moves back. */
    Seen at(Instant start) {
        Seen first = levels.pollFirst();
        while (!levels.isEmpty() && !levels.getFirst().at.isAfter(start)) {
            first = levels.removeFirst();
        }
        if (first == null) {
            return null;
        }
        levels.addFirst(first);
        return first.at.isAfter(start) ? null : first;
    }
}
