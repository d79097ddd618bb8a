package id.detak.series.history;

import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.Wib;
import id.detak.series.Interval;
import id.detak.series.Measure;
import id.detak.series.PercentChange;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The return index of a fund, which has no level in the strip.
 *
 * <p>It starts at 100 before the first day and chains one published percentage for each trading day, the last of the
 * day. A trading day without observations is a gap (null), not a zero, and the chain continues after it. The chain
 * always starts at the first stored day, whatever range is requested, which costs one row for each trading day.
 */
@ApplicationScoped
class ReturnIndex {

    private static final int DECIMALS = 6;

    private final Calendars calendars;

    ReturnIndex(Calendars calendars) {
        this.calendars = calendars;
    }

    /** A point for each trading day from the one before the first observed to the last observed, and gaps between. */
    List<Point> days(Indicator indicator, SeriesReader reader) {
        return chain(
                reader.bars(indicator.id(), Measure.CHANGE_PERCENT, Interval.DAY, TimeRange.ALL, SeriesReader.ALL),
                calendars.of(indicator.kind()));
    }

    static List<Point> chain(List<Point> percents, TradingCalendar calendar) {
        List<Point> points = new ArrayList<>();
        BigDecimal level = PercentChange.INDEX_START;
        LocalDate last = null;
        for (Point percent : percents) {
            LocalDate day = SeriesReader.day(percent.t());
            if (last == null) {
                points.add(point(calendar.previousTradingDay(day), level, level, 0));
            } else {
                for (LocalDate gap = calendar.nextTradingDay(last);
                        gap.isBefore(day);
                        gap = calendar.nextTradingDay(gap)) {
                    points.add(Point.gap(millis(gap)));
                }
            }
            BigDecimal before = level;
            level = PercentChange.chained(level, percent.close());
            points.add(point(day, before, level, percent.count()));
            last = day;
        }
        return points;
    }

    /** The points by week or month. */
    static List<Point> group(List<Point> days, Interval interval) {
        Map<Long, List<Point>> grouped = new LinkedHashMap<>();
        days.forEach(day -> grouped.computeIfAbsent(SeriesReader.start(day, interval), start -> new ArrayList<>())
                .add(day));
        return grouped.entrySet().stream()
                .map(group -> Point.of(group.getKey(), group.getValue()))
                .toList();
    }

    private static Point point(LocalDate day, BigDecimal open, BigDecimal close, int count) {
        BigDecimal from = open.setScale(DECIMALS, RoundingMode.HALF_EVEN);
        BigDecimal to = close.setScale(DECIMALS, RoundingMode.HALF_EVEN);
        return new Point(
                millis(day), from, from.max(to), from.min(to), to, to.multiply(BigDecimal.valueOf(count)), count);
    }

    private static long millis(LocalDate day) {
        return Wib.midnight(day).toEpochMilli();
    }
}
