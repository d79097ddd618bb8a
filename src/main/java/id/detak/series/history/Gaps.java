package id.detak.series.history;

import id.detak.capture.PollSchedule;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.TradingCalendar;
import id.detak.series.Interval;
import id.detak.series.history.HistoryResponse.Gap;
import id.detak.series.history.HistoryResponse.Points;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Where nobody looked though the market was open: for three polls and a quarter of an hour between raw points, a whole hour
 * between hours, a trading day between bars of days or more; of raw points also from the range's beginning to the first, and from
 * the last to the range's end, where that is over. A close that the next day tells fills no gap. Where most points are that far
 * apart, as in an archive, that is how it was looked at, and there is none.
 */
@ApplicationScoped
class Gaps {

    private static final Duration HOUR = Duration.ofHours(1);
    /** However often is polled now, the pages of before were not. */
    private static final Duration LEAST = Duration.ofMinutes(15);

    /** Fewer say nothing of how it was looked at. */
    private static final int FEW = 3;

    private final Calendars calendars;
    private final PollSchedule schedule;
    private final Clock clock;

    Gaps(Calendars calendars, PollSchedule schedule, Clock clock) {
        this.calendars = calendars;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Oldest first; those that touch are one. */
    List<Gap> of(Indicator indicator, Interval interval, Points points, TimeRange range) {
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
            if (last == Long.MIN_VALUE) {
                addFirst(gaps, calendar, interval, range, Instant.ofEpochMilli(t));
            } else {
                pairs++;
                apart += addBetween(gaps, calendar, interval, Instant.ofEpochMilli(last), Instant.ofEpochMilli(t)) ? 1 : 0;
            }
            last = t;
        }
        if (pairs >= FEW && apart * 2 > pairs) {
            return List.of();
        }
        if (last != Long.MIN_VALUE && interval == Interval.RAW && range.to() != null && range.to().isBefore(clock.instant())) {
            addBetween(gaps, calendar, interval, Instant.ofEpochMilli(last), range.to());
        }
        return gaps;
    }

    private void addFirst(List<Gap> gaps, TradingCalendar calendar, Interval interval, TimeRange range, Instant first) {
        if (interval == Interval.RAW && range.from() != null) {
            addBetween(gaps, calendar, interval, range.from(), first);
        }
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
