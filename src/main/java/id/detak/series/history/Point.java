package id.detak.series.history;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A bar as a chart draws it.
 *
 * @param t epoch milliseconds of its start
 * @param open null, like high, low and close, for a day without observations
 * @param sum of the observations counted
 * @param count number of observations; 0 for an implied close or a gap
 */
record Point(long t, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, BigDecimal sum, int count) {

    static Point gap(long t) {
        return new Point(t, null, null, null, null, null, 0);
    }

    /** The number of an aggregate, or null. */
    BigDecimal number(Aggregate aggregate) {
        return switch (aggregate) {
            case FIRST -> open;
            case LAST -> close;
            case AVERAGE ->
                count == 0 || sum == null ? close : sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL64);
            case MINIMUM -> low;
            case MAXIMUM -> high;
        };
    }

    /** Merges this bar with a later one. */
    Point and(Point later) {
        if (close == null) {
            return new Point(t, later.open, later.high, later.low, later.close, later.sum, later.count);
        }
        return later.close == null
                ? this
                : new Point(
                        t,
                        open,
                        high.max(later.high),
                        low.min(later.low),
                        later.close,
                        sum.add(later.sum),
                        count + later.count);
    }
}
