package id.detak.series.history;

import id.detak.platform.RejectedException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What makes one number of a bar, where a plain series is asked for. */
enum Aggregate {
    FIRST, LAST, AVERAGE, MINIMUM, MAXIMUM;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return null where none is asked for */
    static Aggregate parse(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return Arrays.stream(values()).filter(aggregate -> aggregate.word().equals(text)).findFirst().orElseThrow(
                () -> RejectedException.invalid("aggregate is one of " + Arrays.stream(values()).map(Aggregate::word).collect(Collectors.joining(", ")) + "."));
    }
}
