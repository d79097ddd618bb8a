package id.detak.alert;

import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.RuleProgress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.query.NativeQuery;

/** The table {@code rule_state}: where each rule stands with each indicator. To write, hold the indicator's row in {@code series}. */
@ApplicationScoped
class RuleStates {

    private static final String COLUMNS = "rule_id, indicator_id, state, since, seen, trading_day, cool_until, alert_id, worst_value, worst_percent, worst_at";

    private final EntityManager em;

    RuleStates(EntityManager em) {
        this.em = em;
    }

    /** By rule. */
    Map<UUID, RuleProgress> ofIndicator(int indicatorId) {
        Map<UUID, RuleProgress> states = new HashMap<>();
        rows("indicator_id = :id", indicatorId).forEach(row -> states.put((UUID) row[0], progress(row)));
        return states;
    }

    /** By indicator. */
    Map<Integer, RuleProgress> ofRule(UUID ruleId) {
        Map<Integer, RuleProgress> states = new HashMap<>();
        rows("rule_id = :id", ruleId).forEach(row -> states.put(((Number) row[1]).intValue(), progress(row)));
        return states;
    }

    /** By indicator, then by rule. */
    Map<Integer, Map<UUID, RuleProgress>> ofRules(Collection<UUID> ruleIds) {
        Map<Integer, Map<UUID, RuleProgress>> states = new HashMap<>();
        rows("rule_id in (:id)", ruleIds).forEach(row -> states.computeIfAbsent(((Number) row[1]).intValue(), id -> new HashMap<>()).put((UUID) row[0], progress(row)));
        return states;
    }

    Optional<RuleProgress> of(int indicatorId, UUID ruleId) {
        return Optional.ofNullable(ofIndicator(indicatorId).get(ruleId));
    }

    private List<Object[]> rows(String condition, Object id) {
        return em.createNativeQuery("select " + COLUMNS + " from rule_state where " + condition, Object[].class).setParameter("id", id).getResultList();
    }

    void save(int indicatorId, UUID ruleId, RuleProgress p) {
        em.createNativeQuery("""
                insert into rule_state (indicator_id, rule_id, state, since, seen, trading_day, cool_until, alert_id, worst_value, worst_percent, worst_at)
                values (:indicator, :rule, :state, :since, :seen, :day, :coolUntil, :alert, :worstValue, :worstPercent, :worstAt)
                on conflict (indicator_id, rule_id) do update set
                    state = excluded.state, since = excluded.since, seen = excluded.seen, trading_day = excluded.trading_day, cool_until = excluded.cool_until,
                    alert_id = excluded.alert_id, worst_value = excluded.worst_value, worst_percent = excluded.worst_percent, worst_at = excluded.worst_at
                """).unwrap(NativeQuery.class)
                .setParameter("indicator", indicatorId).setParameter("rule", ruleId).setParameter("state", p.state().word())
                .setParameter("since", p.since(), Instant.class).setParameter("seen", p.seen()).setParameter("day", p.day(), LocalDate.class)
                .setParameter("coolUntil", p.coolUntil(), Instant.class).setParameter("alert", p.alertId(), UUID.class)
                .setParameter("worstValue", p.worstValue(), BigDecimal.class).setParameter("worstPercent", p.worstPercent(), BigDecimal.class)
                .setParameter("worstAt", p.worstAt(), Instant.class).executeUpdate();
    }

    void delete(int indicatorId, UUID ruleId) {
        em.createNativeQuery("delete from rule_state where indicator_id = :indicator and rule_id = :rule").setParameter("indicator", indicatorId)
                .setParameter("rule", ruleId).executeUpdate();
    }

    private static RuleProgress progress(Object[] row) {
        return new RuleProgress(AlertState.of((String) row[2]), (Instant) row[3], ((Number) row[4]).intValue(), day(row[5]), (Instant) row[6], (UUID) row[7], (BigDecimal) row[8],
                (BigDecimal) row[9], (Instant) row[10]);
    }

    static LocalDate day(Object column) {
        return column instanceof java.sql.Date date ? date.toLocalDate() : (LocalDate) column;
    }
}
