package id.detak.alert;

import id.detak.alert.RuleWatch.Change;
import id.detak.alert.rule.Transition.Cause;
import id.detak.indicator.Indicator;
import id.detak.series.Observation;
import id.detak.series.Observations;
import id.detak.series.Recorder.Recorded;
import id.detak.series.Recorder.Result;
import id.detak.series.Rejudged;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Evaluates the rules on what was just recorded, in the transaction that recorded it. A suspect observation fires
 * nothing and resolves nothing.
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
            } else if (r.newest()) {
                RuleWatch watch = watches.take(r.indicator(), r.observation().observedAt(), r.step());
                changes.put(r.indicator(), watch.step(r.observation()));
                watches.store(watch, r.step());
            } else {
                watches.invalidate(r.indicator().id());
                if (includeLate) {
                    evaluateLate(r.indicator(), counts ? List.of(r.observation()) : List.of(), r.rejudged());
                }
            }
        }
        transitions.apply(changes);
    }

    /** Evaluates a late observation, and those after it that count, or do not count any more, because of it. */
    private void evaluateLate(Indicator indicator, List<Observation> late, List<Rejudged> rejudged) {
        rejudged.stream()
                .filter(Rejudged::isSuspectNow)
                .forEach(r -> retraction.retract(indicator, r.now().observedAt(), Cause.DOUBTED));
        List<Observation> added = Stream.concat(
                        late.stream(),
                        rejudged.stream().filter(Rejudged::isTrustedNow).map(Rejudged::now))
                .toList();
        if (added.isEmpty()) {
            return;
        }
        Observation newest = observations.lastTrusted(indicator.id()).orElseThrow();
        boolean addsNewest = added.get(added.size() - 1).observedAt().equals(newest.observedAt());
        for (Observation observation : added) {
            if (observation.observedAt().equals(newest.observedAt())) {
                List<Change> changes =
                        watches.rebuild(indicator, newest.observedAt()).step(newest);
                transitions.apply(Map.of(indicator, changes));
            } else {
                evaluateLate(indicator, observation, addsNewest ? null : newest);
            }
        }
    }

    /**
     * Evaluates a poll that waited while newer ones were recorded. Then the newest observation is evaluated again, so
     * that it decides the state; only for the rules that the late one changed, since for others it would count twice.
     *
     * @param newest null if it is evaluated anyway
     */
    private void evaluateLate(Indicator indicator, Observation observation, Observation newest) {
        List<Change> changes =
                watches.rebuild(indicator, observation.observedAt()).stepLate(observation);
        Set<UUID> changed = changes.stream()
                .filter(change -> !change.transitions().isEmpty())
                .map(change -> change.rule().id())
                .collect(Collectors.toSet());
        transitions.apply(Map.of(indicator, changes));
        if (newest != null && !changed.isEmpty()) {
            List<Change> again = watches.rebuild(indicator, newest.observedAt()).step(newest);
            transitions.apply(Map.of(
                    indicator,
                    again.stream()
                            .filter(change -> changed.contains(change.rule().id()))
                            .toList()));
        }
    }
}
