package id.detak.alert;

import id.detak.alert.Rules.Stored;
import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.RuleProgress;
import id.detak.alert.rule.Transition;
import id.detak.alert.rule.Transition.Cause;
import id.detak.indicator.Indicator;
import id.detak.notify.Severity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;

/** One firing of a rule, from firing to resolved. It outlives its rule, so it holds the definition that it fired by. */
@Entity
class Alert {

    @Id
    UUID id;

    @Column(name = "rule_id", nullable = false)
    UUID ruleId;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "indicator_id")
    Indicator indicator;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    AlertState state;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    Severity severity;

    @Column(nullable = false)
    String definition;

    @Column(name = "fired_at", nullable = false)
    Instant firedAt;

    @Column(name = "trading_day", nullable = false)
    LocalDate tradingDay;

    /** The value that fired it; of a fund its return index; null if there is none. */
    BigDecimal value;

    @Column(name = "change_percent")
    BigDecimal changePercent;

    BigDecimal reference;

    @Column(name = "reference_at")
    Instant referenceAt;

    @Column(name = "capture_id")
    UUID captureId;

    @Column(name = "worst_value")
    BigDecimal worstValue;

    @Column(name = "worst_percent")
    BigDecimal worstPercent;

    @Column(name = "worst_at")
    Instant worstAt;

    /** Null while the alert fires, like the other fields of its resolution. */
    @Column(name = "resolved_at")
    Instant resolvedAt;

    @Column(name = "resolved_value")
    BigDecimal resolvedValue;

    @Enumerated(EnumType.STRING)
    @Column(name = "resolved_cause")
    Cause resolvedCause;

    @Column(name = "resolved_capture_id")
    UUID resolvedCaptureId;

    @Column(name = "remind_at")
    Instant remindAt;

    protected Alert() {}

    Alert(Stored rule, String definition, Indicator indicator, Transition firing, Instant remindAt) {
        this.id = firing.alertId();
        this.ruleId = rule.id();
        this.indicator = indicator;
        this.state = AlertState.FIRING;
        this.severity = rule.rule().severity();
        this.definition = definition;
        this.firedAt = firing.at();
        this.tradingDay = firing.tradingDay();
        this.value = firing.value();
        this.changePercent = firing.changePercent();
        this.reference = firing.reference();
        this.referenceAt = firing.referenceAt();
        this.captureId = firing.captureId();
        this.worstValue = firing.value();
        this.worstPercent = firing.changePercent();
        this.worstAt = firing.at();
        this.remindAt = remindAt;
    }

    void worsen(RuleProgress progress) {
        if (!Objects.equals(progress.worstAt(), worstAt)) {
            worstValue = progress.worstValue();
            worstPercent = progress.worstPercent();
            worstAt = progress.worstAt();
        }
    }

    void resolve(Transition resolution) {
        state = AlertState.RESOLVED;
        resolvedAt = resolution.at();
        resolvedValue = resolution.value();
        resolvedCause = resolution.cause();
        resolvedCaptureId = resolution.captureId();
        remindAt = null;
    }

    void remindAt(Instant at) {
        remindAt = at;
    }
}
