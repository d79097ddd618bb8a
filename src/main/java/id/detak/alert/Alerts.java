package id.detak.alert;

import id.detak.alert.rule.AlertState;
import id.detak.notify.Severity;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The stored alerts. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class Alerts implements PanacheRepositoryBase<Alert, UUID> {

    private static final String SELECT = "from Alert a join fetch a.indicator where ";

    record FiringCount(Severity severity, Long count) {}

    Optional<Alert> find(UUID id) {
        return find(SELECT + "a.id = ?1", id).firstResultOptional();
    }

    /** The newest first. */
    List<Alert> list(AlertFilter filter, int most) {
        StringBuilder where = new StringBuilder("true");
        Map<String, Object> parameters = new HashMap<>();
        filter(where, parameters, "a.state = :state", "state", filter.state());
        filter(where, parameters, "a.indicator.id = :indicator", "indicator", filter.indicatorId());
        filter(where, parameters, "a.ruleId = :rule", "rule", filter.ruleId());
        filter(
                where,
                parameters,
                "(a.firedAt, a.id) < (select b.firedAt, b.id from Alert b where b.id = :before)",
                "before",
                filter.before());
        filter(where, parameters, "a.firedAt >= :from", "from", filter.from());
        filter(where, parameters, "a.firedAt <= :to", "to", filter.to());
        return find(SELECT + where + " order by a.firedAt desc, a.id desc", parameters)
                .page(Page.ofSize(most))
                .list();
    }

    private static void filter(
            StringBuilder where, Map<String, Object> parameters, String condition, String name, Object value) {
        if (value != null) {
            where.append(" and ").append(condition);
            parameters.put(name, value);
        }
    }

    /** The firing alerts of the highest severity, the newest first. */
    List<Alert> gravest(int most) {
        return find(SELECT + """
                a.state = ?1
                order by case a.severity when ?2 then 2 when ?3 then 1 else 0 end desc, a.firedAt desc, a.id desc
                """, AlertState.FIRING, Severity.CRITICAL, Severity.WARNING)
                .page(Page.ofSize(most))
                .list();
    }

    /** The newest alert of each of these rules, by rule. */
    Map<UUID, Alert> newestOf(Collection<UUID> ruleIds) {
        if (ruleIds.isEmpty()) {
            return Map.of();
        }
        List<UUID> newest = getEntityManager()
                .createNativeQuery("""
                        select distinct on (rule_id) id from alert where rule_id in (:rules)
                        order by rule_id, fired_at desc, id desc
                        """, UUID.class)
                .setParameter("rules", ruleIds)
                .getResultList();
        List<Alert> alerts = list(SELECT + "a.id in ?1", newest);
        return alerts.stream().collect(Collectors.toMap(alert -> alert.ruleId, Function.identity()));
    }

    List<Alert> firingOf(UUID ruleId) {
        return list("ruleId = ?1 and state = ?2", ruleId, AlertState.FIRING);
    }

    long firingCount() {
        return count("state", AlertState.FIRING);
    }

    Map<Severity, Long> firingBySeverity() {
        return getEntityManager()
                .createQuery(
                        "select severity, count(*) from Alert where state = :firing group by severity",
                        FiringCount.class)
                .setParameter("firing", AlertState.FIRING)
                .getResultStream()
                .collect(Collectors.toMap(FiringCount::severity, FiringCount::count));
    }

    /** The alerts whose reminder is due by the database's clock. */
    List<UUID> due() {
        return getEntityManager()
                .createNativeQuery(
                        "select id from alert where state = 'firing' and remind_at <= now() order by remind_at",
                        UUID.class)
                .getResultList();
    }

    /**
     * Claims a reminder that is due: of several replicas one succeeds.
     *
     * @return false if another one was faster or the alert has resolved
     */
    boolean postponeReminder(UUID id, double seconds) {
        return getEntityManager()
                        .createNativeQuery(
                                "update alert set remind_at = now() + make_interval(secs => :seconds) where id = :id and state = 'firing' and remind_at <= now()")
                        .setParameter("seconds", seconds)
                        .setParameter("id", id)
                        .executeUpdate()
                == 1;
    }
}
