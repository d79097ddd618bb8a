package id.detak.page.overview;

import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Kind;
import id.detak.indicator.TradingCalendar;
import id.detak.page.shared.Sparkline;
import id.detak.series.Bar;
import id.detak.series.Bars;
import id.detak.series.Interval;
import id.detak.series.LatestQuotes;
import id.detak.series.Measure;
import id.detak.series.Observation;
import id.detak.series.Observations;
import id.detak.series.PercentChange;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Builds the sparkline of each card: the latest trading day; for gold and funds, which change once a day, sixty days.
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

    Trends(Observations observations, Bars bars, Calendars calendars) {
        this.observations = observations;
        this.bars = bars;
        this.calendars = calendars;
    }

    /** @param previousClose null if unknown */
    Sparkline of(Indicator indicator, LatestQuotes.Item latest, BigDecimal previousClose) {
        return switch (indicator.kind()) {
            case INDEX, CURRENCY, OTHER -> ofDay(indicator, latest, previousClose);
            case GOLD, FUND -> ofDays(indicator, latest.tradingDay());
        };
    }

    /** The box is as wide as the whole day, so that the line shows how much of the day has passed. */
    private Sparkline ofDay(Indicator indicator, LatestQuotes.Item latest, BigDecimal previousClose) {
        TradingCalendar calendar = calendars.of(indicator.kind());
        Instant begin = calendar.turnOf(latest.tradingDay());
        Instant end = calendar.closeOf(latest.tradingDay()).plus(SETTLING);
        Instant seen = latest.observedAt().toInstant();
        Instant until = seen.isBefore(end) ? seen : end;
        Duration span = Duration.between(begin, until);
        if (span.compareTo(Duration.ofSeconds(POINTS)) < 0) {
            return Sparkline.of(List.of(), 1, null, false);
        }
        List<BigDecimal> values = observations.sampled(indicator.id(), until, span, POINTS).stream()
                .map(Observation::value)
                .filter(Objects::nonNull)
                .toList();
        return Sparkline.of(
                values, (double) span.toSeconds() / Duration.between(begin, end).toSeconds(), previousClose, false);
    }

    private Sparkline ofDays(Indicator indicator, LocalDate last) {
        Measure measure = indicator.kind() == Kind.FUND ? Measure.CHANGE_PERCENT : Measure.VALUE;
        List<BigDecimal> closes = bars.days(indicator.id(), last.minusDays(DAYS), last).stream()
                .filter(bar -> bar.key().measure() == measure && bar.key().interval() == Interval.DAY)
                .map(Bar::close)
                .toList();
        return Sparkline.of(measure == Measure.VALUE ? closes : returns(closes), 1, null, true);
    }

    /** The return index, which starts at 100 here. */
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
