package id.detak.alert;

import id.detak.alert.Rules.Stored;
import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.Rule;
import id.detak.alert.rule.RuleProgress;
import id.detak.alert.rule.Transition.Cause;
import id.detak.alert.rule.Transition;
import id.detak.notify.Severity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.query.NativeQuery;

/** The tables {@code alert} and {@code rule_transition}. Call within a transaction. */
@ApplicationScoped
class Alerts {

    private static final String COLUMNS = "a.id, a.rule_id, a.indicator_id, i.code, a.state, a.definition, a.fired_at, a.trading_day, a.value, a.change_percent, a.reference, "
            + "a.reference_at, a.capture_id, a.worst_value, a.worst_percent, a.worst_at, a.resolved_at, a.resolved_value, a.resolved_cause, a.resolved_capture_id";

    private final EntityManager em;
    private final Rules rules;

    Alerts(EntityManager em, Rules rules) {
        this.em = em;
        this.rules = rules;
    }

    /**
     * One firing of a rule, from firing to resolved.
     *
     * @param rule as it fired
     * @param value what fired it; of a fund its return index; null where there is none
     * @param worstValue the worst so far
     * @param resolvedAt null while it fires
     */
    record Alert(UUID id, UUID ruleId, int indicatorId, String code, AlertState state, Rule rule, Instant firedAt, LocalDate tradingDay, BigDecimal value, BigDecimal changePercent,
            BigDecimal reference, Instant referenceAt, UUID captureId, BigDecimal worstValue, BigDecimal worstPercent, Instant worstAt, Instant resolvedAt,
            BigDecimal resolvedValue, Cause resolvedCause, UUID resolvedCaptureId) {
    }

    /** A step of an alert's story. */
    record Step(AlertState from, AlertState to, Cause cause, Instant at, BigDecimal value, BigDecimal changePercent, BigDecimal reference, Instant referenceAt, UUID captureId,
            String code, UUID alertId) {
    }

    void note(UUID ruleId, int indicatorId, Transition t) {
        em.createNativeQuery("""
                insert into rule_transition (rule_id, indicator_id, from_state, to_state, cause, at, alert_id, value, change_percent, reference, reference_at, capture_id)
                values (:rule, :indicator, :from, :to, :cause, :at, :alert, :value, :percent, :reference, :referenceAt, :capture)
                """).unwrap(NativeQuery.class)
                .setParameter("rule", ruleId).setParameter("indicator", indicatorId).setParameter("from", t.from().word()).setParameter("to", t.to().word())
                .setParameter("cause", t.cause().word()).setParameter("at", t.at()).setParameter("alert", t.alertId(), UUID.class)
                .setParameter("value", t.value(), BigDecimal.class).setParameter("percent", t.changePercent(), BigDecimal.class)
                .setParameter("reference", t.reference(), BigDecimal.class).setParameter("referenceAt", t.referenceAt(), Instant.class)
                .setParameter("capture", t.captureId(), UUID.class).executeUpdate();
    }

    void open(Stored stored, int indicatorId, Transition t, Instant remindAt) {
        em.createNativeQuery("""
                insert into alert (id, rule_id, indicator_id, state, severity, definition, fired_at, trading_day, value, change_percent, reference, reference_at, capture_id,
                                   worst_value, worst_percent, worst_at, remind_at)
                values (:id, :rule, :indicator, 'firing', :severity, :definition, :at, :day, :value, :percent, :reference, :referenceAt, :capture,
                        :value, :percent, :at, :remindAt)
                """).unwrap(NativeQuery.class)
                .setParameter("id", t.alertId()).setParameter("rule", stored.id()).setParameter("indicator", indicatorId).setParameter("severity", stored.rule().severity().word())
                .setParameter("definition", rules.write(stored.rule())).setParameter("at", t.at()).setParameter("day", t.tradingDay())
                .setParameter("value", t.value(), BigDecimal.class).setParameter("percent", t.changePercent(), BigDecimal.class)
                .setParameter("reference", t.reference(), BigDecimal.class).setParameter("referenceAt", t.referenceAt(), Instant.class)
                .setParameter("capture", t.captureId(), UUID.class).setParameter("remindAt", remindAt, Instant.class).executeUpdate();
    }

