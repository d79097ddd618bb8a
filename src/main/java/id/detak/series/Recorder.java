package id.detak.series;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

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
import jakarta.transaction.Transactional;
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
 * Records the quotes of a capture as observations and updates bars and implied closes.
 *
 * <p>Recording a capture twice changes nothing and does not restore voided observations. A different value for an
 * existing key is stored as a conflict; the first value counts.
 */
@ApplicationScoped
@Transactional(MANDATORY)
public class Recorder {

    private final Indicators indicators;
    private final Calendars calendars;
    private final Observations observations;
    private final Bars bars;
    private final Rebuild rebuild;
    private final SeriesVersions versions;

    Recorder(
            Indicators indicators,
            Calendars calendars,
            Observations observations,
            Bars bars,
            Rebuild rebuild,
            SeriesVersions versions) {
        this.indicators = indicators;
        this.calendars = calendars;
        this.observations = observations;
        this.bars = bars;
        this.rebuild = rebuild;
        this.versions = versions;
    }

    public enum Result {
        NEW,
        SAME,
        CONFLICTING,
        /** Older than the retention period, so not recorded. */
        PRUNED
    }

    /**
     * @param observation the observation of the quote; of a conflict not the one that counts
     * @param newest whether the indicator has no later observation
     * @param step of the version of the series in this transaction
     */
    public record Recorded(Indicator indicator, Observation observation, Result result, boolean newest, Step step) {}

    @Timed(
            value = "detak.query",
            extraTags = {"query", "record"},
            histogram = true,
            description = "Time that the main queries take")
    public List<Recorded> record(Capture capture, List<Quote> quotes) {
        Map<String, Indicator> known =
                indicators.all().stream().collect(Collectors.toMap(Indicator::code, Function.identity()));
        Map<Quote, Indicator> of = new LinkedHashMap<>();
        quotes.forEach(quote -> of.put(
                quote,
                known.computeIfAbsent(quote.code(), code -> indicators.findOrDiscover(code, capture.observedAt()))));
        Map<Integer, Step> steps =
                versions.write(of.values().stream().map(Indicator::id).toList());
        BarSet added = new BarSet();
        List<Indicator> late = new ArrayList<>();
        List<Recorded> recorded = quotes.stream()
                .map(quote -> record(of.get(quote), capture, quote, added, late, steps))
                .toList();
        bars.merge(added.bars());
        late.forEach(indicator -> rebuild.around(indicator, capture.observedAt(), capture.observedAt()));
        return recorded;
    }

