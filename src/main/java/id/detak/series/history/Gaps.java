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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds gaps: times without observations although the market was open.
 *
 * <p>A gap is three polls and at least a quarter of an hour between raw points and parts of hours, an hour between
 * hours and longer parts of days, or a trading day between longer bars. Raw points also have gaps from the start of the
 * range to the first point, and from the last point to the end of a past range. An implied close does not fill a gap.
 * If most points are that far apart, as in an archive, a gap is three times the usual distance.
 */
@ApplicationScoped
public class Gaps {

    private static final Duration HOUR = Duration.ofHours(1);
    /** Earlier pages may have been polled less often than today. */
    private static final Duration LEAST = Duration.ofMinutes(15);

    /** Fewer pairs of points do not show the usual distance. */
    private static final int FEW = 3;

    private static final int FAR = 3;

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
        List<Long> observed = new ArrayList<>();
        for (int i = 0; i < points.t().size(); i++) {
            if (points.count().get(i) > 0) { // leaves out implied closes and gaps
                observed.add(points.t().get(i));
            }
        }
        if (observed.isEmpty()) {
            return List.of();
        }
        TradingCalendar calendar = calendars.of(indicator.kind());
        Between between = between(calendar, interval, observed);
        List<Gap> gaps = new ArrayList<>();
        boolean withEnds = interval == Interval.RAW && !between.sparse;
        if (withEnds && range.from() != null) {
            Instant first = Instant.ofEpochMilli(observed.get(0));
            between(calendar, interval, range.from(), first).ifPresent(gap -> add(gaps, gap));
        }
        between.gaps.forEach(gap -> add(gaps, gap));
        if (withEnds && range.to() != null && range.to().isBefore(clock.instant())) {
            Instant last = Instant.ofEpochMilli(observed.get(observed.size() - 1));
            between(calendar, interval, last, range.to()).ifPresent(gap -> add(gaps, gap));
        }
        return gaps;
    }

    /** The gaps between observations or bars, which come oldest first. */
    public List<Gap> between(Indicator indicator, Interval interval, List<Long> observed) {
        return between(calendars.of(indicator.kind()), interval, observed).gaps;
    }

    /** @param sparse whether most points are so far apart that the distance is no gap */
    private record Between(List<Gap> gaps, boolean sparse) {}

    private Between between(TradingCalendar calendar, Interval interval, List<Long> observed) {
        int pairs = Math.max(0, observed.size() - 1);
        List<Gap> apart = new ArrayList<>();
        List<Long> distances = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            Instant last = Instant.ofEpochMilli(observed.get(i));
            Instant next = Instant.ofEpochMilli(observed.get(i + 1));
            Optional<Gap> gap = between(calendar, interval, last, next);
            if (gap.isPresent()) {
                apart.add(gap.get());
                distances.add(observed.get(i + 1) - observed.get(i));
            }
        }
        boolean sparse = pairs >= FEW && apart.size() * 2 > pairs;
        long far = sparse ? FAR * usualDistance(observed) : 0;
        List<Gap> gaps = new ArrayList<>();
        for (int i = 0; i < apart.size(); i++) {
            if (distances.get(i) > far) {
                add(gaps, apart.get(i));
            }
        }
        return new Between(gaps, sparse);
    }

    private static long usualDistance(List<Long> observed) {
        long[] distances = IntStream.range(0, observed.size() - 1)
                .mapToLong(i -> observed.get(i + 1) - observed.get(i))
                .sorted()
                .toArray();
        return distances[distances.length / 2];
    }

    private Optional<Gap> between(TradingCalendar calendar, Interval interval, Instant last, Instant next) {
        Instant from =
                switch (interval) {
                    case RAW ->
                        calendar.openLongerThan(LEAST, last, next) && schedule.missedThreePolls(calendar, last, next)
                                ? last
                                : next;
                    case FIVE_MINUTES, QUARTER_HOUR, HALF_HOUR -> {
                        Instant end = last.plus(interval.length());
                        yield calendar.openLongerThan(LEAST, end, next)
                                        && schedule.missedThreePolls(calendar, end, next)
                                ? end
                                : next;
                    }
                    case HOUR, TWO_HOURS, FOUR_HOURS, HALF_DAY -> {
                        Instant end = last.plus(interval.length());
                        yield calendar.openLongerThan(HOUR.minusNanos(1), end, next) ? end : next;
                    }
                    case DAY, WEEK, MONTH, QUARTER, YEAR ->
                        Wib.midnight(calendar.nextTradingDay(interval.lastDay(SeriesReader.day(last.toEpochMilli()))));
                };
        return SeriesReader.day(from.toEpochMilli()).isBefore(SeriesReader.day(next.toEpochMilli()))
                        || !interval.isByTradingDay() && from.isBefore(next)
                ? Optional.of(new Gap(from.toEpochMilli(), next.toEpochMilli()))
                : Optional.empty();
    }

    private static void add(List<Gap> gaps, Gap gap) {
        int before = gaps.size() - 1;
        if (before >= 0 && gaps.get(before).to() == gap.from()) {
            gaps.set(before, new Gap(gaps.get(before).from(), gap.to()));
        } else {
            gaps.add(gap);
        }
    }
}
