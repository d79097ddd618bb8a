package id.detak.series.history;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A bar as a chart draws it.
 *
 * @param t epoch milliseconds of its start
 * @param open null, with high, low and close, where nobody observed that day
 * @param sum of the observations counted
 * @param count how many; 0: an implied close, or nothing
 */
record Point(long t, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, BigDecimal sum, int count) {

    static Point gap(long t) {
        return new Point(t, null, null, null, null, null, 0);
    }

    /** The one number that an aggregate makes of it, or null. */
    BigDecimal number(Aggregate aggregate) {
        return switch (aggregate) {
            case FIRST -> open;
            case LAST -> close;
            case AVERAGE -> count == 0 || sum == null ? close : sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL64);
            case MINIMUM -> low;
            case MAXIMUM -> high;
        };
    }

    /** The bar over this one and one that follows it. */
    Point and(Point later) {
        if (close == null) {
            return new Point(t, later.open, later.high, later.low, later.close, later.sum, later.count);
        }
        return later.close == null ? this
                : new Point(t, open, high.max(later.high), low.min(later.low), later.close, sum.add(later.sum), count + later.count);
    }
}
