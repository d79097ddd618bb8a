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
import id.detak.series.Rejudged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** The observations that were trusted before all changes and are suspect after them. */
    public static Map<Instant, Cause> doubted(List<Rejudged> rejudged) {
        Map<Instant, Rejudged> byInstant = new LinkedHashMap<>();
        rejudged.forEach(r ->
                byInstant.merge(r.now().observedAt(), r, (first, last) -> new Rejudged(first.before(), last.now())));
        return byInstant.values().stream()
                .filter(Rejudged::isSuspectNow)
                .collect(Collectors.toMap(r -> r.now().observedAt(), r -> Cause.DOUBTED));
    }

    /** @param uncounted instants of observations that no longer count, and why */
    @Transactional(TxType.MANDATORY)
    public void retract(Indicator indicator, Map<Instant, Cause> uncounted) {
        Set<UUID> ended = end(indicator, uncounted);
        if (!ended.isEmpty()) {
            observations.lastTrusted(indicator.id()).ifPresent(newest -> reevaluate(indicator, newest, ended));
        }
    }

    /** @return the rules whose alerts ended, which the newest observation decides now */
    Set<UUID> end(Indicator indicator, Map<Instant, Cause> uncounted) {
        watches.invalidate(indicator.id());
        if (uncounted.isEmpty()) {
            return Set.of();
        }
        Map<UUID, Cause> dependent = new HashMap<>();
        states.ofIndicator(indicator.id()).forEach((rule, progress) -> dependsOn(progress)
                .filter(uncounted::containsKey)
                .findFirst()
                .ifPresent(at -> dependent.put(rule, uncounted.get(at))));
        if (!dependent.isEmpty()) {
            outbox.put(rules.all().stream()
                    .filter(stored -> dependent.containsKey(stored.id()))
                    .flatMap(stored -> end(indicator, stored, dependent.get(stored.id())))
                    .toList());
        }
        return dependent.keySet();
    }

    /** The observations that it fired on, or was measured against. */
    private Stream<Instant> dependsOn(RuleProgress progress) {
        return switch (progress.state()) {
            case PENDING -> Stream.ofNullable(progress.since());
            case FIRING ->
                Stream.concat(
                                Stream.of(progress.since()),
                                alerts.find(progress.alertId()).map(alert -> alert.referenceAt).stream())
                        .filter(Objects::nonNull);
            case NO_DATA, OK, RESOLVED -> Stream.empty();
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
