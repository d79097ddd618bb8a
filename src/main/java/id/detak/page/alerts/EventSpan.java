package id.detak.page.alerts;

import id.detak.indicator.TradingCalendar;
import java.time.Duration;
import java.time.Instant;

/**
 * The time that the chart of an alert shows: from before its reference until after its end.
 *
 * @param to null while it fires: until now
 */
record EventSpan(Instant from, Instant to) {

    /** Short events get some hours around them. */
    private static final Duration LEAST = Duration.ofHours(2);

    private static final Duration LEAST_BY_DAY = Duration.ofDays(30);

    /**
     * @param reference when the value that it is measured against was observed, or null
     * @param calendar of a market with values within the day: the span begins with a trading day; else null
     */
    static EventSpan of(Instant reference, Instant fired, Instant resolved, TradingCalendar calendar) {
        Instant begin = reference == null || reference.isAfter(fired) ? fired : reference;
        Instant end = resolved == null ? fired : resolved;
        Duration quarter = Duration.between(begin, end).dividedBy(4);
        Duration least = calendar == null ? LEAST_BY_DAY : LEAST;
        Duration around = quarter.compareTo(least) < 0 ? least : quarter;
        Instant from = begin.minus(around);
        return new EventSpan(
                calendar == null ? from : calendar.turnOf(calendar.tradingDayAt(from)),
                resolved == null ? null : resolved.plus(around));
    }
}
