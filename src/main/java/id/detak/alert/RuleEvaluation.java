package id.detak.alert;

import id.detak.alert.RuleWatch.Change;
import id.detak.indicator.Indicator;
import id.detak.series.Observation;
import id.detak.series.Observations;
import id.detak.series.Recorder.Recorded;
import id.detak.series.Recorder.Result;
import id.detak.series.Rejudged;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Evaluates the rules on the observations just recorded, in the transaction that recorded them. A suspect observation
 * fires nothing and resolves nothing.
 */
@ApplicationScoped
public class RuleEvaluation {

    private final RuleWatches watches;
    private final AlertTransitions transitions;
    private final AlertRetraction retraction;
    private final Observations observations;

    RuleEvaluation(
            RuleWatches watches, AlertTransitions transitions, AlertRetraction retraction, Observations observations) {
        this.watches = watches;
        this.transitions = transitions;
        this.retraction = retraction;
        this.observations = observations;
    }

    /** After an import, which never notifies: the next evaluation takes the imported observations into account. */
    public void reload(List<Recorded> recorded) {
        recorded.forEach(r -> reload(r.indicator()));
    }

    /** After a change of the series that never notifies. */
    public void reload(Indicator indicator) {
        watches.invalidate(indicator.id());
    }

    /**
     * Evaluates a page that was polled or posted.
     *
     * @param includeLate whether observations older than the newest stored one are evaluated: true for polls, which may
     *     have waited in the spool. A page that is posted with an older time is history and does not notify.
     */
    public void evaluate(List<Recorded> recorded, boolean includeLate) {
        Map<Indicator, List<Change>> changes = new LinkedHashMap<>();
        for (Recorded r : recorded) {
            boolean counts = r.result() == Result.NEW && r.observation().isTrusted();
            if (!counts && r.rejudged().isEmpty()) {
                watches.advance(r.indicator(), r.step());
            } else if (r.newest() && r.rejudged().isEmpty()) {
                RuleWatch watch = watches.take(r.indicator(), r.observation().observedAt(), r.step());
                changes.put(r.indicator(), watch.step(r.observation()));
                watches.store(watch, r.step());
            } else {
                watches.invalidate(r.indicator().id());
                if (includeLate || r.newest()) {
                    evaluateLate(r.indicator(), counts ? List.of(r.observation()) : List.of(), r.rejudged());
                }
            }
        }
        transitions.apply(changes);
    }

    /**
     * Evaluates a late observation, and others that count, or do not count any more, because of it. Then the newest
     * observation decides the state; only of the rules that changed, since for others it would count twice.
     */
    private void evaluateLate(Indicator indicator, List<Observation> late, List<Rejudged> rejudged) {
        Set<UUID> changed = new HashSet<>(retraction.end(indicator, AlertRetraction.doubted(rejudged)));
        NavigableSet<Instant> added = Stream.concat(
                        late.stream(),
                        rejudged.stream().filter(Rejudged::isTrustedNow).map(Rejudged::now))
                .map(Observation::observedAt)
                .collect(Collectors.toCollection(TreeSet::new));
        Observation newest = observations.lastTrusted(indicator.id()).orElse(null);
        if (newest == null || added.isEmpty() && changed.isEmpty()) {
            return;
        }
        Instant first = added.isEmpty() ? newest.observedAt() : added.first();
        RuleWatch watch = watches.rebuild(indicator, first);
        List<Change> changes = new ArrayList<>();
        observations.forEachFrom(indicator.id(), first, observation -> {
            boolean isNewest = observation.observedAt().equals(newest.observedAt());
            boolean isAdded = added.contains(observation.observedAt());
            if (isNewest) {
                watch.step(observation).stream()
                        .filter(change ->
                                isAdded || changed.contains(change.rule().id()))
                        .forEach(changes::add);
            } else if (isAdded) {
                for (Change change : watch.stepLate(observation)) {
                    changes.add(change);
                    if (!change.transitions().isEmpty()) {
                        changed.add(change.rule().id());
                    }
                }
            } else if (observation.isTrusted()) {
                watch.replay(observation);
            }
            return !isNewest;
        });
        transitions.apply(Map.of(indicator, changes));
    }
}
