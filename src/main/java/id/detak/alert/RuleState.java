package id.detak.alert;

import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.RuleProgress;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** The state of a rule for one indicator: a row of {@code rule_state}. */
@Entity
@Table(name = "rule_state")
@IdClass(RuleState.Key.class)
class RuleState {

    @Id
    @Column(name = "indicator_id")
    private Integer indicatorId;

    @Id
    @Column(name = "rule_id")
    private UUID ruleId;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private AlertState state;

    private Instant since;

    private int seen;

    @Column(name = "trading_day")
    private LocalDate tradingDay;

    @Column(name = "cool_until")
    private Instant coolUntil;

    @Column(name = "alert_id")
    private UUID alertId;

    @Column(name = "worst_value")
    private BigDecimal worstValue;

    @Column(name = "worst_percent")
    private BigDecimal worstPercent;

    @Column(name = "worst_at")
    private Instant worstAt;

    protected RuleState() {}

    RuleState(Key key, RuleProgress progress) {
        this.indicatorId = key.indicatorId;
        this.ruleId = key.ruleId;
        update(progress);
    }

    record Key(Integer indicatorId, UUID ruleId) {}

    int indicatorId() {
        return indicatorId;
    }

    UUID ruleId() {
        return ruleId;
    }

    RuleProgress progress() {
        return new RuleProgress(state, since, seen, tradingDay, coolUntil, alertId, worstValue, worstPercent, worstAt);
    }

    final void update(RuleProgress progress) {
        state = progress.state();
        since = progress.since();
        seen = progress.seen();
        tradingDay = progress.day();
        coolUntil = progress.coolUntil();
        alertId = progress.alertId();
        worstValue = progress.worstValue();
        worstPercent = progress.worstPercent();
        worstAt = progress.worstAt();
    }
}
