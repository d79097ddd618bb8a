package id.detak.alert;

import id.detak.alert.Rules.Stored;
import id.detak.alert.rule.Rule;
import id.detak.alert.rule.RuleProgress;
import id.detak.alert.rule.RuleRun;
import id.detak.alert.rule.Transition.Cause;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.notify.Outbox.Parcel;
import id.detak.notify.Outbox;
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
 * Writes rules. An alert under way goes on over a change that leaves alone what it looks at (its name, channels, texts …); over
 * any other, and when the rule is switched off or deleted, it ends, and who was told of it is told.
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

    RuleEditor(Rules rules, RuleStates states, RuleWatches watches, Alerts alerts, AlertTransitions transitions, Outbox outbox, Indicators indicators, SeriesVersions versions, Calendars calendars, Clock clock) {
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
        hold();
        rules.insert(id, rule);
        return id;
    }

    /** @return false where there is none */
    @Transactional
    boolean change(UUID id, Rule rule) {
        hold();
        Optional<Stored> old = rules.lock(id);
        old.ifPresent(stored -> {
            end(stored, rule);
            rules.update(id, rule);
            Instant remindAt = rule.remind() == null ? null : rule.remind().after(clock.instant());
            alerts.firingOf(id).forEach(alert -> alert.remindAt(remindAt));
        });
        return old.isPresent();
    }

    /** @return false where there is none */
    @Transactional
    boolean delete(UUID id) {
        hold();
        Optional<Stored> old = rules.lock(id);
        old.ifPresent(stored -> {
            end(stored, null);
            rules.remove(id);
            outbox.snooze(id, null);
        });
        return old.isPresent();
    }

    /** Nobody records, and what processes remember of rules is no longer good. */
    private void hold() {
        watches.rulesChanged();
        Set<Integer> held = new HashSet<>();
        // one that is being discovered while the others are waited for counts too; its id is higher than theirs
        for (List<Integer> more = others(held); !more.isEmpty(); more = others(held)) {
            versions.write(more);
            held.addAll(more);
        }
    }

    private List<Integer> others(Set<Integer> held) {
        return indicators.all().stream().map(Indicator::id).filter(id -> !held.contains(id)).toList();
    }

    private void end(Stored old, Rule changed) {
        Map<Integer, RuleProgress> standing = states.ofRule(old.id());
        List<Parcel> parcels = new ArrayList<>();
        for (Indicator indicator : indicators.all()) {
            RuleProgress progress = standing.get(indicator.id());
            boolean goesOn = changed != null && changed.enabled() && changed.isAbout(indicator.code()) && changed.looksAtTheSameAs(old.rule());
            if (progress != null && !goesOn) {
                new RuleRun(old.rule(), progress).end(Cause.RULE_CHANGED, clock.instant(), calendars.of(indicator.kind()))
                        .ifPresent(transition -> parcels.addAll(transitions.end(indicator, old, transition)));
                states.remove(indicator.id(), old.id());
            }
        }
        outbox.put(parcels);
    }
}
