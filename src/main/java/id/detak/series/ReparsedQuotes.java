package id.detak.series;

import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import id.detak.series.SupersededObservation.Cause;
import id.detak.strip.Quality;
import id.detak.strip.Quote;
import jakarta.enterprise.context.ApplicationScoped;
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
 * What captures read now, held against what is stored of them: what is missing is filled in, and what reads otherwise takes the
 * place of what came from the same capture, which stays readable. Doing it again changes nothing.
 */
@ApplicationScoped
public class ReparsedQuotes {

    private final Indicators indicators;
    private final Observations observations;
    private final SupersededObservations supersessions;
    private final Recorder recorder;
    private final DerivedDataUpdate corrections;
    private final SeriesVersions versions;
    private final Clock clock;

    ReparsedQuotes(Indicators indicators, Observations observations, SupersededObservations supersessions, Recorder recorder, DerivedDataUpdate corrections, SeriesVersions versions, Clock clock) {
        this.indicators = indicators;
        this.observations = observations;
        this.supersessions = supersessions;
        this.recorder = recorder;
        this.corrections = corrections;
        this.versions = versions;
        this.clock = clock;
    }

    /** What a capture reads now. */
    public record Reading(UUID captureId, Instant observedAt, List<Quote> quotes) {
    }

    /**
     * What differs.
     *
     * @param indicator null where it is yet to be discovered
     * @param before what stands, or null where nothing does
     * @param now what the capture says, or null where it says nothing of that indicator
     */
    public record Change(Indicator indicator, String code, Instant observedAt, UUID captureId, Observation before, Quote now) {
    }

    private record Key(int indicatorId, Instant observedAt) {

        private static Key of(Observation o) {
            return new Key(o.indicatorId(), o.observedAt());
        }
    }

    /** What would change. Call within a transaction. */
    public List<Change> compare(Collection<Reading> readings) {
        return compare(readings, indicators.all());
    }

    /** Changes it, with all that follows from it, in the order of time. Call within a transaction, which other writers of these series wait for. */
    public List<Change> write(Collection<Reading> readings) {
        List<Change> found = compare(readings);
        if (found.isEmpty()) {
            return found;
        }
        found.stream().filter(change -> change.indicator == null).forEach(change -> indicators.findOrDiscover(change.code, change.observedAt));
        Map<String, Indicator> known = byCode(indicators.all());
        Set<Integer> touched = found.stream().map(change -> find(known, change.code).id()).collect(Collectors.toSet());
        versions.write(touched);
        // as it is now that nobody else writes
        List<Change> changes = compare(readings).stream().filter(change -> touched.contains(change.indicator.id())).toList();
        Map<Indicator, List<Change>> byIndicator = changes.stream().collect(Collectors.groupingBy(Change::indicator, LinkedHashMap::new, Collectors.toList()));
        byIndicator.forEach(this::write);
        return changes;
    }

    /** A day after the other: what an observation says of the day before is held against that day's bar. */
    private void write(Indicator indicator, List<Change> changes) {
        Map<LocalDate, List<Change>> byDay = changes.stream()
                .collect(Collectors.groupingBy(change -> LocalDate.ofInstant(change.observedAt, TradingCalendar.ZONE), LinkedHashMap::new, Collectors.toList()));
        byDay.values().forEach(day -> {
            day.forEach(change -> write(indicator, change));
            corrections.follow(indicator, day.get(0).observedAt, day.get(day.size() - 1).observedAt);
        });
    }

    private void write(Indicator indicator, Change change) {
        if (change.before != null && change.before.isImplied()) {
            observations.delete(change.before);
        } else if (change.before != null) {
            supersessions.add(new SupersededObservation(change.before, clock.instant().truncatedTo(ChronoUnit.MICROS), Cause.REPARSE, null, null));
        }
        if (change.now != null) {
            observations.insert(recorder.observe(indicator, change.captureId, change.observedAt, change.now));
        }
    }

    private List<Change> compare(Collection<Reading> readings, Collection<Indicator> all) {
        Map<String, Indicator> known = byCode(all);
        Map<Integer, Indicator> byId = all.stream().collect(Collectors.toMap(Indicator::id, Function.identity()));
        Set<Instant> instants = readings.stream().map(Reading::observedAt).collect(Collectors.toSet());
        Map<Key, Observation> stored = observations.at(instants).stream().collect(Collectors.toMap(Key::of, Function.identity()));
        Set<Key> voided = supersessions.at(instants).stream().filter(SupersededObservation::isVoided).map(old -> Key.of(old.observation())).collect(Collectors.toSet());
        Map<Integer, Instant> keptFrom = new HashMap<>();
        List<Change> changes = new ArrayList<>();
        for (Reading reading : readings) {
            Set<Integer> said = new HashSet<>();
            for (Quote quote : reading.quotes) {
                Indicator indicator = find(known, quote.code());
                if (indicator != null && reading.observedAt.isBefore(keptFrom.computeIfAbsent(indicator.id(), versions::keptFrom))) {
                    said.add(indicator.id());
                    continue; // deleted, and the bars of that time are final
                }
                // of two prints of one label the first counts
                if (indicator == null || said.add(indicator.id())) {
                    Key key = indicator == null ? null : new Key(indicator.id(), reading.observedAt);
                    Observation there = stored.get(key);
                    if (!voided.contains(key) && isOtherwise(there, quote, reading.captureId)) {
                        changes.add(new Change(indicator, quote.code(), reading.observedAt, reading.captureId, there, quote));
                    }
                }
            }
            byId.values().stream().filter(indicator -> !said.contains(indicator.id()) && !reading.observedAt.isBefore(keptFrom.computeIfAbsent(indicator.id(), versions::keptFrom))).forEach(indicator -> {
                Observation there = stored.get(new Key(indicator.id(), reading.observedAt));
                if (there != null && !there.isImplied() && reading.captureId.equals(there.captureId())) {
                    changes.add(new Change(indicator, indicator.code(), reading.observedAt, reading.captureId, there, null));
                }
            });
        }
        return changes;
    }

    /** Numbers of another capture, or of a file, stand where they were first. */
    private static boolean isOtherwise(Observation there, Quote quote, UUID captureId) {
        if (there == null || there.isImplied()) {
            return true;
        }
        boolean same = Observation.same(there.value(), quote.value()) && Observation.same(there.change(), quote.change()) && Observation.same(there.changePercent(), quote.changePercent());
        // that it moved while its market was closed is not read in the page
        boolean judgedAlike = there.reason() == SuspectReason.MARKET_CLOSED ? quote.quality() != Quality.SUSPECT : there.quality() == quote.quality();
        return captureId.equals(there.captureId()) && !(same && judgedAlike);
    }

    private Indicator find(Map<String, Indicator> known, String code) {
        return known.computeIfAbsent(code, unknown -> indicators.find(unknown).orElse(null));
    }

    private static Map<String, Indicator> byCode(Collection<Indicator> all) {
        return all.stream().collect(Collectors.toMap(Indicator::code, Function.identity(), (a, b) -> a, HashMap::new));
    }
}
