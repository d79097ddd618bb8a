package id.detak.alert;

import id.detak.alert.rule.AlertState;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.UUID;

/** The stored transitions of rules. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class RuleTransitions implements PanacheRepositoryBase<RuleTransition, Long> {

    private static final int MAX_OF_AN_ALERT = 1000;
    private static final String SELECT = "from RuleTransition t join fetch t.indicator where ";

    /** From the transition that began the alert's confirmation, the oldest first. */
    List<RuleTransition> ofAlert(Alert alert) {
        RuleTransition firing = find("alertId = ?1 and toState = ?2", alert.id, AlertState.FIRING)
                .firstResult();
        if (firing == null) {
            return List.of();
        }
        return find(
                        SELECT + """
                t.id >= ?1 and (t.alertId = ?2 or t.alertId is null and t.toState = ?3 and t.ruleId = ?4 and t.indicator = ?5 and t.at <= ?6)
                order by t.id
                """,
                        confirmationStart(firing),
                        alert.id,
                        AlertState.PENDING,
                        alert.ruleId,
                        alert.indicator,
                        alert.firedAt)
                .page(Page.ofSize(MAX_OF_AN_ALERT))
                .list();
    }

    private long confirmationStart(RuleTransition firing) {
        if (firing.fromState != AlertState.PENDING) {
            return firing.id;
        }
        return find(
                        "ruleId = ?1 and indicator = ?2 and toState = ?3 and id < ?4 order by id desc",
                        firing.ruleId,
                        firing.indicator,
                        AlertState.PENDING,
                        firing.id)
                .firstResultOptional()
                .map(pending -> pending.id)
                .orElse(firing.id);
    }

    /** All transitions of a rule, also those that led to no alert, the newest first. */
    List<RuleTransition> ofRule(UUID ruleId, int most) {
        return find(SELECT + "t.ruleId = ?1 order by t.id desc", ruleId)
                .page(Page.ofSize(most))
                .list();
    }
}
