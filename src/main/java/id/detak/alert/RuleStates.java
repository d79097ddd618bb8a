package id.detak.alert;

import id.detak.alert.rule.RuleProgress;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The states of rules. A writer holds the lock on the indicator's row in {@code series}. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class RuleStates implements PanacheRepositoryBase<RuleState, RuleState.Key> {

    /** The states of all rules for an indicator, by rule. */
    Map<UUID, RuleProgress> ofIndicator(int indicatorId) {
        return list("indicatorId", indicatorId).stream()
                .collect(Collectors.toMap(RuleState::ruleId, RuleState::progress));
    }

    /** The states of a rule for all indicators, by indicator. */
    Map<Integer, RuleProgress> ofRule(UUID ruleId) {
        return list("ruleId", ruleId).stream().collect(Collectors.toMap(RuleState::indicatorId, RuleState::progress));
    }

    /** The states of rules, by indicator and rule. */
    Map<Integer, Map<UUID, RuleProgress>> ofRules(Collection<UUID> ruleIds) {
        List<RuleState> states = list("ruleId in ?1", ruleIds);
        return states.stream()
                .collect(Collectors.groupingBy(
                        RuleState::indicatorId, Collectors.toMap(RuleState::ruleId, RuleState::progress)));
    }

    Optional<RuleProgress> of(int indicatorId, UUID ruleId) {
        return findByIdOptional(new RuleState.Key(indicatorId, ruleId)).map(RuleState::progress);
    }

    void save(int indicatorId, UUID ruleId, RuleProgress progress) {
        RuleState.Key key = new RuleState.Key(indicatorId, ruleId);
        findByIdOptional(key)
                .ifPresentOrElse(state -> state.update(progress), () -> persist(new RuleState(key, progress)));
    }

    void remove(int indicatorId, UUID ruleId) {
        deleteById(new RuleState.Key(indicatorId, ruleId));
        // the same key may be inserted again in this transaction, and Hibernate would insert first
        flush();
    }
}
