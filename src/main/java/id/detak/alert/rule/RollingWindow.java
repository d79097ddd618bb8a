package id.detak.alert.rule;

import id.detak.indicator.TradingCalendar;
import java.time.Instant;
import java.time.LocalDate;

/** The start of a rolling window. A window of trading days moves once a day, so its start is computed once a day. */
final class RollingWindow {

    private final TimeSpan window;
    private final TradingCalendar calendar;
    private LocalDate day;
    private Instant dayEnd = Instant.MIN;
    private Instant start;

    RollingWindow(TimeSpan window, TradingCalendar calendar) {
        this.window = window;
        this.calendar = calendar;
    }

    Instant startOf(Instant end) {
        if (!window.byTradingDays()) {
            return window.startOf(end, calendar);
        }
        if (day == null || !end.isBefore(dayEnd) || end.isBefore(calendar.turnOf(day))) {
            day = calendar.tradingDayAt(end);
            dayEnd = calendar.turnOf(calendar.nextTradingDay(day));
            start = window.startOf(end, calendar);
        }
        return start;
    }
}
