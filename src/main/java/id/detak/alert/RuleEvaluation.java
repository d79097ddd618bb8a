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
 * Holds what was just recorded against the rules, in the transaction that recorded it. Only what can be believed counts: a
 * suspect number fires nothing and resolves nothing.
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

    /** Of a page that nobody is to be told of: an import. What rules go by afterwards takes it in. */
    public void pass(List<Recorded> recorded) {
        recorded.forEach(r -> pass(r.indicator()));
    }

    /** The series is another now, and nobody is to be told. */
    public void pass(Indicator indicator) {
        watches.forget(indicator.id());
    }

    /**
     * Of a page that was polled, also where it had to wait, and came after newer ones; or that was handed in.
     *
     * @param lateToo whether what is older than what is stored counts: of a poll. A page that is handed in with an older time is
     *     history, and tells nobody.
     */
    public void heed(List<Recorded> recorded, boolean lateToo) {
        Map<Indicator, List<Change>> changes = new LinkedHashMap<>();
        for (Recorded r : recorded) {
            if (r.result() != Result.NEW || !r.observation().isTrusted()) {
                watches.pass(r.indicator(), r.step());
            } else if (r.newest()) {
                RuleWatch watch = watches.at(r.indicator(), r.observation().observedAt(), r.step());
                changes.put(r.indicator(), watch.step(r.observation()));
                watches.keep(watch, r.step());
            } else {
                watches.forget(r.indicator().id());
                if (lateToo) {
                    late(r.indicator(), r.observation());
                }
            }
        }
        transitions.apply(changes);
    }

    /**
     * A poll that waited while newer ones were recorded has its say; then the newest has it again, so that the state goes by it: over
     * rules that the late one moved, since over others it would count twice.
     */
    private void late(Indicator indicator, Observation observation) {
        Observation newest = observations.lastTrusted(indicator.id()).orElseThrow();
        RuleWatch then = watches.madeAnew(indicator, observation.observedAt());
        if (newest.observedAt().equals(observation.observedAt())) {
            // what is newer cannot be believed
            transitions.apply(Map.of(indicator, then.step(observation)));
            return;
        }
        List<Change> changes = then.stepLate(observation);
        Set<UUID> moved = changes.stream().filter(change -> !change.transitions().isEmpty()).map(change -> change.rule().id()).collect(Collectors.toSet());
        transitions.apply(Map.of(indicator, changes));
        if (!moved.isEmpty()) {
            List<Change> again = watches.madeAnew(indicator, newest.observedAt()).step(newest);
            transitions.apply(Map.of(indicator, again.stream().filter(change -> moved.contains(change.rule().id())).toList()));
        }
    }
}
