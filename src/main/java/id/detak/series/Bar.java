package id.detak.series;

import id.detak.platform.Wib;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Open, high, low and close of an interval.
 *
 * @param sum of the observations, for their average
 * @param count number of observations; 0 if there is only an implied close
 * @param firstAt when the open was observed
 * @param lastAt when the close was observed
 */
public record Bar(
        Key key,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal sum,
        int count,
        Instant firstAt,
        Instant lastAt) {

    /** @param start the start of the hour, or 00:00 WIB of the first day */
    public record Key(int indicatorId, Measure measure, Interval interval, Instant start) {}

    /**
     * Groups the parts of longer bars, sorted oldest first. The close of days is that of the last day, even if a day
     * with a stale page was observed after the instant of the next day's implied close.
     *
     * @param newLevels the starts of parts in which the level changed; values of earlier parts do not count
     */
    static Collection<Bar> grouped(Collection<Bar> parts, Interval longer, Set<Instant> newLevels) {
        Map<Key, Bar> grouped = new LinkedHashMap<>();
        for (Bar part : parts) {
            Instant start = part.key.start;
            Instant longerStart = longer.isByTradingDay() ? longer.start(Wib.date(start)) : longer.start(start);
            Key key = new Key(part.key.indicatorId, part.key.measure, longer, longerStart);
            boolean startsOver = part.key.measure == Measure.VALUE && newLevels.contains(start);
            grouped.merge(key, part.as(key), startsOver ? (before, later) -> later : Bar::followedBy);
        }
        return grouped.values();
    }

    private Bar as(Key other) {
        return new Bar(other, open, high, low, close, sum, count, firstAt, lastAt);
    }

    private Bar followedBy(Bar later) {
        return new Bar(
                key,
                open,
                high.max(later.high),
                low.min(later.low),
                later.close,
                sum.add(later.sum),
                count + later.count,
                later.firstAt.isBefore(firstAt) ? later.firstAt : firstAt,
                later.lastAt.isAfter(lastAt) ? later.lastAt : lastAt);
    }

    /** Whether both have the same content; 0.0 and 0.00 are the same number. */
    boolean agreesWith(Bar other) {
        return other != null
                && count == other.count
                && firstAt.equals(other.firstAt)
                && lastAt.equals(other.lastAt)
                && Observation.same(open, other.open)
                && Observation.same(high, other.high)
                && Observation.same(low, other.low)
                && Observation.same(close, other.close)
                && Observation.same(sum, other.sum);
    }
}
