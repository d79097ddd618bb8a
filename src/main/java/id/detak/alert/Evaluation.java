package id.detak.alert;

import id.detak.alert.Rules.Stored;
import id.detak.alert.Watch.Change;
import id.detak.alert.rule.Progress;
import id.detak.alert.rule.RuleRun;
import id.detak.alert.rule.State;
import id.detak.alert.rule.Transition.Cause;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.notify.Outbox;
import id.detak.notify.Outbox.Parcel;
import id.detak.series.Observation;
import id.detak.series.Observations;
import id.detak.series.Recorder.Recorded;
import id.detak.series.Recorder.Result;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what was just recorded against the rules, in the transaction that recorded it. Only what can be believed counts: a
 * suspect number fires nothing and resolves nothing.
 */
@ApplicationScoped
public class Evaluation {

    private final Watches watches;
    private final Consequences consequences;
    private final Observations observations;
    private final RuleStates states;
    private final Rules rules;
    private final Outbox outbox;
    private final Calendars calendars;
    private final Clock clock;

    Evaluation(Watches watches, Consequences consequences, Observations observations, RuleStates states, Rules rules, Outbox outbox, Calendars calendars,
            Clock clock) {
        this.watches = watches;
        this.consequences = consequences;
        this.observations = observations;
        this.states = states;
        this.rules = rules;
        this.outbox = outbox;
        this.calendars = calendars;
        this.clock = clock;
    }

    /** Of a page that nobody is to be told of: an import. What rules go by afterwards takes it in. */
    public void pass(List<Recorded> recorded) {
        recorded.forEach(r -> pass(r.indicator()));
    }

    /** The series is another now, and nobody is to be told. */
    public void pass(Indicator indicator) {
        watches.forget(indicator.id());
    }

    /** A hand voided what was observed at that moment: what fired on it is over. Then the newest has its say, as if that had never been. */
    public void heedVoid(Indicator indicator, Instant at) {
        watches.forget(indicator.id());
        Set<UUID> begun = states.ofIndicator(indicator.id()).entrySet().stream()
                .filter(entry -> isUnderWay(entry.getValue()) && at.equals(entry.getValue().since())).map(Map.Entry::getKey).collect(Collectors.toSet());
        if (begun.isEmpty()) {
            return;
        }
        outbox.put(rules.all().stream().filter(stored -> begun.contains(stored.id())).flatMap(stored -> end(indicator, stored)).toList());
        observations.lastTrusted(indicator.id()).ifPresent(newest -> judge(indicator, newest, begun));
    }

    private static boolean isUnderWay(Progress progress) {
        return progress.state() == State.FIRING || progress.state() == State.PENDING;
    }

    private Stream<Parcel> end(Indicator indicator, Stored stored) {
        Progress progress = states.of(indicator.id(), stored.id()).orElseThrow();
        states.delete(indicator.id(), stored.id());
        return new RuleRun(stored.rule(), progress).end(Cause.VOIDED, clock.instant(), calendars.of(indicator.kind())).stream()
                .flatMap(transition -> consequences.end(indicator, stored, transition).stream());
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
                Watch watch = watches.at(r.indicator(), r.observation().observedAt(), r.step());
                changes.put(r.indicator(), watch.step(r.observation()));
                watches.keep(watch, r.step());
            } else {
                watches.forget(r.indicator().id());
                if (lateToo) {
                    late(r.indicator(), r.observation());
                }
            }
        }
        consequences.take(changes);
    }

    /**
     * A poll that waited while newer ones were recorded has its say; then the newest has it again, so that the state goes by it: over
     * rules that the late one moved, since over others it would count twice.
     */
    private void late(Indicator indicator, Observation observation) {
        Observation newest = observations.lastTrusted(indicator.id()).orElseThrow();
        Watch then = watches.madeAnew(indicator, observation.observedAt());
        if (newest.observedAt().equals(observation.observedAt())) {
            // what is newer cannot be believed
            consequences.take(Map.of(indicator, then.step(observation)));
            return;
        }
        List<Change> changes = then.stepLate(observation);
        Set<UUID> moved = changes.stream().filter(change -> !change.transitions().isEmpty()).map(change -> change.rule().id()).collect(Collectors.toSet());
        consequences.take(Map.of(indicator, changes));
        if (!moved.isEmpty()) {
            judge(indicator, newest, moved);
        }
    }

    private void judge(Indicator indicator, Observation newest, Set<UUID> ruleIds) {
        List<Change> changes = watches.madeAnew(indicator, newest.observedAt()).step(newest);
        consequences.take(Map.of(indicator, changes.stream().filter(change -> ruleIds.contains(change.rule().id())).toList()));
    }
}
