package id.detak.series;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.capture.Capture;
import id.detak.capture.Via;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.RejectedException;
import id.detak.series.LeadingSources.Day;
import id.detak.series.LeadingSources.Role;
import id.detak.series.Observations.Neighbours;
import id.detak.series.SeriesVersions.Step;
import id.detak.strip.Quality;
import id.detak.strip.Quote;
import io.micrometer.core.annotation.Timed;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Records the quotes of a capture as observations and updates bars and implied closes.
 *
 * <p>Recording a capture twice changes nothing and does not restore voided observations. A different value for an
 * existing key is stored as a conflict; the first value counts.
 *
 * <p>If an indicator has several polled sources, one leads; the numbers of the others are stored separately.
 */
@ApplicationScoped
@Transactional(MANDATORY)
public class Recorder {

    private final Indicators indicators;
    private final Calendars calendars;
    private final Observations observations;
    private final OtherObservations others;
    private final LeadingSources leading;
    private final Bars bars;
    private final QualityJudges judges;
    private final LevelChanges levelChanges;
    private final DerivedDataUpdate derivedDataUpdate;
    private final SeriesVersions versions;

    Recorder(
            Indicators indicators,
            Calendars calendars,
            Observations observations,
            OtherObservations others,
            LeadingSources leading,
            Bars bars,
            QualityJudges judges,
            LevelChanges levelChanges,
            DerivedDataUpdate derivedDataUpdate,
            SeriesVersions versions) {
        this.indicators = indicators;
        this.others = others;
        this.leading = leading;
        this.calendars = calendars;
        this.observations = observations;
        this.bars = bars;
        this.judges = judges;
        this.levelChanges = levelChanges;
        this.derivedDataUpdate = derivedDataUpdate;
        this.versions = versions;
    }

    public enum Result {
        NEW,
        SAME,
        CONFLICTING,
        /** Older than the retention period, so not recorded. */
        PRUNED,
        /** Stored as a number of a source that does not lead. */
        OTHER_SOURCE
    }

    /**
     * @param observation the observation of the quote; of a conflict not the one that counts
     * @param newest whether the indicator has no later observation
     * @param step from the previous version of the series to that of this transaction
     * @param rejudged observations whose verdicts changed because of it, in chronological order
     */
    public record Recorded(
            Indicator indicator,
            Observation observation,
            Result result,
            boolean newest,
            Step step,
            List<Rejudged> rejudged) {

        /** The same, with verdicts that changed before it was recorded. */
        Recorded after(List<Rejudged> before) {
            List<Rejudged> all =
                    Stream.concat(before.stream(), rejudged.stream()).toList();
            return new Recorded(indicator, observation, result, newest, step, all);
        }
    }

    @Timed(
            value = "detak.query",
            extraTags = {"query", "record"},
            histogram = true,
            description = "Time that the main queries take")
    public List<Recorded> record(Capture capture, List<Quote> quotes) {
        Locked locked = lock(capture, quotes);
        BarSet added = new BarSet();
        Map<Indicator, Instant> late = new LinkedHashMap<>();
        List<Recorded> recorded = quotes.stream()
                .filter(locked.indicators::containsKey)
                .map(quote -> record(locked.indicators.get(quote), capture, quote, added, late, locked.steps))
                .toList();
        bars.merge(added.bars());
        late.forEach((indicator, end) -> derivedDataUpdate.rebuild(indicator, capture.observedAt(), end));
        return recorded;
    }

    /** @param indicators as read under the locks; without those that the admin deleted */
    private record Locked(Map<Quote, Indicator> indicators, Map<Integer, Step> steps) {}

    private Locked lock(Capture capture, List<Quote> quotes) {
        Map<Quote, Integer> ids = new LinkedHashMap<>();
        quotes.forEach(quote -> indicators
                .find(quote.code())
                .or(() -> findOrDiscover(quote, capture))
                .ifPresent(indicator -> ids.put(quote, indicator.id())));
        versions.markLocks();
        while (true) {
            Map<Integer, Step> steps = new HashMap<>(versions.write(ids.values()));
            // read under the locks, since an indicator may be renamed, merged or deleted before
            Map<Integer, Indicator> current =
                    indicators.all().stream().collect(Collectors.toMap(Indicator::id, Function.identity()));
            if (current.keySet().containsAll(ids.values())) {
                Map<Quote, Indicator> locked = new HashMap<>();
                ids.forEach((quote, id) -> locked.put(quote, current.get(id)));
                return new Locked(locked, steps);
            }
            // release the locks: the others would be locked out of order, and a merge may wait for one of these
            versions.releaseLocks();
            for (Quote quote : quotes) {
                if (!current.containsKey(ids.get(quote))) {
                    ids.remove(quote);
                    findOrDiscover(quote, capture).ifPresent(indicator -> ids.put(quote, indicator.id()));
                }
            }
        }
    }

