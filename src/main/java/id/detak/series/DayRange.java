package id.detak.series;

import java.math.BigDecimal;
import java.util.stream.Stream;

/**
 * Open, high and low of a trading day as a file states them; each may be null, but not all. They count for the bar of
 * the day, but are no observations: the time of the high is unknown.
 */
public record DayRange(BigDecimal open, BigDecimal high, BigDecimal low) {

    /** Whether the high is the highest and the low the lowest of all, and none is 0 or less. */
    public boolean holds(BigDecimal close) {
        return close != null
                && Stream.of(close, open == null ? close : open)
                        .allMatch(number -> (high == null || high.compareTo(number) >= 0)
                                && (low == null || low.compareTo(number) <= 0))
                && Stream.of(open, high, low).allMatch(number -> number == null || number.signum() > 0);
    }

    /** Whether each is within half and twice the close: nothing in the strip moves that far in a day. */
    public boolean isPlausible(BigDecimal close) {
        BigDecimal two = BigDecimal.valueOf(2);
        return Stream.of(open, high, low)
                .allMatch(number -> number == null
                        || number.compareTo(close.multiply(two)) <= 0
                                && number.multiply(two).compareTo(close) >= 0);
    }

    /** Null if all three are. */
    public static DayRange of(BigDecimal open, BigDecimal high, BigDecimal low) {
        return open == null && high == null && low == null ? null : new DayRange(open, high, low);
    }
}
