package id.detak.series;

import id.detak.capture.Capture;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import id.detak.series.Observations.Neighbours;
import id.detak.series.SeriesVersions.Step;
import id.detak.strip.Quality;
import id.detak.strip.Quote;
import io.micrometer.core.annotation.Timed;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns the quotes of a captured page into observations, and keeps what follows from these (bars, implied closes) with them.
 * Doing it again changes nothing, nor does it bring back what was voided; a different number for a key that is taken is kept as a
 * conflict, and the first stands. Call within a transaction.
 */
@ApplicationScoped
public class Recorder {

    private final Indicators indicators;
    private final Calendars calendars;
    private final Observations observations;
    private final Bars bars;
    private final Rebuild rebuild;
    private final SeriesVersions versions;

    Recorder(Indicators indicators, Calendars calendars, Observations observations, Bars bars, Rebuild rebuild, SeriesVersions versions) {
        this.indicators = indicators;
        this.calendars = calendars;
        this.observations = observations;
        this.bars = bars;
        this.rebuild = rebuild;
        this.versions = versions;
    }

    public enum Result {
        NEW, SAME, CONFLICTING,
        /** Older than what is kept: not taken. */
        PRUNED
    }

    /**
     * @param observation what the quote became; where conflicting, not what stands
     * @param newest whether nothing later is stored of the indicator
     * @param step of the series' version, which this transaction counted up
     */
    public record Recorded(Indicator indicator, Observation observation, Result result, boolean newest, Step step) {
    }

    @Timed(value = "detak.query", extraTags = {"query", "record"}, histogram = true, description = "Time that the main queries take")
    public List<Recorded> record(Capture capture, List<Quote> quotes) {
        Map<String, Indicator> known = indicators.all().stream().collect(Collectors.toMap(Indicator::code, Function.identity()));
        Map<Quote, Indicator> of = new LinkedHashMap<>();
        quotes.forEach(quote -> of.put(quote, known.computeIfAbsent(quote.code(), code -> indicators.findOrDiscover(code, capture.observedAt()))));
        Map<Integer, Step> steps = versions.write(of.values().stream().map(Indicator::id).toList());
        BarSet added = new BarSet();
        List<Indicator> late = new ArrayList<>();
        List<Recorded> recorded = quotes.stream().map(quote -> record(of.get(quote), capture, quote, added, late, steps)).toList();
        bars.merge(added.bars());
        late.forEach(indicator -> rebuild.around(indicator, capture.observedAt(), capture.observedAt()));
        return recorded;
    }

    private Recorded record(Indicator indicator, Capture capture, Quote quote, BarSet added, List<Indicator> late, Map<Integer, Step> steps) {
        TradingCalendar calendar = calendars.of(indicator.kind());
        Neighbours around = observations.around(indicator.id(), capture.observedAt());
        Observation made = observe(indicator, capture.id(), capture.observedAt(), quote, calendar, around);
        Observation there = around.at();
        boolean newest = around.next() == null;
        Step step = steps.get(indicator.id());
        if (!newest && capture.observedAt().isBefore(versions.keptFrom(indicator.id()))) {
            return new Recorded(indicator, made, Result.PRUNED, false, step);
        }
        Optional<Observation> superseded = around.superseded().stream().filter(made::hasNumbersOf).findFirst();
        if (superseded.isPresent() && (there == null || there.isImplied())) {
            return new Recorded(indicator, superseded.get(), Result.SAME, newest, step);
        }
        if (there == null) {
            observations.insert(made);
            if (made.isTrusted()) {
                if (isAtTheEnd(made, calendar, around) && !stoodStill(made, calendar, around)) {
                    added.add(made);
                    heedPreviousClose(made, calendar, added);
                } else {
                    late.add(indicator);
                }
            }
            return new Recorded(indicator, made, Result.NEW, newest, step);
        }
        if (there.isImplied()) {
            // seen at the very moment for which a close had only been implied
            observations.delete(there);
            observations.insert(made);
            late.add(indicator);
            return new Recorded(indicator, made, Result.NEW, newest, step);
        }
        if (there.hasNumbersOf(made)) {
            return new Recorded(indicator, there, Result.SAME, newest, step);
        }
        observations.insertConflict(made);
        return new Recorded(indicator, made, Result.CONFLICTING, newest, step);
    }