    /** Empty if the admin has deleted the indicator. */
    private Optional<Indicator> findOrDiscover(Quote quote, Capture capture) {
        try {
            return Optional.of(indicators.findOrDiscover(quote.code(), capture.observedAt()));
        } catch (RejectedException e) {
            Log.infof("Capture %s: %s", capture.id(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Checks its numbers against each other only. */
    private Recorded recordOther(Indicator indicator, Capture capture, Quote quote, Step step) {
        Observation made = observation(indicator, capture.id(), capture.observedAt(), quote)
                .on(calendars.of(indicator.kind()).tradingDayAt(capture.observedAt()));
        others.insert(capture.source(), made);
        return new Recorded(indicator, made, Result.OTHER_SOURCE, false, step, List.of());
    }

    /** @param late receives the end of the range whose derived data must be recalculated, if it cannot be added to */
    private Recorded record(
            Indicator indicator,
            Capture capture,
            Quote quote,
            BarSet added,
            Map<Indicator, Instant> late,
            Map<Integer, Step> steps) {
        Neighbours around = observations.around(indicator.id(), capture.observedAt());
        Role role = capture.via() == Via.POLL
                ? leading.role(indicator, capture.source(), capture.observedAt(), around.next() == null)
                : Role.LEADS;
        return switch (role) {
            case LEADS -> record(indicator, capture, quote, around, added, late, steps);
            case OTHER -> recordOther(indicator, capture, quote, steps.get(indicator.id()));
            case TAKES_OVER -> {
                List<Rejudged> rejudged = takeOver(indicator, capture, steps);
                Neighbours now = observations.around(indicator.id(), capture.observedAt());
                yield record(indicator, capture, quote, now, added, late, steps).after(rejudged);
            }
        };
    }

    /** Replaces the numbers of other sources from the start of the trading day on. */
    private List<Rejudged> takeOver(Indicator indicator, Capture capture, Map<Integer, Step> steps) {
        Day day = leading.dayOf(indicator, capture.observedAt());
        if (!leading.takeOver(indicator, capture.source(), day)) {
            return List.of();
        }
        // so that rules discard their state of the series
        steps.putAll(versions.write(List.of(indicator.id())));
        return derivedDataUpdate.update(indicator, day.start(), day.last());
    }

    private Recorded record(
            Indicator indicator,
            Capture capture,
            Quote quote,
            Neighbours around,
            BarSet added,
            Map<Indicator, Instant> late,
            Map<Integer, Step> steps) {
        TradingCalendar calendar = calendars.of(indicator.kind());
        QualityJudge judge = judges.after(indicator, around);
        Observation made = judge.judge(observation(indicator, capture.id(), capture.observedAt(), quote));
        Observation stored = around.at();
        boolean newest = around.next() == null;
        Step step = steps.get(indicator.id());
        if (!newest && capture.observedAt().isBefore(versions.keptFrom(indicator.id()))) {
            return new Recorded(indicator, made, Result.PRUNED, false, step, List.of());
        }
        Optional<Observation> superseded =
                around.superseded().stream().filter(made::hasNumbersOf).findFirst();
        if (superseded.isPresent() && (stored == null || stored.isImplied())) {
            return new Recorded(indicator, superseded.get(), Result.SAME, newest, step, List.of());
        }
        if (stored != null && !stored.isImplied()) {
            if (stored.hasNumbersOf(made)) {
                return new Recorded(indicator, stored, Result.SAME, newest, step, List.of());
            }
            observations.insertConflict(made);
            return new Recorded(indicator, made, Result.CONFLICTING, newest, step, List.of());
        }
        if (stored != null) {
            // observed at the instant of an implied close
            observations.delete(stored);
        }
        observations.insert(made);
        Instant at = made.observedAt();
        List<Rejudged> rejudged = newest
                ? List.of()
                : derivedDataUpdate.rejudge(indicator, judge, at.plus(1, ChronoUnit.MICROS), at, Set.of());
        boolean addsTo = stored == null
                && rejudged.isEmpty()
                && made.reason() != QualityReason.LEVEL_CHANGED
                && (newest || !levelChanges.isAfter(indicator.id(), at))
                && isNewest(made, calendar, around)
                && !wasStale(made, calendar, around);
        if (made.isTrusted() && addsTo) {
            added.add(made);
            applyPreviousClose(made, calendar, added);
        } else if (made.isTrusted() || stored != null || !rejudged.isEmpty()) {
            late.merge(indicator, DerivedDataUpdate.end(at, rejudged), (a, b) -> a.isAfter(b) ? a : b);
        }
        return new Recorded(indicator, made, Result.NEW, newest, step, rejudged);
    }

    /**
     * Whether no stored data depends on the observation: later observations are at least two trading days away, and its
     * day has no implied close.
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
            if (isOnNewLevel(made)) {
                return;
            }
            Observation implied = ImpliedCloses.implied(day, made);
            if (observations.insert(implied)) {
                added.add(implied);
            }
            return;
        }
        ImpliedCloses.compare(day, bar.get().close(), closeTolerance(made.indicatorId(), bar.get()), made)
                .filter(difference -> !isOnNewLevel(made))
                .ifPresent(observations::insertDifference);
    }

    /** Whether the level changed on the same trading day, so that the day before is on another one. */
    private boolean isOnNewLevel(Observation made) {
        return levelChanges
                .last(made.indicatorId())
                .filter(change -> change.tradingDay().equals(made.tradingDay()))
                .isPresent();
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

    /** The observation of a quote, judged by the observations before it. */
    Observation observe(Indicator indicator, UUID captureId, Instant at, Quote quote) {
        return judges.from(indicator, at).judge(observation(indicator, captureId, at, quote));
    }

    private static Observation observation(Indicator indicator, UUID captureId, Instant at, Quote quote) {
        return new Observation(
                indicator.id(),
                at,
                quote.value(),
                quote.change(),
                quote.changePercent(),
                quote.previousClose(),
                quote.quality(),
                quote.quality() == Quality.SUSPECT ? QualityReason.CHECK_FAILED : null,
                null,
                captureId);
    }
}
