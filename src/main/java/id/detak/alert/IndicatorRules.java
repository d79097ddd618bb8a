package id.detak.alert;

import id.detak.alert.Rules.Stored;
import id.detak.alert.rule.Rule;
import id.detak.alert.rule.RuleProgress;
import id.detak.alert.rule.RuleRun;
import id.detak.alert.rule.Transition.Cause;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.notify.Outbox;
import id.detak.notify.Outbox.Parcel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The rules and alerts of an indicator that is renamed, merged or deleted. The caller holds the lock on its series. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class IndicatorRules {

    private final Rules rules;
    private final RuleStates states;
    private final RuleWatches watches;
    private final AlertTransitions transitions;
    private final Outbox outbox;
    private final Calendars calendars;
    private final EntityManager em;
    private final Clock clock;

    IndicatorRules(
            Rules rules,
            RuleStates states,
            RuleWatches watches,
            AlertTransitions transitions,
            Outbox outbox,
            Calendars calendars,
            EntityManager em,
            Clock clock) {
        this.rules = rules;
        this.states = states;
        this.watches = watches;
        this.transitions = transitions;
        this.outbox = outbox;
        this.calendars = calendars;
        this.em = em;
        this.clock = clock;
    }

    /** The names of the rules that name a code. */
    public List<String> naming(String code) {
        return rules.all().stream()
                .map(Stored::rule)
                .filter(rule -> names(rule, code))
                .map(Rule::name)
                .toList();
    }

    /** Lets the rules that name a code name another one. Firing alerts continue. */
    public void replaceCode(String code, String by) {
        watches.rulesChanged();
        for (Stored named : rules.all()) {
            rules.lock(named.id()).filter(stored -> names(stored.rule(), code)).ifPresent(stored -> {
                List<String> codes = stored.rule().codes().stream()
                        .map(other -> other.equals(code) ? by : other)
                        .distinct()
                        .toList();
                rules.update(stored.id(), stored.rule().withCodes(codes));
            });
        }
    }

    private static boolean names(Rule rule, String code) {
        return !rule.isForAll() && rule.codes().contains(code);
    }

    /**
     * Moves alerts and the states of rules to another indicator. Where a rule has a state for both, that of the target
     * stays, and the other one's alert is resolved.
     */
    public void move(Indicator from, Indicator into) {
        Map<UUID, RuleProgress> kept = states.ofIndicator(into.id());
        end(
                from,
                states.ofIndicator(from.id()).keySet().stream()
                        .filter(kept::containsKey)
                        .toList());
        // as new rows, since Citus refuses to change the column that a table is distributed by
        states.ofIndicator(from.id()).forEach((rule, progress) -> {
            states.remove(from.id(), rule);
            states.save(into.id(), rule, progress);
        });
        em.flush();
        for (String update : List.of(
                "update Alert set indicator.id = :into where indicator.id = :from",
                "update RuleTransition set indicator.id = :into where indicator.id = :from")) {
            em.createQuery(update)
                    .setParameter("into", into.id())
                    .setParameter("from", from.id())
                    .executeUpdate();
        }
        em.clear();
        watches.invalidate(from.id());
        watches.invalidate(into.id());
    }

    /** Resolves the alerts of an indicator, which notifies their channels, and deletes them. */
    public void remove(Indicator indicator) {
        end(indicator, List.copyOf(states.ofIndicator(indicator.id()).keySet()));
        em.flush();
        for (String delete : List.of(
                "delete from RuleState where indicatorId = :id",
                "delete from RuleTransition where indicator.id = :id",
                "delete from Alert where indicator.id = :id")) {
            em.createQuery(delete).setParameter("id", indicator.id()).executeUpdate();
        }
        em.clear();
        watches.invalidate(indicator.id());
    }

    private void end(Indicator indicator, List<UUID> ruleIds) {
        List<Parcel> parcels = new ArrayList<>();
        for (Stored stored : rules.all()) {
            if (ruleIds.contains(stored.id())) {
                RuleProgress progress = states.of(indicator.id(), stored.id()).orElseThrow();
                new RuleRun(stored.rule(), progress)
                        .end(Cause.INDICATOR_REMOVED, clock.instant(), calendars.of(indicator.kind()))
                        .ifPresent(transition -> parcels.addAll(transitions.end(indicator, stored, transition)));
                states.remove(indicator.id(), stored.id());
            }
        }
        outbox.put(parcels);
    }
}
