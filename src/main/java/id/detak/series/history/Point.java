package id.detak.series.history;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;

/**
 * A bar as a chart draws it.
 *
 * @param t epoch milliseconds of its start
 * @param open null, like high, low and close, for a day without observations
 * @param sum of the observations counted
 * @param count number of observations; 0 for an implied close or a gap
 * @param average null if it is the average of the observations
 */
record Point(
        long t,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal sum,
        int count,
        BigDecimal average) {

    Point(long t, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, BigDecimal sum, int count) {
        this(t, open, high, low, close, sum, count, null);
    }

    static Point gap(long t) {
        return new Point(t, null, null, null, null, null, 0);
    }

    /** A week or month from its days, sorted oldest first. */
    static Point of(long t, List<Point> days) {
        List<Point> known = days.stream().filter(day -> day.close != null).toList();
        if (known.isEmpty()) {
            return gap(t);
        }
        return new Point(
                t,
                known.get(0).open,
                known.stream().map(Point::high).reduce(BigDecimal::max).orElseThrow(),
                known.stream().map(Point::low).reduce(BigDecimal::min).orElseThrow(),
                known.get(known.size() - 1).close,
                known.stream().map(Point::sum).reduce(BigDecimal::add).orElseThrow(),
                known.stream().mapToInt(Point::count).sum(),
                averageOf(known));
    }

    /** The average of the days, each counted once however often it was observed; null without days. */
    static BigDecimal averageOf(List<Point> days) {
        List<BigDecimal> averages = days.stream()
                .map(day -> day.number(Aggregate.AVERAGE))
                .filter(Objects::nonNull)
                .toList();
        return averages.isEmpty()
                ? null
                : averages.stream()
                        .reduce(BigDecimal::add)
                        .orElseThrow()
                        .divide(BigDecimal.valueOf(averages.size()), MathContext.DECIMAL64);
    }

    Point withAverage(BigDecimal other) {
        return new Point(t, open, high, low, close, sum, count, other);
    }

    /** The number that an aggregate selects, or null. */
    BigDecimal number(Aggregate aggregate) {
        return switch (aggregate) {
            case FIRST -> open;
            case LAST -> close;
            case AVERAGE ->
                average != null
                        ? average
                        : count == 0 || sum == null
                                ? close
                                : sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL64);
            case MINIMUM -> low;
            case MAXIMUM -> high;
        };
    }
}
