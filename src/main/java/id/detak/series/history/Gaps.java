package id.detak.series.history;

import id.detak.capture.PollSchedule;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.Wib;
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
 * Finds gaps: times without observations although the market was open.
 *
 * <p>A gap is three polls and at least a quarter of an hour between raw points, an hour between hours, or a trading day
 * between longer bars. Raw points also have gaps from the start of the range to the first point, and from the last
 * point to the end of a past range. An implied close does not fill a gap. If most points are that far apart, as in an
 * archive, there are no gaps.
 */
@ApplicationScoped
class Gaps {

    private static final Duration HOUR = Duration.ofHours(1);
    /** Earlier pages may have been polled less often than today. */
    private static final Duration LEAST = Duration.ofMinutes(15);

    /** Fewer pairs of points do not show the usual distance. */
    private static final int FEW = 3;

    private final Calendars calendars;
    private final PollSchedule schedule;
    private final Clock clock;

    Gaps(Calendars calendars, PollSchedule schedule, Clock clock) {
        this.calendars = calendars;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Oldest first; adjacent gaps are merged. */
    List<Gap> of(Indicator indicator, Interval interval, Points points, TimeRange range) {
        TradingCalendar calendar = calendars.of(indicator.kind());
        List<Gap> gaps = new ArrayList<>();
        long last = Long.MIN_VALUE;
        int pairs = 0;
        int apart = 0;
        for (int i = 0; i < points.t().size(); i++) {
            if (points.count().get(i) == 0) {
                continue; // implied close or gap
            }
            long t = points.t().get(i);
            if (last == Long.MIN_VALUE) {
                addFirst(gaps, calendar, interval, range, Instant.ofEpochMilli(t));
            } else {
                pairs++;
                apart += addBetween(gaps, calendar, interval, Instant.ofEpochMilli(last), Instant.ofEpochMilli(t))
                        ? 1
                        : 0;
            }
            last = t;
        }
        if (pairs >= FEW && apart * 2 > pairs) {
            return List.of();
        }
        if (last != Long.MIN_VALUE
                && interval == Interval.RAW
                && range.to() != null
                && range.to().isBefore(clock.instant())) {
            addBetween(gaps, calendar, interval, Instant.ofEpochMilli(last), range.to());
        }
        return gaps;
    }

    private void addFirst(List<Gap> gaps, TradingCalendar calendar, Interval interval, TimeRange range, Instant first) {
        if (interval == Interval.RAW && range.from() != null) {
            addBetween(gaps, calendar, interval, range.from(), first);
        }
    }

    /** @return whether there is a gap */
    private boolean addBetween(
            List<Gap> gaps, TradingCalendar calendar, Interval interval, Instant last, Instant next) {
        return switch (interval) {
            case RAW ->
                calendar.openLongerThan(LEAST, last, next)
                        && schedule.missedThreePolls(calendar, last, next)
                        && add(gaps, last, next);
            case HOUR ->
                calendar.openLongerThan(HOUR.minusNanos(1), last.plus(HOUR), next) && add(gaps, last.plus(HOUR), next);
            case DAY, WEEK, MONTH -> {
                LocalDate missed = calendar.nextTradingDay(interval.lastDay(SeriesReader.day(last.toEpochMilli())));
                yield missed.isBefore(SeriesReader.day(next.toEpochMilli())) && add(gaps, Wib.midnight(missed), next);
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
