package id.detak.series.history;

import id.detak.platform.RejectedException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The number of a bar in a plain series. */
enum Aggregate {
    FIRST,
    LAST,
    AVERAGE,
    MINIMUM,
    MAXIMUM;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return null if the parameter is missing */
    static Aggregate parse(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return Arrays.stream(values())
                .filter(aggregate -> aggregate.word().equals(text))
                .findFirst()
                .orElseThrow(() -> RejectedException.invalid("aggregate must be one of "
                        + Arrays.stream(values()).map(Aggregate::word).collect(Collectors.joining(", ")) + "."));
    }
}
