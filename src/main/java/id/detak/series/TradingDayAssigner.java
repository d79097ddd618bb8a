package id.detak.series;

import id.detak.indicator.TradingCalendar;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The trading day that each observation of a series belongs to, told in the order of time.
 *
 * <p>The strip lags: after the opening it can still show yesterday's numbers. A quote that repeats the last one of the trading
 * day before is still that day's, until one differs; a page that has stood still ever since belongs to the day that it stood
 * still on.
 */
final class TradingDayAssigner {

    private final TradingCalendar calendar;
    private Observation lastTrusted;
    private LocalDate plainDay;
    private Instant plainFrom = Instant.MAX;
    private Instant plainUntil = Instant.MIN;

    /** @param lastTrusted what stands before, with its day, or null */
    TradingDayAssigner(TradingCalendar calendar, Observation lastTrusted) {
        this.calendar = calendar;
        this.lastTrusted = lastTrusted;
    }

    /** The next observation, with the day that it belongs to; the day that it has makes no difference. */
    Observation settle(Observation next) {
        if (next.isImplied()) {
            LocalDate seen = LocalDate.ofInstant(next.observedAt(), TradingCalendar.ZONE);
            return next.on(calendar.isTradingDay(seen) ? seen : plainDay(next.observedAt()));
        }
        LocalDate plain = plainDay(next.observedAt());
        Observation settled = next.on(next.reason() != SuspectReason.MARKET_CLOSED && lags(next, plain) ? lastTrusted.tradingDay() : plain);
        if (settled.isTrusted()) {
            lastTrusted = settled;
        }
        return settled;
    }

    private boolean lags(Observation next, LocalDate plain) {
        boolean moved = next.change() != null && next.change().signum() != 0 && next.value() != null && next.changePercent() != null;
        return moved && lastTrusted != null && lastTrusted.hasNumbersOf(next) && lastTrusted.tradingDay().isBefore(plain)
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
