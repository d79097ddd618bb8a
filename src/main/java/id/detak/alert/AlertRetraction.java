package id.detak.alert;

import id.detak.alert.RuleWatch.Change;
import id.detak.alert.Rules.Stored;
import id.detak.alert.rule.RuleProgress;
import id.detak.alert.rule.RuleRun;
import id.detak.alert.rule.Transition.Cause;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.notify.Outbox;
import id.detak.notify.Outbox.Parcel;
import id.detak.series.Observation;
import id.detak.series.Observations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Resolves the alerts that depend on an observation that no longer counts, because they fired on it or were measured
 * against it, and notifies their channels. The newest observation is then evaluated as if that one had never existed.
 */
@ApplicationScoped
public class AlertRetraction {

    private final RuleWatches watches;
    private final RuleStates states;
    private final Rules rules;
    private final Alerts alerts;
    private final AlertTransitions transitions;
    private final Outbox outbox;
    private final Observations observations;
    private final Calendars calendars;
    private final Clock clock;

    AlertRetraction(
            RuleWatches watches,
            RuleStates states,
            Rules rules,
            Alerts alerts,
            AlertTransitions transitions,
            Outbox outbox,
            Observations observations,
            Calendars calendars,
            Clock clock) {
        this.watches = watches;
        this.states = states;
        this.rules = rules;
        this.alerts = alerts;
        this.transitions = transitions;
        this.outbox = outbox;
        this.observations = observations;
        this.calendars = calendars;
        this.clock = clock;
    }

    @Transactional(TxType.MANDATORY)
    public void retract(Indicator indicator, Instant at, Cause cause) {
        watches.invalidate(indicator.id());
        Set<UUID> dependent = states.ofIndicator(indicator.id()).entrySet().stream()
                .filter(entry -> dependsOn(entry.getValue(), at))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (dependent.isEmpty()) {
            return;
        }
        outbox.put(rules.all().stream()
                .filter(stored -> dependent.contains(stored.id()))
                .flatMap(stored -> end(indicator, stored, cause))
                .toList());
        observations.lastTrusted(indicator.id()).ifPresent(newest -> reevaluate(indicator, newest, dependent));
    }

    private boolean dependsOn(RuleProgress progress, Instant at) {
        return switch (progress.state()) {
            case PENDING -> at.equals(progress.since());
            case FIRING ->
                at.equals(progress.since())
                        || alerts.find(progress.alertId())
                                .filter(alert -> at.equals(alert.referenceAt))
                                .isPresent();
            case NO_DATA, OK, RESOLVED -> false;
        };
    }

    private Stream<Parcel> end(Indicator indicator, Stored stored, Cause cause) {
        RuleProgress progress = states.of(indicator.id(), stored.id()).orElseThrow();
        states.remove(indicator.id(), stored.id());
        return new RuleRun(stored.rule(), progress)
                .end(cause, clock.instant(), calendars.of(indicator.kind())).stream()
                        .flatMap(transition -> transitions.end(indicator, stored, transition).stream());
    }

    private void reevaluate(Indicator indicator, Observation newest, Set<UUID> ruleIds) {
        List<Change> changes = watches.rebuild(indicator, newest.observedAt()).step(newest);
        transitions.apply(Map.of(
                indicator,
                changes.stream()
                        .filter(change -> ruleIds.contains(change.rule().id()))
                        .toList()));
    }
}
