package id.detak.series.history;

import id.detak.capture.PollSchedule;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.TradingCalendar;
import id.detak.series.Interval;
import id.detak.series.history.HistoryAnswer.Gap;
import id.detak.series.history.HistoryAnswer.Points;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Where nobody looked though the market was open: for three polls and a quarter of an hour between raw points, a whole hour
 * between hours, a trading day between bars of days or more. A close that the next day tells fills no gap. Where most points are
 * that far apart, as in an archive, that is how it was looked at, and there is none.
 */
@ApplicationScoped
class Gaps {

    private static final Duration HOUR = Duration.ofHours(1);
    /** However often is polled now, the pages of before were not. */
    private static final Duration LEAST = Duration.ofMinutes(15);

    private final Calendars calendars;
    private final PollSchedule schedule;

    Gaps(Calendars calendars, PollSchedule schedule) {
        this.calendars = calendars;
        this.schedule = schedule;
    }

    /** Oldest first; those that touch are one. */
    List<Gap> of(Indicator indicator, Interval interval, Points points) {
        TradingCalendar calendar = calendars.of(indicator.kind());
        List<Gap> gaps = new ArrayList<>();
        long last = Long.MIN_VALUE;
        int pairs = 0;
        int apart = 0;
        for (int i = 0; i < points.t().size(); i++) {
            if (points.count().get(i) == 0) {
                continue; // implied, or nothing
            }
            long t = points.t().get(i);
            if (last != Long.MIN_VALUE) {
                pairs++;
                apart += addBetween(gaps, calendar, interval, Instant.ofEpochMilli(last), Instant.ofEpochMilli(t)) ? 1 : 0;
            }
            last = t;
        }
        return apart * 2 > pairs ? List.of() : gaps;
    }

    /** @return whether there is one */
    private boolean addBetween(List<Gap> gaps, TradingCalendar calendar, Interval interval, Instant last, Instant next) {
        return switch (interval) {
            case RAW -> calendar.openLongerThan(LEAST, last, next) && schedule.missedThreePolls(calendar, last, next) && add(gaps, last, next);
            case HOUR -> calendar.openLongerThan(HOUR.minusNanos(1), last.plus(HOUR), next) && add(gaps, last.plus(HOUR), next);
            case DAY, WEEK, MONTH -> {
                LocalDate missed = calendar.nextTradingDay(interval.lastDay(SeriesReader.day(last.toEpochMilli())));
                yield missed.isBefore(SeriesReader.day(next.toEpochMilli())) && add(gaps, TradingCalendar.midnight(missed), next);
            }
        };
    }

    private static boolean add(List<Gap> gaps, Instant from, Instant to) {
        Gap gap = new Gap(from.toEpochMilli(), to.toEpochMilli());
        int before = gaps.size() - 1;
        if (before >= 0 && gaps.get(before).to() == gap.from()) {
            gaps.set(before, new Gap(gaps.get(before).from(), gap.to()));
        } else {
            gaps.add(gap);
        }
        return true;
    }
}
