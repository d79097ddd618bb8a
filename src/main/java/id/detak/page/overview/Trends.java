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
import id.detak.series.Observations;
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
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Builds the sparkline of each card. It shows the latest trading day, or sixty days for gold and funds, which change
 * once a day.
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

    /** @param previousClose null if unknown */
    Sparkline of(Indicator indicator, LatestQuotes.Item latest, BigDecimal previousClose) {
        return switch (indicator.kind()) {
            case INDEX, CURRENCY, OTHER -> ofDay(indicator, latest, previousClose);
            case GOLD, FUND -> ofDays(indicator, latest);
        };
    }

    /**
     * The box is as wide as the whole day. The line starts at the day's first observation, not at a value of the day
     * before, so that it shows what was observed and when.
     */
    private Sparkline ofDay(Indicator indicator, LatestQuotes.Item latest, BigDecimal previousClose) {
        TradingCalendar calendar = calendars.of(indicator.kind());
        Instant begin = calendar.turnOf(latest.tradingDay());
        Instant end = calendar.closeOf(latest.tradingDay()).plus(SETTLING);
        Instant seen = latest.observedAt().toInstant();
        Instant until = seen.isBefore(end) ? seen : end;
        NavigableMap<Instant, BigDecimal> values = new TreeMap<>();
        Duration span = Duration.between(begin, until);
        if (span.compareTo(Duration.ofSeconds(POINTS)) >= 0) {
            observations.sampled(indicator.id(), until, span, POINTS).stream()
                    .filter(o -> o.tradingDay().equals(latest.tradingDay()) && o.value() != null)
                    .forEach(o -> values.put(o.observedAt(), o.value()));
        }
        if (latest.value() != null && !latest.quality().equals("suspect")) {
            values.put(seen, latest.value()); // it can come after the day's end
        }
        if (!values.isEmpty()) {
            observations.firstOf(indicator.id(), latest.tradingDay(), begin, values.firstKey()).stream()
                    .filter(first -> first.value() != null)
                    .forEach(first -> values.put(first.observedAt(), first.value()));
        }
        if (latest.levelChangedAt() != null) {
            values.headMap(latest.levelChangedAt().toInstant(), false).clear();
        }
        double width = Duration.between(begin, end).toSeconds();
        Set<Instant> afterGaps = addAfterGaps(indicator, values);
        List<Spot> spots = new ArrayList<>();
        values.forEach((at, value) -> {
            double share = Duration.between(begin, at).toSeconds() / width;
            spots.add(new Spot(Math.max(0, Math.min(1, share)), value, afterGaps.contains(at)));
        });
        return Sparkline.of(spots, previousClose, false);
    }

    /** Adds the first value after each gap, since the samples may miss it, and returns the times of these values. */
    private Set<Instant> addAfterGaps(Indicator indicator, NavigableMap<Instant, BigDecimal> values) {
        List<Instant> sampled = List.copyOf(values.keySet());
        List<Instant> candidates = IntStream.range(1, sampled.size())
                .filter(i -> isGap(indicator, sampled.get(i - 1), sampled.get(i)))
                .mapToObj(i -> sampled.get(i - 1))
                .toList();
        if (candidates.isEmpty()) {
            return Set.of();
        }
        Set<Instant> afterGaps = new HashSet<>();
        for (Observations.Following pair : observations.following(indicator.id(), candidates)) {
            if (isGap(indicator, pair.at(), pair.next())) {
                afterGaps.add(pair.next());
                values.put(pair.next(), pair.value());
            }
        }
        return afterGaps;
    }

    private boolean isGap(Indicator indicator, Instant last, Instant next) {
        return !gaps.between(indicator, Interval.RAW, List.of(last.toEpochMilli(), next.toEpochMilli()))
                .isEmpty();
    }

    private Sparkline ofDays(Indicator indicator, LatestQuotes.Item latest) {
        LocalDate last = latest.tradingDay();
        LocalDate newLevel = latest.levelChangedAt() == null
                ? LocalDate.MIN
                : latest.levelChangedAt().toLocalDate();
        Measure measure = indicator.kind() == Kind.FUND ? Measure.CHANGE_PERCENT : Measure.VALUE;
        LocalDate first = last.minusDays(DAYS);
        List<Bar> days = bars.days(indicator.id(), first, last).stream()
                .filter(bar -> bar.key().measure() == measure && bar.key().interval() == Interval.DAY)
                .filter(bar -> !Wib.date(bar.key().start()).isBefore(newLevel))
                .toList();
        List<BigDecimal> closes = days.stream().map(Bar::close).toList();
        List<BigDecimal> values = measure == Measure.VALUE ? closes : returns(closes);
        List<Gap> unobserved = gaps.between(
                indicator,
                Interval.DAY,
                days.stream()
                        .filter(bar -> bar.count() > 0)
                        .map(bar -> bar.key().start().toEpochMilli())
                        .toList());
        List<Spot> spots = new ArrayList<>();
        for (int i = 0; i < days.size(); i++) {
            Instant at = days.get(i).key().start();
            boolean apart = i > 0 && isApart(unobserved, days.get(i - 1).key().start(), at);
            double share = (double) ChronoUnit.DAYS.between(first, Wib.date(at)) / DAYS;
            spots.add(new Spot(share, values.get(i), apart));
        }
        return Sparkline.of(spots, null, true);
    }

    /** Whether one of two days, or a day between them, was not observed; its close may be implied. */
    private static boolean isApart(List<Gap> unobserved, Instant before, Instant day) {
        return unobserved.stream()
                .anyMatch(gap -> gap.to() > before.toEpochMilli() && gap.from() <= day.toEpochMilli());
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
