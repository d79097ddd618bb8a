package id.detak.series.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.detak.database.RetryRead;
import id.detak.indicator.Indicator;
import id.detak.platform.Wib;
import id.detak.series.Interval;
import id.detak.series.Measure;
import id.detak.series.PercentChange;
import id.detak.series.history.HistoryResponse.Gap;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Compares the closes of several indicators, rebased to 100 on their first common day. */
@ApplicationScoped
public class Comparison {

    private static final int DECIMALS = 6;

    private final DataSource dataSource;
    private final ReturnIndex returnIndex;
    private final Levels levels;
    private final Gaps gaps;

    Comparison(DataSource dataSource, ReturnIndex returnIndex, Levels levels, Gaps gaps) {
        this.levels = levels;
        this.gaps = gaps;
        this.dataSource = dataSource;
        this.returnIndex = returnIndex;
    }

    /**
     * Columns of the same length as {@code t}.
     *
     * @param start the first common day, or null
     * @param t epoch milliseconds of 00:00 WIB of a bar's first day
     */
    @Schema(name = "Comparison")
    public record Answer(
            String interval, String timezone, @JsonInclude LocalDate start, List<Long> t, List<Item> items) {}

    /**
     * @param measure {@code value}, or {@code returnIndex} for a fund
     * @param startValue the value that equals 100, or null
     * @param close null if the indicator has no close for the day
     * @param gaps times between its points in which its market was open and nothing was observed
     */
    @Schema(name = "ComparedIndicator")
    public record Item(
            String code,
            String measure,
            @JsonInclude BigDecimal startValue,
            List<BigDecimal> close,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Gap> gaps) {}

    @RetryRead
    Answer of(List<Indicator> indicators, List<Interval> intervals, TimeRange range, int maxPoints) {
        List<NavigableMap<LocalDate, Point>> closes;
        try (SeriesReader reader = SeriesReader.on(dataSource)) {
            closes = indicators.stream()
                    .map(indicator -> closes(indicator, range, reader))
                    .toList();
        }
        Optional<LocalDate> start = commonStart(closes);
        for (Interval interval : intervals) {
            TreeSet<LocalDate> days = new TreeSet<>();
            List<NavigableMap<LocalDate, Point>> grouped = new ArrayList<>();
            for (NavigableMap<LocalDate, Point> series : closes) {
                NavigableMap<LocalDate, Point> within = start.map(day -> grouped(series.tailMap(day, true), interval))
                        .orElseGet(TreeMap::new);
                days.addAll(within.keySet());
                grouped.add(within);
            }
            if (days.size() <= maxPoints) {
                return answer(indicators, closes, grouped, interval, start.orElse(null), days);
            }
        }
        throw HistoryQuery.tooManyPoints(maxPoints);
    }

    private NavigableMap<LocalDate, Point> closes(Indicator indicator, TimeRange range, SeriesReader reader) {
        List<Point> points = indicator.hasLevel()
                ? reader.bars(indicator.id(), Measure.VALUE, Interval.DAY, range, SeriesReader.ALL)
                : returnIndex.days(indicator, reader);
        NavigableMap<LocalDate, Point> closes = new TreeMap<>();
        LocalDate newLevel = levels.firstDay(indicator, reader).orElse(LocalDate.MIN);
        for (Point point : points) {
            LocalDate day = SeriesReader.day(point.t());
            boolean within = !day.isBefore(newLevel)
                    && (range.firstDay() == null || !day.isBefore(range.firstDay()))
                    && (range.lastDay() == null || !day.isAfter(range.lastDay()));
            if (point.close() != null && within) {
                closes.put(day, point);
            }
        }
        return closes;
    }

    private static Optional<LocalDate> commonStart(List<NavigableMap<LocalDate, Point>> closes) {
        TreeSet<LocalDate> common = new TreeSet<>(closes.get(0).keySet());
        closes.forEach(series -> common.retainAll(series.keySet()));
        return common.isEmpty() ? Optional.empty() : Optional.of(common.first());
    }

    /** The closes by week or month. */
    private static NavigableMap<LocalDate, Point> grouped(NavigableMap<LocalDate, Point> days, Interval interval) {
        if (interval == Interval.DAY) {
            return days;
        }
        NavigableMap<LocalDate, List<Point>> parts = new TreeMap<>();
        days.forEach((day, point) -> parts.computeIfAbsent(interval.firstDay(day), first -> new ArrayList<>())
                .add(point));
        NavigableMap<LocalDate, Point> grouped = new TreeMap<>();
        parts.forEach((first, points) ->
                grouped.put(first, Point.of(Wib.midnight(first).toEpochMilli(), points)));
        return grouped;
    }

    private Answer answer(
            List<Indicator> indicators,
            List<NavigableMap<LocalDate, Point>> closes,
            List<NavigableMap<LocalDate, Point>> grouped,
            Interval interval,
            LocalDate start,
            TreeSet<LocalDate> days) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < indicators.size(); i++) {
            Indicator indicator = indicators.get(i);
            BigDecimal base = start == null ? null : closes.get(i).get(start).close();
            NavigableMap<LocalDate, Point> series = grouped.get(i);
            List<BigDecimal> column = new ArrayList<>(days.size());
            days.forEach(day ->
                    column.add(series.containsKey(day) ? rebased(series.get(day).close(), base) : null));
            items.add(new Item(
                    indicator.code(),
                    indicator.hasLevel() ? Measure.VALUE.word() : Measure.RETURN_INDEX.word(),
                    base,
                    column,
                    gaps.between(
                            indicator,
                            interval,
                            series.values().stream()
                                    .filter(point -> point.count() > 0)
                                    .map(Point::t)
                                    .toList())));
        }
        return new Answer(
                interval.word(),
                Wib.ZONE.getId(),
                start,
                days.stream().map(day -> Wib.midnight(day).toEpochMilli()).toList(),
                items);
    }

    private static BigDecimal rebased(BigDecimal close, BigDecimal base) {
        return base.signum() == 0
                ? null
                : close.multiply(PercentChange.HUNDRED)
                        .divide(base, MathContext.DECIMAL128)
                        .setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }
}
