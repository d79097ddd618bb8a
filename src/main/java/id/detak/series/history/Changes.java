package id.detak.series.history;

import id.detak.database.RetryRead;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import id.detak.series.Measure;
import io.micrometer.core.annotation.Timed;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The changes of each indicator over several windows, from the closes of its trading days. Funds use their return
 * index. Days before the last change of the level do not count.
 */
@ApplicationScoped
public class Changes {

    /** The history begins after the window. */
    public static final String TOO_SHORT = "too-short";
    /** The last close before the window is too old. */
    public static final String GAP = "gap";
    /** The close before the window is on another level. */
    public static final String LEVEL_CHANGED = "level-changed";

    private static final int WEEKS = 52;
    /** So that only the days of so many indicators are in memory. */
    private static final int AT_ONCE = 20;

    private final Indicators indicators;
    private final DataSource dataSource;
    private final Levels levels;
    private final Calendars calendars;

    Changes(Indicators indicators, DataSource dataSource, Levels levels, Calendars calendars) {
        this.levels = levels;
        this.calendars = calendars;
        this.indicators = indicators;
        this.dataSource = dataSource;
    }

    /**
     * A window. It starts at the close of the last trading day at or before the latest day minus its length. A much
     * older close is not used: the change of a week must not be that of a year.
     */
    public enum Window {
        DAY("1d", day -> day.minusDays(1), (calendar, day) -> day),
        WEEK("1w", day -> day.minusWeeks(1), Window::threeTradingDaysMore),
        MONTH("1mo", day -> day.minusMonths(1), Window::oneWeekMore),
        THREE_MONTHS("3mo", day -> day.minusMonths(3), Window::oneWeekMore),
        SIX_MONTHS("6mo", day -> day.minusMonths(6), Window::oneWeekMore),
        YEAR_TO_DATE("ytd", day -> day.withDayOfYear(1).minusDays(1), Window::oneWeekMore),
        YEAR("1y", day -> day.minusYears(1), Window::oneWeekMore),
        ALL("all", null, null);

        private final String word;
        private final UnaryOperator<LocalDate> back;
        /** From the trading day at which the window starts to the earliest whose close may be its base. */
        private final BiFunction<TradingCalendar, LocalDate, LocalDate> earliest;

        Window(String word, UnaryOperator<LocalDate> back, BiFunction<TradingCalendar, LocalDate, LocalDate> earliest) {
            this.word = word;
            this.back = back;
            this.earliest = earliest;
        }

        private static LocalDate threeTradingDaysMore(TradingCalendar calendar, LocalDate day) {
            return calendar.previousTradingDay(calendar.previousTradingDay(calendar.previousTradingDay(day)));
        }

        private static LocalDate oneWeekMore(TradingCalendar calendar, LocalDate day) {
            return day.minusWeeks(1);
        }

        /** Whether the close of a day may be the base of the window that ends at the latest day. */
        private boolean reaches(LocalDate base, LocalDate latest, TradingCalendar calendar) {
            LocalDate start = calendar.previousTradingDay(back.apply(latest).plusDays(1));
            return !base.isBefore(earliest.apply(calendar, start));
        }

        public String word() {
            return word;
        }
    }

    /**
     * The changes of an indicator.
     *
     * @param measure {@code value}, or {@code returnIndex} for a fund
     * @param tradingDay the latest
     * @param value its close so far
     * @param changes by window; null for a window without one
     * @param missing why a change is missing, by window: {@code too-short} if the history begins later,
     *     {@code level-changed} if its earlier values are on another level, {@code gap} if the last close before the
     *     window is too old
     * @param largestSince the last earlier trading day with a change of one day in the same direction that was at least
     *     as large; null if there is none, or no change
     * @param maxDrawdown the largest fall of a close from the highest close before it
     */
    @Schema(name = "IndicatorChanges")
    public record Item(
            String code,
            String measure,
            LocalDate tradingDay,
            BigDecimal value,
            Map<String, Change> changes,
            Map<String, String> missing,
            Extreme high52w,
            Extreme low52w,
            LocalDate largestSince,
            Drawdown maxDrawdown) {}

    @Schema(name = "Change")
    public record Change(BigDecimal changePercent, LocalDate fromDay, BigDecimal fromValue) {}

    /** The highest or lowest value of 52 weeks. {@code distancePercent}: the change from it to the latest value. */
    @Schema(name = "Extreme")
    public record Extreme(BigDecimal value, LocalDate day, BigDecimal distancePercent) {}

    /** {@code percent} is at most zero; the days are null if the value never fell. */
    @Schema(name = "Drawdown")
    public record Drawdown(BigDecimal percent, LocalDate peakDay, LocalDate troughDay) {}