    void worsen(RuleProgress p) {
        em.createNativeQuery("update alert set worst_value = :value, worst_percent = :percent, worst_at = :at where id = :id and worst_at is distinct from :at")
                .unwrap(NativeQuery.class).setParameter("value", p.worstValue(), BigDecimal.class).setParameter("percent", p.worstPercent(), BigDecimal.class)
                .setParameter("at", p.worstAt(), Instant.class).setParameter("id", p.alertId()).executeUpdate();
    }

    void resolve(Transition t) {
        em.createNativeQuery("""
                update alert set state = 'resolved', resolved_at = :at, resolved_value = :value, resolved_cause = :cause, resolved_capture_id = :capture, remind_at = null
                where id = :id
                """).unwrap(NativeQuery.class).setParameter("at", t.at()).setParameter("value", t.value(), BigDecimal.class).setParameter("cause", t.cause().word())
                .setParameter("capture", t.captureId(), UUID.class).setParameter("id", t.alertId()).executeUpdate();
    }

    /** How it was at its worst, in percent or by value; null where nothing tells. */
    BigDecimal worst(UUID id, boolean byValue) {
        return (BigDecimal) em.createNativeQuery("select case when :byValue then worst_value else worst_percent end from alert where id = :id", BigDecimal.class)
                .setParameter("byValue", byValue).setParameter("id", id).getSingleResult();
    }

    /** Those that are to be told of again by now; each is put off by its interval, so that of several processes one tells. */
    List<UUID> due() {
        return em.createNativeQuery("select id from alert where state = 'firing' and remind_at <= now() order by remind_at", UUID.class).getResultList();
    }

    /** @return false where another process was faster, or it has resolved */
    boolean postponeReminder(UUID id, double seconds) {
        return em.createNativeQuery("update alert set remind_at = now() + make_interval(secs => :seconds) where id = :id and state = 'firing' and remind_at <= now()")
                .setParameter("seconds", seconds).setParameter("id", id).executeUpdate() == 1;
    }

    long firingCount() {
        return ((Number) em.createNativeQuery("select count(*) from alert where state = 'firing'").getSingleResult()).longValue();
    }

    Map<Severity, Long> firingBySeverity() {
        List<Object[]> rows = em.createNativeQuery("select severity, count(*) from alert where state = 'firing' group by severity", Object[].class).getResultList();
        return rows.stream().collect(Collectors.toMap(row -> Severity.of((String) row[0]), row -> ((Number) row[1]).longValue()));
    }

    /** Of a rule that was changed: when those that fire are told of next, or null. */
    void remindAgainAt(UUID ruleId, Instant at) {
        em.createNativeQuery("update alert set remind_at = :at where rule_id = :rule and state = 'firing'").unwrap(NativeQuery.class)
                .setParameter("at", at, Instant.class).setParameter("rule", ruleId).executeUpdate();
    }

    Optional<Alert> find(UUID id) {
        return select("where a.id = :id", Map.of("id", id)).stream().findFirst();
    }

    /** The newest first. */
    List<Alert> list(AlertFilter filter, int most) {
        StringBuilder where = new StringBuilder("where true");
        Map<String, Object> parameters = new HashMap<>();
        filter(where, parameters, " and a.state = :state", "state", filter.state() == null ? null : filter.state().word());
        filter(where, parameters, " and a.indicator_id = :indicator", "indicator", filter.indicatorId());
        filter(where, parameters, " and a.rule_id = :rule", "rule", filter.ruleId());
        filter(where, parameters, " and (a.fired_at, a.id) < (select b.fired_at, b.id from alert b where b.id = :before)", "before", filter.before());
        filter(where, parameters, " and a.fired_at >= :from", "from", filter.from());
        filter(where, parameters, " and a.fired_at <= :to", "to", filter.to());
        parameters.put("most", most);
        return select(where + " order by a.fired_at desc, a.id desc limit :most", parameters);
    }