    private Recorded record(
            Indicator indicator,
            Capture capture,
            Quote quote,
            BarSet added,
            List<Indicator> late,
            Map<Integer, Step> steps) {
        TradingCalendar calendar = calendars.of(indicator.kind());
        Neighbours around = observations.around(indicator.id(), capture.observedAt());
        Observation made = observe(indicator, capture.id(), capture.observedAt(), quote, calendar, around);
        Observation there = around.at();
        boolean newest = around.next() == null;
        Step step = steps.get(indicator.id());
        if (!newest && capture.observedAt().isBefore(versions.keptFrom(indicator.id()))) {
            return new Recorded(indicator, made, Result.PRUNED, false, step);
        }
        Optional<Observation> superseded =
                around.superseded().stream().filter(made::hasNumbersOf).findFirst();
        if (superseded.isPresent() && (there == null || there.isImplied())) {
            return new Recorded(indicator, superseded.get(), Result.SAME, newest, step);
        }
        if (there == null) {
            observations.insert(made);
            if (made.isTrusted()) {
                if (isNewest(made, calendar, around) && !wasStale(made, calendar, around)) {
                    added.add(made);
                    applyPreviousClose(made, calendar, added);
                } else {
                    late.add(indicator);
                }
            }
            return new Recorded(indicator, made, Result.NEW, newest, step);
        }
        if (there.isImplied()) {
            // observed at the instant of an implied close
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

    /**
     * Whether no stored data depends on it: later observations are at least two trading days away, and its day has no
     * implied close.
     */
    static boolean isNewest(Observation made, TradingCalendar calendar, Neighbours around) {
        boolean apart = around.next() == null
                || around.next()
                        .tradingDay()
                        .isAfter(calendar.nextTradingDay(calendar.tradingDayAt(made.observedAt())));
        boolean impliedBefore = around.last() != null
                && around.last().isImplied()
                && !around.last().tradingDay().isBefore(made.tradingDay());
        return apart && !impliedBefore;
    }

    /**
     * Whether the last trusted observation was made after the previous trading day had ended but belongs to an earlier
     * day. The close of the day in between is then earlier in time and later by day.
     */
    private static boolean wasStale(Observation made, TradingCalendar calendar, Neighbours around) {
        LocalDate dayBefore = calendar.previousTradingDay(made.tradingDay());
        Observation before = around.lastTrusted();
        return before != null
                && before.tradingDay().isBefore(dayBefore)
                && before.observedAt().isAfter(ImpliedCloses.settledAt(dayBefore));
    }

    /** Stores the previous close of the observation as an implied close, or compares it with the close of that day. */
    private void applyPreviousClose(Observation made, TradingCalendar calendar, BarSet added) {
        if (!ImpliedCloses.hasPreviousClose(made)) {
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
        ImpliedCloses.compare(day, bar.get().close(), closeTolerance(made.indicatorId(), bar.get()), made)
                .ifPresent(observations::insertDifference);
    }

    /** An implied close has the tolerance of the numbers that imply it. */
    private BigDecimal closeTolerance(int indicatorId, Bar bar) {
        Optional<Observation> statement = bar.count() > 0
                ? Optional.empty()
                : observations
                        .at(indicatorId, bar.lastAt())
                        .filter(implied -> implied.captureId() != null)
                        .flatMap(implied -> observations.of(implied.indicatorId(), implied.captureId()));
        return statement.map(Observation::previousCloseTolerance).orElse(Observation.halfUnit(bar.close()));
    }

    /** The observation of a quote, given the observations around it. */
    Observation observe(Indicator indicator, UUID captureId, Instant at, Quote quote) {
        return observe(
                indicator,
                captureId,
                at,
                quote,
                calendars.of(indicator.kind()),
                observations.around(indicator.id(), at));
    }

    private Observation observe(
            Indicator indicator, UUID captureId, Instant at, Quote quote, TradingCalendar calendar, Neighbours around) {
        Observation plain = new Observation(
                indicator.id(),
                at,
                quote.value(),
                quote.change(),
                quote.changePercent(),
                quote.previousClose(),
                quote.quality(),
                quote.quality() == Quality.SUSPECT ? SuspectReason.CHECK_FAILED : null,
                null,
                captureId);
        Observation judged =
                MarketClosedCheck.judge(indicator, plain, calendar, around.lastSeen(), around.lastTrusted());
        return withPreviousClose(new TradingDayAssigner(calendar, around.lastTrusted()).assign(judged), calendar);
    }

    /** If the numbers of a currency pair fit both signs, the stored close of the day before may decide. */
    private Observation withPreviousClose(Observation o, TradingCalendar calendar) {
        if (o.previousClose() != null || o.value() == null || o.change() == null || o.quality() != Quality.OK) {
            return o;
        }
        return bars.day(o.indicatorId(), calendar.previousTradingDay(o.tradingDay()))
                .map(Bar::close)
                .flatMap(close -> Stream.of(
                                o.value().subtract(o.change()), o.value().add(o.change()))
                        .filter(reading -> reading.compareTo(close) == 0)
                        .findFirst())
                .map(close -> new Observation(
                        o.indicatorId(),
                        o.observedAt(),
                        o.value(),
                        o.change(),
                        o.changePercent(),
                        close,
                        o.quality(),
                        o.reason(),
                        o.tradingDay(),
                        o.captureId()))
                .orElse(o);
    }
}
