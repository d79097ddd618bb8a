package id.detak.series;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Open, high, low and close of a stretch of time.
 *
 * @param sum of the observations counted, for their average
 * @param count how many observations; 0 where there is nothing but an implied close
 * @param firstAt when the open was observed
 * @param lastAt when the close was observed
 */
public record Bar(Key key, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, BigDecimal sum, int count, Instant firstAt,
        Instant lastAt) {

    /** @param start the hour's start, or 00:00 WIB of its first day */
    public record Key(int indicatorId, Measure measure, Interval interval, Instant start) {
    }

    static Bar of(Key key, Observation o, BigDecimal number) {
        return new Bar(key, number, number, number, number, o.isImplied() ? BigDecimal.ZERO : number, o.isImplied() ? 0 : 1, o.observedAt(), o.observedAt());
    }

    /** Of two bars over different observations, the bar over all of them. */
    Bar merge(Bar other) {
        return new Bar(key, other.firstAt.isBefore(firstAt) ? other.open : open, high.max(other.high), low.min(other.low),
                other.lastAt.isAfter(lastAt) ? other.close : close, sum.add(other.sum), count + other.count,
                other.firstAt.isBefore(firstAt) ? other.firstAt : firstAt, other.lastAt.isAfter(lastAt) ? other.lastAt : lastAt);
    }

    /** The same part of a longer bar. */
    Bar in(Interval longer, Instant start) {
        return new Bar(new Key(key.indicatorId, key.measure, longer, start), open, high, low, close, sum, count, firstAt, lastAt);
    }

    /** Whether both say the same; 0.0 and 0.00 are the same number. */
    boolean agreesWith(Bar other) {
        return other != null && count == other.count && firstAt.equals(other.firstAt) && lastAt.equals(other.lastAt) && Observation.same(open, other.open)
                && Observation.same(high, other.high) && Observation.same(low, other.low) && Observation.same(close, other.close) && Observation.same(sum, other.sum);
    }
}
