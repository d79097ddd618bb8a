package id.detak.alert;

import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.Transition;
import id.detak.alert.rule.Transition.Cause;
import id.detak.indicator.Indicator;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** A stored transition of a rule from one state to another: a row of {@code rule_transition}. */
@Entity
@Table(name = "rule_transition")
class RuleTransition {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(name = "rule_id", nullable = false)
    UUID ruleId;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "indicator_id")
    Indicator indicator;

    @Enumerated(EnumType.STRING)
    @Column(name = "from_state", nullable = false)
    AlertState fromState;

    @Enumerated(EnumType.STRING)
    @Column(name = "to_state", nullable = false)
    AlertState toState;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    Cause cause;

    @Column(nullable = false)
    Instant at;

    @Column(name = "alert_id")
    UUID alertId;

    BigDecimal value;

    @Column(name = "change_percent")
    BigDecimal changePercent;

    BigDecimal reference;

    @Column(name = "reference_at")
    Instant referenceAt;

    @Column(name = "capture_id")
    UUID captureId;

    protected RuleTransition() {}

    RuleTransition(UUID ruleId, Indicator indicator, Transition transition) {
        this.ruleId = ruleId;
        this.indicator = indicator;
        this.fromState = transition.from();
        this.toState = transition.to();
        this.cause = transition.cause();
        this.at = transition.at();
        this.alertId = transition.alertId();
        this.value = transition.value();
        this.changePercent = transition.changePercent();
        this.reference = transition.reference();
        this.referenceAt = transition.referenceAt();
        this.captureId = transition.captureId();
    }
}