    @Timed(
            value = "detak.query",
            extraTags = {"query", "changes"},
            histogram = true,
            description = "Time that the main queries take")
    @RetryRead
    public List<Item> all() {
        List<Indicator> shown = indicators.shown();
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < shown.size(); i += AT_ONCE) {
            items.addAll(of(shown.subList(i, Math.min(i + AT_ONCE, shown.size()))));
        }
        return items;
    }

    private List<Item> of(List<Indicator> some) {
        Map<Measure, List<Integer>> byMeasure = some.stream()
                .collect(Collectors.groupingBy(
                        Changes::dailyMeasure, Collectors.mapping(Indicator::id, Collectors.toList())));
        try (SeriesReader reader = SeriesReader.on(dataSource)) {
            Map<Integer, List<Point>> days = reader.days(byMeasure);
            return some.stream()
                    .map(indicator -> of(indicator, days.getOrDefault(indicator.id(), List.of()), reader))
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    private static Measure dailyMeasure(Indicator indicator) {
        return indicator.hasLevel() ? Measure.VALUE : Measure.CHANGE_PERCENT;
    }

    private Optional<Item> of(Indicator indicator, List<Point> published, SeriesReader reader) {
        LocalDate newLevel = levels.firstDay(indicator, reader).orElse(LocalDate.MIN);
        List<Point> points =
                indicator.hasLevel() ? published : ReturnIndex.chain(published, calendars.of(indicator.kind()));
        List<Day> days = points.stream()
                .filter(point -> point.close() != null)
                .filter(point -> !SeriesReader.day(point.t()).isBefore(newLevel))
                .map(point -> new Day(
                        SeriesReader.day(point.t()),
                        indicator.hasLevel() ? point.high() : point.close(),
                        indicator.hasLevel() ? point.low() : point.close(),
                        point.close()))
                .toList();
        return days.isEmpty()
                ? Optional.empty()
                : Optional.of(item(
                        indicator.code(),
                        indicator.hasLevel() ? Measure.VALUE : Measure.RETURN_INDEX,
                        days,
                        calendars.of(indicator.kind()),
                        newLevel != LocalDate.MIN));
    }

    /** The numbers of a trading day. */
    record Day(LocalDate day, BigDecimal high, BigDecimal low, BigDecimal close) {}

    static Item item(String code, Measure measure, List<Day> days, TradingCalendar calendar) {
        return item(code, measure, days, calendar, false);
    }

    /**
     * @param days oldest first, at least one
     * @param onNewLevel whether there may be earlier days on another level
     */
    private static Item item(
            String code, Measure measure, List<Day> days, TradingCalendar calendar, boolean onNewLevel) {
        Day latest = days.get(days.size() - 1);
        Map<String, Change> changes = new LinkedHashMap<>();
        Map<String, String> missing = new LinkedHashMap<>();
        for (Window window : Window.values()) {
            Day from = window.back == null
                    ? (days.size() > 1 ? days.get(0) : null)
                    : lastUntil(days, window.back.apply(latest.day));
            boolean reached = from != null && (window == Window.ALL || window.reaches(from.day, latest.day, calendar));
            changes.put(
                    window.word,
                    reached ? new Change(Transform.percent(from.close, latest.close), from.day, from.close) : null);
            if (!reached) {
                missing.put(window.word, from != null ? GAP : onNewLevel ? LEVEL_CHANGED : TOO_SHORT);
            }
        }
        return new Item(
                code,
                measure.word(),
                latest.day,
                latest.close,
                changes,
                missing,
                high(days, latest),
                low(days, latest),
                largestSince(days, changes.get(Window.DAY.word), calendar),
                drawdown(days));
    }

    private static Day lastUntil(List<Day> days, LocalDate until) {
        for (int i = days.size() - 1; i >= 0; i--) {
            if (!days.get(i).day.isAfter(until)) {
                return days.get(i);
            }
        }
        return null;
    }

    private static LocalDate largestSince(List<Day> days, Change ofDay, TradingCalendar calendar) {
        if (ofDay == null || ofDay.changePercent.signum() == 0) {
            return null;
        }
        for (int i = days.size() - 2; i > 0; i--) {
            BigDecimal percent = Transform.percent(days.get(i - 1).close, days.get(i).close);
            if (percent.signum() == ofDay.changePercent.signum()
                    && percent.abs().compareTo(ofDay.changePercent.abs()) >= 0
                    && Window.DAY.reaches(days.get(i - 1).day, days.get(i).day, calendar)) {
                return days.get(i).day;
            }
        }
        return null;
    }

    private static Extreme high(List<Day> days, Day latest) {
        Day highest = latest;
        for (Day day : days) {
            if (isWithinYear(day, latest)
                    && (day.high.compareTo(highest.high) > 0
                            || day.high.compareTo(highest.high) == 0 && day.day.isBefore(highest.day))) {
                highest = day;
            }
        }
        return new Extreme(highest.high, highest.day, Transform.percent(highest.high, latest.close));
    }

    private static Extreme low(List<Day> days, Day latest) {
        Day lowest = latest;
        for (Day day : days) {
            if (isWithinYear(day, latest)
                    && (day.low.compareTo(lowest.low) < 0
                            || day.low.compareTo(lowest.low) == 0 && day.day.isBefore(lowest.day))) {
                lowest = day;
            }
        }
        return new Extreme(lowest.low, lowest.day, Transform.percent(lowest.low, latest.close));
    }

    private static boolean isWithinYear(Day day, Day latest) {
        return !day.day.isBefore(latest.day.minusWeeks(WEEKS));
    }

    /** Compares falls exactly, before rounding. */
    private static Drawdown drawdown(List<Day> days) {
        Day peak = days.get(0);
        Day worstPeak = peak;
        Day worstTrough = peak;
        for (Day day : days) {
            if (day.close.compareTo(peak.close) > 0) {
                peak = day;
            }
            if (day.close.multiply(worstPeak.close).compareTo(worstTrough.close.multiply(peak.close)) < 0) {
                worstPeak = peak;
                worstTrough = day;
            }
        }
        boolean fell = worstTrough != worstPeak;
        return new Drawdown(
                Transform.percent(worstPeak.close, worstTrough.close),
                fell ? worstPeak.day : null,
                fell ? worstTrough.day : null);
    }
}
