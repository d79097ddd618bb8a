package id.detak.page.overview;

import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Kind;
import id.detak.indicator.TradingCalendar;
import id.detak.page.shared.Sparkline;
import id.detak.page.shared.Sparkline.Spot;
import id.detak.platform.Wib;
import id.detak.series.Bar;
import id.detak.series.Bars;
import id.detak.series.Interval;
import id.detak.series.LatestQuotes;
import id.detak.series.Measure;
import id.detak.series.Observation;
import id.detak.series.Observations;
import id.detak.series.Observations.DayPart;
import id.detak.series.Observations.Following;
import id.detak.series.Observations.Moment;
import id.detak.series.PercentChange;
import id.detak.series.history.Gaps;
import id.detak.series.history.HistoryResponse.Gap;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Builds the sparklines of cards. They show the latest trading day, or sixty days for gold and funds, which change once
 * a day.
 */
@ApplicationScoped
class Trends {

    /** How long closing prices can still change after the last session. */
    private static final Duration SETTLING = Duration.ofMinutes(15);

    private static final int POINTS = 60;
    private static final int DAYS = 60;

    private final Observations observations;
    private final Bars bars;
    private final Calendars calendars;
    private final Gaps gaps;

    Trends(Observations observations, Bars bars, Calendars calendars, Gaps gaps) {
        this.gaps = gaps;
        this.observations = observations;
        this.bars = bars;
        this.calendars = calendars;
    }

    /**
     * The quote at the end of a sparkline.
     *
     * @param previousClose null if unknown
     */
    record Newest(Indicator indicator, LatestQuotes.Item latest, BigDecimal previousClose) {

        boolean isDaily() {
            return indicator.kind() == Kind.GOLD || indicator.kind() == Kind.FUND;
        }
    }

    /** The sparklines by code, with a few statements for all of them. */
    Map<String, Sparkline> of(List<Newest> quotes) {
        Map<Boolean, List<Newest>> byDaily = quotes.stream().collect(Collectors.partitioningBy(Newest::isDaily));
        Map<String, Sparkline> all = new HashMap<>(ofDays(byDaily.get(true)));
        all.putAll(ofDay(byDaily.get(false)));
        return all;
    }

    /** The part of the latest trading day that was observed, and its end. */
    private record Day(Newest quote, Instant begin, Instant until, Instant end) {

        static Day of(Newest quote, TradingCalendar calendar) {
            LocalDate day = quote.latest.tradingDay();
            Instant end = calendar.closeOf(day).plus(SETTLING);
            Instant seen = quote.latest.observedAt().toInstant();
            return new Day(quote, calendar.turnOf(day), seen.isBefore(end) ? seen : end, end);
        }

        int id() {
            return quote.indicator.id();
        }

        DayPart part() {
            return new DayPart(id(), quote.latest.tradingDay(), begin, until);
        }
    }

    /**
     * The box is as wide as the whole day. The line starts at the day's first observation, not at a value of the day
     * before, so that it shows what was observed and when.
     */
    private Map<String, Sparkline> ofDay(List<Newest> quotes) {
        List<Day> days = quotes.stream()
                .map(quote -> Day.of(quote, calendars.of(quote.indicator.kind())))
                .toList();
        Map<Day, NavigableMap<Instant, BigDecimal>> valuesByDay = values(days);
        Map<Day, Set<Instant>> afterGaps = addAfterGaps(valuesByDay);
        return days.stream()
                .collect(Collectors.toMap(
                        day -> day.quote.indicator.code(),
                        day -> sparkline(day, valuesByDay.get(day), afterGaps.getOrDefault(day, Set.of()))));
    }

    private Map<Day, NavigableMap<Instant, BigDecimal>> values(List<Day> days) {
        List<DayPart> parts = days.stream()
                .map(Day::part)
                .filter(part -> Duration.between(part.begin(), part.newest()).toSeconds() >= POINTS)
                .toList();
        Map<Integer, List<Observation>> sampled = parts.isEmpty() ? Map.of() : observations.sampled(parts, POINTS);
        Map<Day, NavigableMap<Instant, BigDecimal>> valuesByDay = new LinkedHashMap<>();
        for (Day day : days) {
            LatestQuotes.Item latest = day.quote.latest;
            NavigableMap<Instant, BigDecimal> values = new TreeMap<>();
            sampled.getOrDefault(day.id(), List.of()).stream()
                    .filter(o -> o.tradingDay().equals(latest.tradingDay()) && o.value() != null)
                    .forEach(o -> values.put(o.observedAt(), o.value()));
            if (latest.value() != null && !latest.quality().equals("suspect")) {
                values.put(latest.observedAt().toInstant(), latest.value()); // it can be later than the end of the day
            }
            valuesByDay.put(day, values);
        }
        valuesByDay.forEach((day, values) -> {
            if (day.quote.latest.levelChangedAt() != null) {
                values.headMap(day.quote.latest.levelChangedAt().toInstant(), false)
                        .clear();
            }
        });
        return valuesByDay;
    }

