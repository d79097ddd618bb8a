package id.detak.series;

import id.detak.indicator.TradingCalendar;
import id.detak.platform.Wib;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Assigns a trading day to each observation of a series, in chronological order.
 *
 * <p>The strip lags: after the opening it can still show the numbers of the day before. A quote that repeats the last
 * one of the previous trading day belongs to that day until a quote differs. A page that has not changed since belongs
 * to the day on which it stopped.
 */
final class TradingDayAssigner {

    private final TradingCalendar calendar;
    private Observation lastTrusted;
    private LocalDate plainDay;
    private Instant plainFrom = Instant.MAX;
    private Instant plainUntil = Instant.MIN;

    /** @param lastTrusted the last trusted observation before the first one to be assigned, or null */
    TradingDayAssigner(TradingCalendar calendar, Observation lastTrusted) {
        this.calendar = calendar;
        this.lastTrusted = lastTrusted;
    }

    /** Returns the next observation with its trading day. Ignores the day that it already has. */
    Observation assign(Observation next) {
        Observation assigned = dated(next);
        seen(assigned);
        return assigned;
    }

    /** Like {@link #assign}, for an observation that may still be judged; call {@link #seen} afterwards. */
    Observation dated(Observation next) {
        if (next.isImplied()) {
            LocalDate seen = Wib.date(next.observedAt());
            return next.on(calendar.isTradingDay(seen) ? seen : plainDay(next.observedAt()));
        }
        LocalDate plain = plainDay(next.observedAt());
        return next.on(
                next.reason() != QualityReason.MARKET_CLOSED && lags(next, plain) ? lastTrusted.tradingDay() : plain);
    }

    void seen(Observation assigned) {
        if (assigned.isTrusted()) {
            lastTrusted = assigned;
        }
    }

    private boolean lags(Observation next, LocalDate plain) {
        boolean moved = next.change() != null
                && next.change().signum() != 0
                && next.value() != null
                && next.changePercent() != null;
        return moved
                && lastTrusted != null
                && lastTrusted.hasNumbersOf(next)
                && lastTrusted.tradingDay().isBefore(plain)
                && !calendar.tradingDayAt(lastTrusted.observedAt()).isBefore(calendar.previousTradingDay(plain));
    }

    private LocalDate plainDay(Instant instant) {
        if (instant.isBefore(plainFrom) || !instant.isBefore(plainUntil)) {
            plainDay = calendar.tradingDayAt(instant);
            plainFrom = calendar.turnOf(plainDay);
            plainUntil = calendar.turnOf(calendar.nextTradingDay(plainDay));
        }
        return plainDay;
    }
}
