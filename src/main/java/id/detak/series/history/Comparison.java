package id.detak.series.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.detak.database.RetryRead;
import id.detak.indicator.Indicator;
import id.detak.platform.Wib;
import id.detak.series.Interval;
import id.detak.series.Measure;
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

    private static final BigDecimal HUNDRED = new BigDecimal(100);
    private static final int DECIMALS = 6;

    private final DataSource dataSource;
    private final ReturnIndex returnIndex;
    private final Levels levels;

    Comparison(DataSource dataSource, ReturnIndex returnIndex, Levels levels) {
        this.levels = levels;
        this.dataSource = dataSource;
        this.returnIndex = returnIndex;
    }

    /**
     * Columns as long as {@code t}.
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
     */
    @Schema(name = "ComparedIndicator")
    public record Item(
            String code, String measure, @JsonInclude BigDecimal startValue, List<BigDecimal> close) {}

    @RetryRead
    Answer of(List<Indicator> indicators, List<Interval> intervals, TimeRange range, int maxPoints) {
        List<NavigableMap<LocalDate, BigDecimal>> closes;
        try (SeriesReader reader = SeriesReader.on(dataSource)) {
            closes = indicators.stream()
                    .map(indicator -> closes(indicator, range, reader))
                    .toList();
        }
        Optional<LocalDate> start = commonStart(closes);
        for (Interval interval : intervals) {
            TreeSet<LocalDate> days = new TreeSet<>();
            List<NavigableMap<LocalDate, BigDecimal>> grouped = new ArrayList<>();
            for (NavigableMap<LocalDate, BigDecimal> series : closes) {
                NavigableMap<LocalDate, BigDecimal> within = start.map(
                                day -> grouped(series.tailMap(day, true), interval))
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

    private NavigableMap<LocalDate, BigDecimal> closes(Indicator indicator, TimeRange range, SeriesReader reader) {
        List<Point> points = indicator.hasLevel()
                ? reader.bars(indicator.id(), Measure.VALUE, Interval.DAY, range, Integer.MAX_VALUE)
                : returnIndex.days(indicator, reader);
        NavigableMap<LocalDate, BigDecimal> closes = new TreeMap<>();
        LocalDate newLevel = levels.firstDay(indicator, reader).orElse(LocalDate.MIN);
        for (Point point : points) {
            LocalDate day = SeriesReader.day(point.t());
            boolean within = !day.isBefore(newLevel)
                    && (range.firstDay() == null || !day.isBefore(range.firstDay()))
                    && (range.lastDay() == null || !day.isAfter(range.lastDay()));
            if (point.close() != null && within) {
                closes.put(day, point.close());
            }
        }
        return closes;
    }

    private static Optional<LocalDate> commonStart(List<NavigableMap<LocalDate, BigDecimal>> closes) {
        TreeSet<LocalDate> common = new TreeSet<>(closes.get(0).keySet());
        closes.forEach(series -> common.retainAll(series.keySet()));
        return common.isEmpty() ? Optional.empty() : Optional.of(common.first());
    }

    /** The last close of each week or month. */
    private static NavigableMap<LocalDate, BigDecimal> grouped(
            NavigableMap<LocalDate, BigDecimal> days, Interval interval) {
        NavigableMap<LocalDate, BigDecimal> grouped = new TreeMap<>();
        days.forEach((day, close) -> grouped.put(interval.firstDay(day), close));
        return grouped;
    }

    private static Answer answer(
            List<Indicator> indicators,
            List<NavigableMap<LocalDate, BigDecimal>> closes,
            List<NavigableMap<LocalDate, BigDecimal>> grouped,
            Interval interval,
            LocalDate start,
            TreeSet<LocalDate> days) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < indicators.size(); i++) {
            Indicator indicator = indicators.get(i);
            BigDecimal base = start == null ? null : closes.get(i).get(start);
            NavigableMap<LocalDate, BigDecimal> series = grouped.get(i);
            List<BigDecimal> column = new ArrayList<>(days.size());
            days.forEach(day -> column.add(rebased(series.get(day), base)));
            items.add(new Item(
                    indicator.code(),
                    indicator.hasLevel() ? Measure.VALUE.word() : Measure.RETURN_INDEX.word(),
                    base,
                    column));
        }
        return new Answer(
                interval.word(),
                Wib.ZONE.getId(),
                start,
                days.stream().map(day -> Wib.midnight(day).toEpochMilli()).toList(),
                items);
    }

    private static BigDecimal rebased(BigDecimal close, BigDecimal base) {
        return close == null || base.signum() == 0
                ? null
                : close.multiply(HUNDRED)
                        .divide(base, MathContext.DECIMAL128)
                        .setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }
}