    /** Whether nothing stored has to do with it: what follows is two trading days away or more, and no close was implied for its day. */
    static boolean isAtTheEnd(Observation made, TradingCalendar calendar, Neighbours around) {
        boolean apart = around.next() == null || around.next().tradingDay().isAfter(calendar.nextTradingDay(calendar.tradingDayAt(made.observedAt())));
        boolean impliedBefore = around.last() != null && around.last().isImplied() && !around.last().tradingDay().isBefore(made.tradingDay());
        return apart && !impliedBefore;
    }

    /**
     * Whether what was last believed was seen after the trading day before had ended, and belongs to an earlier one: the close of the
     * day in between stands before it in time and behind it by day.
     */
    private static boolean stoodStill(Observation made, TradingCalendar calendar, Neighbours around) {
        LocalDate dayBefore = calendar.previousTradingDay(made.tradingDay());
        Observation before = around.lastTrusted();
        return before != null && before.tradingDay().isBefore(dayBefore) && before.observedAt().isAfter(ImpliedCloses.settledAt(dayBefore));
    }

    /** What it says of the trading day before: that day's close, where it has none; else the two are compared. */
    private void heedPreviousClose(Observation made, TradingCalendar calendar, BarSet added) {
        if (!ImpliedCloses.tells(made)) {
            return;
        }
        LocalDate day = calendar.previousTradingDay(made.tradingDay());
        Optional<Bar> bar = bars.day(made.indicatorId(), day);
        if (bar.isEmpty()) {
            Observation implied = ImpliedCloses.implied(day, made);
            if (observations.insert(implied)) {
                added.add(implied);
            }
            return;
        }
        ImpliedCloses.compare(day, bar.get().close(), closeTolerance(made.indicatorId(), bar.get()), made).ifPresent(observations::insertDifference);
    }

    /** An implied close is as exact as the numbers that imply it. */
    private BigDecimal closeTolerance(int indicatorId, Bar bar) {
        Optional<Observation> statement = bar.count() > 0 ? Optional.empty()
                : observations.at(indicatorId, bar.lastAt()).filter(implied -> implied.captureId() != null)
                        .flatMap(implied -> observations.of(implied.indicatorId(), implied.captureId()));
        return statement.map(Observation::previousCloseTolerance).orElse(Observation.halfUnit(bar.close()));
    }

    /** What a quote of a capture is, among what stands around it. */
    Observation observe(Indicator indicator, UUID captureId, Instant at, Quote quote) {
        return observe(indicator, captureId, at, quote, calendars.of(indicator.kind()), observations.around(indicator.id(), at));
    }

    private Observation observe(Indicator indicator, UUID captureId, Instant at, Quote quote, TradingCalendar calendar, Neighbours around) {
        Observation plain = new Observation(indicator.id(), at, quote.value(), quote.change(), quote.changePercent(), quote.previousClose(),
                quote.quality(), quote.quality() == Quality.SUSPECT ? SuspectReason.CHECK_FAILED : null, null, captureId);
        Observation judged = MarketClosedCheck.judge(indicator, plain, calendar, around.lastSeen(), around.lastTrusted());
        return withPreviousClose(new TradingDayAssigner(calendar, around.lastTrusted()).settle(judged), calendar);
    }

    /** Where a currency pair's numbers fit both signs, the close stored for the day before may tell which one it is. */
    private Observation withPreviousClose(Observation o, TradingCalendar calendar) {
        if (o.previousClose() != null || o.value() == null || o.change() == null || o.quality() != Quality.OK) {
            return o;
        }
        return bars.day(o.indicatorId(), calendar.previousTradingDay(o.tradingDay())).map(Bar::close)
                .flatMap(close -> Stream.of(o.value().subtract(o.change()), o.value().add(o.change())).filter(reading -> reading.compareTo(close) == 0).findFirst())
                .map(close -> new Observation(o.indicatorId(), o.observedAt(), o.value(), o.change(), o.changePercent(), close, o.quality(),
                        o.reason(), o.tradingDay(), o.captureId()))
                .orElse(o);
    }
}
