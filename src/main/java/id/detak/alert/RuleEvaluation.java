package id.detak.alert;

import id.detak.alert.RuleWatch.Change;
import id.detak.indicator.Indicator;
import id.detak.series.Observation;
import id.detak.series.Observations;
import id.detak.series.Recorder.Recorded;
import id.detak.series.Recorder.Result;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Evaluates the rules on what was just recorded, in the transaction that recorded it. A suspect observation fires
 * nothing and resolves nothing.
 */
@ApplicationScoped
public class RuleEvaluation {

    private final RuleWatches watches;
    private final AlertTransitions transitions;
    private final Observations observations;

    RuleEvaluation(RuleWatches watches, AlertTransitions transitions, Observations observations) {
        this.watches = watches;
        this.transitions = transitions;
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
            if (r.result() != Result.NEW || !r.observation().isTrusted()) {
                watches.advance(r.indicator(), r.step());
            } else if (r.newest()) {
                RuleWatch watch = watches.take(r.indicator(), r.observation().observedAt(), r.step());
                changes.put(r.indicator(), watch.step(r.observation()));
                watches.store(watch, r.step());
            } else {
                watches.invalidate(r.indicator().id());
                if (includeLate) {
                    evaluateLate(r.indicator(), r.observation());
                }
            }
        }
        transitions.apply(changes);
    }

    /**
     * Evaluates a poll that waited while newer ones were recorded. Then the newest observation is evaluated again, so
     * that it decides the state; only for the rules that the late one changed, since for others it would count twice.
     */
    private void evaluateLate(Indicator indicator, Observation observation) {
        Observation newest = observations.lastTrusted(indicator.id()).orElseThrow();
        RuleWatch past = watches.rebuild(indicator, observation.observedAt());
        if (newest.observedAt().equals(observation.observedAt())) {
            // the newer ones are suspect
            transitions.apply(Map.of(indicator, past.step(observation)));
            return;
        }
        List<Change> changes = past.stepLate(observation);
        Set<UUID> changed = changes.stream()
                .filter(change -> !change.transitions().isEmpty())
                .map(change -> change.rule().id())
                .collect(Collectors.toSet());
        transitions.apply(Map.of(indicator, changes));
        if (!changed.isEmpty()) {
            List<Change> again = watches.rebuild(indicator, newest.observedAt()).step(newest);
            transitions.apply(Map.of(
                    indicator,
                    again.stream()
                            .filter(change -> changed.contains(change.rule().id()))
                            .toList()));
        }
    }
}
