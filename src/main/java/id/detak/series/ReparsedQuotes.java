package id.detak.series;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.KnownIndicators;
import id.detak.platform.Wib;
import id.detak.series.SupersededObservation.Cause;
import id.detak.strip.Quality;
import id.detak.strip.Quote;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares reparsed captures with their stored observations. Missing observations are inserted; changed ones supersede
 * those of the same capture, which stay readable. Repeating it changes nothing.
 */
@ApplicationScoped
public class ReparsedQuotes {

    private final Indicators indicators;
    private final Observations observations;
    private final SupersededObservations superseded;
    private final Recorder recorder;
    private final LeadingSources leading;
    private final DerivedDataUpdate derivedDataUpdate;
    private final SeriesVersions versions;
    private final Clock clock;

    ReparsedQuotes(
            Indicators indicators,
            Observations observations,
            SupersededObservations superseded,
            Recorder recorder,
            LeadingSources leading,
            DerivedDataUpdate derivedDataUpdate,
            SeriesVersions versions,
            Clock clock) {
        this.indicators = indicators;
        this.observations = observations;
        this.superseded = superseded;
        this.recorder = recorder;
        this.leading = leading;
        this.derivedDataUpdate = derivedDataUpdate;
        this.versions = versions;
        this.clock = clock;
    }

    /**
     * The quotes that the current parser finds in a capture.
     *
     * @param source the source that was polled, or null
     */
    public record Reading(UUID captureId, String source, Instant observedAt, List<Quote> quotes) {}

    /**
     * A difference between a stored observation and the reparsed quote.
     *
     * @param indicator null if it is not discovered yet
     * @param before the stored observation, or null
     * @param now the quote of the capture, or null if it has none for that indicator
     */
    public record Change(
            Indicator indicator, String code, Instant observedAt, UUID captureId, Observation before, Quote now) {}

    private record Key(int indicatorId, Instant observedAt) {

        private static Key of(Observation o) {
            return new Key(o.indicatorId(), o.observedAt());
        }
    }

    /** The changes that {@link #write} would make. */
    @Transactional(MANDATORY)
    public List<Change> compare(Collection<Reading> readings) {
        return compare(readings, indicators.known());
    }

    /**
     * Stores the reparsed quotes and updates the derived data, in chronological order. Locks the series until the
     * transaction ends.
     */
    @Transactional(MANDATORY)
    public List<Change> write(Collection<Reading> readings) {
        List<Change> found = compare(readings);
        if (found.isEmpty()) {
            return found;
        }
        found.stream()
                .filter(change -> change.indicator == null)
                .forEach(change -> indicators.findOrDiscover(change.code, change.observedAt));
        KnownIndicators known = indicators.known();
        Set<Integer> touched = found.stream()
                .flatMap(change -> known.find(change.code).stream())
                .map(Indicator::id)
                .collect(Collectors.toSet());
        versions.write(touched);
        // compared again now that the series are locked
        List<Change> changes = compare(readings).stream()
                .filter(change -> change.indicator != null && touched.contains(change.indicator.id()))
                .toList();
        Map<Indicator, List<Change>> byIndicator = changes.stream()
                .collect(Collectors.groupingBy(Change::indicator, LinkedHashMap::new, Collectors.toList()));
        byIndicator.forEach(this::write);
        return changes;
    }

    /** Day by day, since an observation is compared with the bar of the day before. */
    private void write(Indicator indicator, List<Change> changes) {
        Map<LocalDate, List<Change>> byDay = changes.stream()
                .collect(Collectors.groupingBy(
                        change -> Wib.date(change.observedAt), LinkedHashMap::new, Collectors.toList()));
        byDay.values().forEach(day -> {
            day.forEach(change -> write(indicator, change));
            derivedDataUpdate.update(indicator, day.get(0).observedAt, day.get(day.size() - 1).observedAt);
        });
    }

