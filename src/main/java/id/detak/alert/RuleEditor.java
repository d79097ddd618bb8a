package id.detak.alert;

import id.detak.alert.Rules.Stored;
import id.detak.alert.rule.Rule;
import id.detak.alert.rule.RuleProgress;
import id.detak.alert.rule.RuleRun;
import id.detak.alert.rule.Transition.Cause;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.KnownIndicators;
import id.detak.notify.Outbox;
import id.detak.notify.Outbox.Parcel;
import id.detak.platform.RejectedException;
import id.detak.series.SeriesVersions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Creates, updates and deletes rules. A firing alert continues if the update keeps the condition (it may change the
 * name, the channels, the text …). Any other update, disabling the rule or deleting it resolves the alert and notifies
 * its channels.
 */
@ApplicationScoped
class RuleEditor {

    private final Rules rules;
    private final RuleStates states;
    private final RuleWatches watches;
    private final Alerts alerts;
    private final AlertTransitions transitions;
    private final Outbox outbox;
    private final Indicators indicators;
    private final SeriesVersions versions;
    private final Calendars calendars;
    private final Clock clock;

    RuleEditor(
            Rules rules,
            RuleStates states,
            RuleWatches watches,
            Alerts alerts,
            AlertTransitions transitions,
            Outbox outbox,
            Indicators indicators,
            SeriesVersions versions,
            Calendars calendars,
            Clock clock) {
        this.rules = rules;
        this.states = states;
        this.watches = watches;
        this.alerts = alerts;
        this.transitions = transitions;
        this.outbox = outbox;
        this.indicators = indicators;
        this.versions = versions;
        this.calendars = calendars;
        this.clock = clock;
    }

    @Transactional
    UUID create(Rule rule) {
        UUID id = UUID.randomUUID();
        lockAllSeries();
        rules.insert(id, current(rule));
        return id;
    }

    /** @return false if there is no such rule */
    @Transactional
    boolean update(UUID id, Rule given) {
        lockAllSeries();
        Rule rule = current(given);
        Optional<Stored> old = rules.lock(id);
        old.ifPresent(stored -> {
            endAlerts(stored, rule);
            rules.update(id, rule);
            Instant remindAt = rule.remind() == null ? null : rule.remind().after(clock.instant());
            alerts.firingOf(id).forEach(alert -> alert.remindAt(remindAt));
        });
        return old.isPresent();
    }

    /** @return false if there is no such rule */
    @Transactional
    boolean delete(UUID id) {
        lockAllSeries();
        Optional<Stored> old = rules.lock(id);
        old.ifPresent(stored -> {
            endAlerts(stored, null);
            rules.remove(id);
            outbox.snooze(id, null);
        });
        return old.isPresent();
    }

    /** An indicator may have been renamed or deleted since the codes were checked. */
    private Rule current(Rule rule) {
        if (rule.isForAll()) {
            return rule;
        }
        KnownIndicators known = indicators.known();
        return rule.withCodes(rule.codes().stream()
                .map(code -> known.find(code)
                        .map(Indicator::code)
                        .orElseThrow(() -> RejectedException.conflict("The indicator " + code
                                + " was just deleted. GET /api/v1/indicators lists the indicators.")))
                .distinct()
                .toList());
    }

    /** Blocks recording until the transaction ends and invalidates the cached watches of all replicas. */
    private void lockAllSeries() {
        watches.rulesChanged();
        Set<Integer> locked = new HashSet<>();
        // an indicator may be discovered while this waits for the locks; its id is higher than the others, so the order
        // holds
        for (List<Integer> more = notIn(locked); !more.isEmpty(); more = notIn(locked)) {
            versions.write(more);
            locked.addAll(more);
        }
    }

    private List<Integer> notIn(Set<Integer> locked) {
        return indicators.all().stream()
                .map(Indicator::id)
                .filter(id -> !locked.contains(id))
                .toList();
    }

    /** @param updated null if the rule is deleted */
    private void endAlerts(Stored old, Rule updated) {
        Map<Integer, RuleProgress> progressByIndicator = states.ofRule(old.id());
        List<Parcel> parcels = new ArrayList<>();
        for (Indicator indicator : indicators.all()) {
            RuleProgress progress = progressByIndicator.get(indicator.id());
            boolean continues = updated != null
                    && updated.enabled()
                    && updated.appliesTo(indicator.code())
                    && updated.hasSameConditionAs(old.rule());
            if (progress != null && !continues) {
                new RuleRun(old.rule(), progress)
                        .end(Cause.RULE_CHANGED, clock.instant(), calendars.of(indicator.kind()))
                        .ifPresent(transition -> parcels.addAll(transitions.end(indicator, old, transition)));
                states.remove(indicator.id(), old.id());
            }
        }
        outbox.put(parcels);
    }
}