    /** The firing alerts of the highest severity, the newest first. */
    List<Alert> gravest(int most) {
        return select("""
                where a.state = 'firing'
                order by case a.severity when 'critical' then 2 when 'warning' then 1 else 0 end desc, a.fired_at desc, a.id desc
                limit :most
                """, Map.of("most", most));
    }

    private static void filter(StringBuilder where, Map<String, Object> parameters, String condition, String name, Object value) {
        if (value != null) {
            where.append(condition);
            parameters.put(name, value);
        }
    }

    private List<Alert> select(String condition, Map<String, ?> parameters) {
        var query = em.createNativeQuery("select " + COLUMNS + " from alert a join indicator i on i.id = a.indicator_id " + condition, Object[].class);
        parameters.forEach(query::setParameter);
        List<?> rows = query.getResultList();
        return rows.stream().map(Object[].class::cast).map(this::alert).toList();
    }

    private Alert alert(Object[] r) {
        return new Alert((UUID) r[0], (UUID) r[1], ((Number) r[2]).intValue(), (String) r[3], AlertState.of((String) r[4]), rules.read((String) r[5]), (Instant) r[6],
                RuleStates.day(r[7]), (BigDecimal) r[8], (BigDecimal) r[9], (BigDecimal) r[10], (Instant) r[11], (UUID) r[12], (BigDecimal) r[13], (BigDecimal) r[14],
                (Instant) r[15], (Instant) r[16], (BigDecimal) r[17], cause((String) r[18]), (UUID) r[19]);
    }

    /** From the step that began its confirmation on, oldest first. */
    List<Step> story(UUID alertId) {
        return steps("""
                id >= (select coalesce(max(p.id), f.id)
                       from (select * from rule_transition where alert_id = :id and to_state = 'firing' limit 1) f
                       left join rule_transition p on p.rule_id = f.rule_id and p.indicator_id = f.indicator_id and p.to_state = 'pending' and p.id < f.id
                                                  and f.from_state = 'pending'
                       group by f.id)
                and (alert_id = :id or alert_id is null and to_state = 'pending'
                     and (rule_id, indicator_id) = (select rule_id, indicator_id from alert where id = :id) and at <= (select fired_at from alert where id = :id))
                order by id
                """, alertId, 1000);
    }

    /** All steps of a rule, those that led to no alert too, the newest first. */
    List<Step> stepsOfRule(UUID ruleId, int most) {
        return steps("rule_id = :id order by id desc", ruleId, most);
    }

    private List<Step> steps(String condition, UUID id, int most) {
        List<?> rows = em.createNativeQuery(String.format(Locale.ROOT, """
                select from_state, to_state, cause, at, value, change_percent, reference, reference_at, capture_id,
                       (select code from indicator i where i.id = indicator_id), alert_id
                from rule_transition where %s limit :most
                """, condition), Object[].class).setParameter("id", id).setParameter("most", most).getResultList();
        return rows.stream().map(Object[].class::cast).map(r -> new Step(AlertState.of((String) r[0]), AlertState.of((String) r[1]), cause((String) r[2]), (Instant) r[3],
                (BigDecimal) r[4], (BigDecimal) r[5], (BigDecimal) r[6], (Instant) r[7], (UUID) r[8], (String) r[9], (UUID) r[10])).toList();
    }

    private static Cause cause(String word) {
        return word == null ? null : Arrays.stream(Cause.values()).filter(cause -> cause.word().equals(word)).findFirst().orElseThrow();
    }
}
