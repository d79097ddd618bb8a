package id.detak.series.csv;

import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.Wib;
import id.detak.series.table.BadRowException;
import java.time.Instant;
import java.time.LocalDate;

/** The instants of rows that state only a day: its close, when the last session of the market ends. */
final class DayCloses {

    private final Calendars calendars;

    DayCloses(Calendars calendars) {
        this.calendars = calendars;
    }

    /**
     * The close of a trading day. A market that closes at midnight closes one second before, on its own day.
     *
     * @throws BadRowException if the market of the indicator was closed on that day
     */
    Instant of(Indicator indicator, LocalDate day) {
        TradingCalendar calendar = calendars.of(indicator.kind());
        if (!calendar.isTradingDay(day)) {
            throw new BadRowException(
                    day + " was no trading day of " + indicator.code() + " by Detak's calendar, so it has no close");
        }
        Instant close = calendar.closeOf(day);
        return Wib.date(close).equals(day) ? close : close.minusSeconds(1);
    }
}