    private void write(Indicator indicator, Change change) {
        if (change.before != null && change.before.isImplied()) {
            observations.delete(change.before);
        } else if (change.before != null) {
            superseded.add(new SupersededObservation(
                    change.before, clock.instant().truncatedTo(ChronoUnit.MICROS), Cause.REPARSE, null, null));
        }
        if (change.now != null) {
            observations.insert(recorder.observe(indicator, change.captureId, change.observedAt, change.now));
        }
    }

    private List<Change> compare(Collection<Reading> readings, KnownIndicators known) {
        Set<Instant> instants = readings.stream().map(Reading::observedAt).collect(Collectors.toSet());
        Map<Key, Observation> stored =
                observations.at(instants).stream().collect(Collectors.toMap(Key::of, Function.identity()));
        Set<Key> voided = superseded.at(instants).stream()
                .filter(SupersededObservation::isVoided)
                .map(old -> Key.of(old.observation()))
                .collect(Collectors.toSet());
        Map<Integer, Instant> keptFrom = new HashMap<>();
        Map<Key, String> leads = new HashMap<>();
        List<Change> changes = new ArrayList<>();
        for (Reading reading : readings) {
            Set<Integer> mentioned = new HashSet<>();
            for (Quote quote : reading.quotes) {
                Indicator indicator = known.find(quote.code()).orElse(null);
                if (indicator != null
                        && reading.observedAt.isBefore(keptFrom.computeIfAbsent(indicator.id(), versions::keptFrom))) {
                    mentioned.add(indicator.id());
                    continue; // deleted, and the bars of that time are final
                }
                // the first of two quotes with the same label counts
                if (indicator == null || mentioned.add(indicator.id())) {
                    Key key = indicator == null ? null : new Key(indicator.id(), reading.observedAt);
                    Observation current = stored.get(key);
                    boolean added = current == null || current.isImplied();
                    if (!voided.contains(key)
                            && differs(current, quote, reading.captureId)
                            && (!added || indicator == null || leads(reading, indicator, leads))) {
                        changes.add(new Change(
                                indicator, quote.code(), reading.observedAt, reading.captureId, current, quote));
                    }
                }
            }
            known.all().stream()
                    .filter(indicator -> !mentioned.contains(indicator.id())
                            && !reading.observedAt.isBefore(
                                    keptFrom.computeIfAbsent(indicator.id(), versions::keptFrom)))
                    .forEach(indicator -> {
                        Observation current = stored.get(new Key(indicator.id(), reading.observedAt));
                        if (current != null && !current.isImplied() && reading.captureId.equals(current.captureId())) {
                            changes.add(new Change(
                                    indicator, indicator.code(), reading.observedAt, reading.captureId, current, null));
                        }
                    });
        }
        return changes;
    }

    /**
     * Whether the source of a reading leads on its day; only then may the reading add a number. On a day before all
     * polled numbers, the source of the first reading leads.
     *
     * @param byDay the leading sources of the days that were looked up
     */
    private boolean leads(Reading reading, Indicator indicator, Map<Key, String> byDay) {
        return reading.source == null
                || reading.source.equals(byDay.computeIfAbsent(
                        new Key(
                                indicator.id(),
                                leading.dayOf(indicator, reading.observedAt).start()),
                        day -> leading.leadAt(indicator, reading.observedAt).orElse(reading.source)));
    }

    /** Values of another capture or of a file stay, since they came first. */
    private static boolean differs(Observation current, Quote quote, UUID captureId) {
        if (current == null || current.isImplied()) {
            return true;
        }
        boolean same = Observation.same(current.value(), quote.value())
                && Observation.same(current.change(), quote.change())
                && Observation.same(current.changePercent(), quote.changePercent());
        // the checks against earlier observations are not part of parsing
        boolean judgedAlike = current.isSuspect()
                        && current.reason() != null
                        && current.reason().isByHistory()
                ? quote.quality() != Quality.SUSPECT
                : current.quality() == quote.quality();
        return captureId.equals(current.captureId()) && !(same && judgedAlike);
    }
}