    /** Adds the first value after each gap, since the samples may miss it, and returns the times of these values. */
    private Map<Day, Set<Instant>> addAfterGaps(Map<Day, NavigableMap<Instant, BigDecimal>> valuesByDay) {
        List<Moment> beforeGaps = new ArrayList<>();
        valuesByDay.forEach((day, values) -> {
            List<Instant> sampled = List.copyOf(values.keySet());
            for (int i = 1; i < sampled.size(); i++) {
                if (isGap(day.quote.indicator, sampled.get(i - 1), sampled.get(i))) {
                    beforeGaps.add(new Moment(day.id(), sampled.get(i - 1)));
                }
            }
        });
        if (beforeGaps.isEmpty()) {
            return Map.of();
        }
        Map<Integer, Day> days = valuesByDay.keySet().stream().collect(Collectors.toMap(Day::id, Function.identity()));
        Map<Day, Set<Instant>> afterGaps = new HashMap<>();
        for (Following pair : observations.following(beforeGaps)) {
            Day day = days.get(pair.indicatorId());
            if (isGap(day.quote.indicator, pair.at(), pair.next())) {
                afterGaps.computeIfAbsent(day, key -> new HashSet<>()).add(pair.next());
                valuesByDay.get(day).put(pair.next(), pair.value());
            }
        }
        return afterGaps;
    }

    private static Sparkline sparkline(Day day, NavigableMap<Instant, BigDecimal> values, Set<Instant> afterGaps) {
        double width = Duration.between(day.begin, day.end).toSeconds();
        List<Spot> spots = new ArrayList<>();
        values.forEach((at, value) -> {
            double share = Duration.between(day.begin, at).toSeconds() / width;
            spots.add(new Spot(Math.max(0, Math.min(1, share)), value, afterGaps.contains(at)));
        });
        return Sparkline.of(spots, day.quote.previousClose, false);
    }

    private boolean isGap(Indicator indicator, Instant last, Instant next) {
        return !gaps.between(indicator, Interval.RAW, List.of(last.toEpochMilli(), next.toEpochMilli()))
                .isEmpty();
    }

    private Map<String, Sparkline> ofDays(List<Newest> quotes) {
        if (quotes.isEmpty()) {
            return Map.of();
        }
        List<LocalDate> last =
                quotes.stream().map(quote -> quote.latest.tradingDay()).sorted().toList();
        Map<Integer, List<Bar>> bars = this.bars.days(
                quotes.stream().map(quote -> quote.indicator.id()).toList(),
                last.get(0).minusDays(DAYS),
                last.get(last.size() - 1));
        return quotes.stream()
                .collect(Collectors.toMap(
                        quote -> quote.indicator.code(),
                        quote -> ofDays(quote, bars.getOrDefault(quote.indicator.id(), List.of()))));
    }

    /** @param bars may begin before the sparkline */
    private Sparkline ofDays(Newest quote, List<Bar> bars) {
        Indicator indicator = quote.indicator;
        LatestQuotes.Item latest = quote.latest;
        LocalDate newLevel = latest.levelChangedAt() == null
                ? LocalDate.MIN
                : latest.levelChangedAt().toLocalDate();
        Measure measure = indicator.kind() == Kind.FUND ? Measure.CHANGE_PERCENT : Measure.VALUE;
        LocalDate first = latest.tradingDay().minusDays(DAYS);
        List<Bar> days = bars.stream()
                .filter(bar -> bar.key().measure() == measure)
                .filter(bar -> isBetween(Wib.date(bar.key().start()), first, latest.tradingDay()))
                .filter(bar -> !Wib.date(bar.key().start()).isBefore(newLevel))
                .toList();
        List<BigDecimal> closes = days.stream().map(Bar::close).toList();
        List<BigDecimal> values = measure == Measure.VALUE ? closes : returns(closes);
        List<Gap> unseen = gaps.between(
                indicator,
                Interval.DAY,
                days.stream()
                        .filter(bar -> bar.count() > 0)
                        .map(bar -> bar.key().start().toEpochMilli())
                        .toList());
        List<Spot> spots = new ArrayList<>();
        for (int i = 0; i < days.size(); i++) {
            Instant at = days.get(i).key().start();
            boolean apart = i > 0 && isApart(unseen, days.get(i - 1).key().start(), at);
            double share = (double) ChronoUnit.DAYS.between(first, Wib.date(at)) / DAYS;
            spots.add(new Spot(share, values.get(i), apart));
        }
        return Sparkline.of(spots, null, true);
    }

    private static boolean isBetween(LocalDate day, LocalDate first, LocalDate last) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    /** Whether one of two days, or a day between them, was not observed; its close may be implied. */
    private static boolean isApart(List<Gap> unseen, Instant before, Instant day) {
        return unseen.stream().anyMatch(gap -> gap.to() > before.toEpochMilli() && gap.from() <= day.toEpochMilli());
    }

    /** The return index of these percentages, starting at 100. */
    private static List<BigDecimal> returns(List<BigDecimal> percents) {
        List<BigDecimal> index = new ArrayList<>();
        BigDecimal level = PercentChange.INDEX_START;
        for (BigDecimal percent : percents) {
            level = PercentChange.chained(level, percent);
            index.add(level);
        }
        return index;
    }
}
