package id.detak.alert;

import id.detak.alert.AlertText.Facts;
import id.detak.alert.RuleWatch.Change;
import id.detak.alert.Rules.Stored;
import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.Rule;
import id.detak.alert.rule.Transition;
import id.detak.database.Notification.Topic;
import id.detak.database.PgNotifications;
import id.detak.indicator.Indicator;
import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import id.detak.notify.Outbox;
import id.detak.notify.Outbox.Parcel;
import id.detak.platform.PublicUrl;
import id.detak.platform.Wib;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Stores the effects of an evaluated rule: its new state, the transition, the alert and the messages. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class AlertTransitions {

    /** Decimals of a computed percent in messages and views. */
    private static final int PERCENT_DECIMALS = 4;

    private final RuleStates states;
    private final Alerts alerts;
    private final RuleTransitions steps;
    private final RuleJson json;
    private final Outbox outbox;
    private final PgNotifications notifications;
    private final PublicUrl publicUrl;
    private final Clock clock;

    AlertTransitions(
            RuleStates states,
            Alerts alerts,
            RuleTransitions steps,
            RuleJson json,
            Outbox outbox,
            PgNotifications notifications,
            PublicUrl publicUrl,
            Clock clock) {
        this.states = states;
        this.alerts = alerts;
        this.steps = steps;
        this.json = json;
        this.outbox = outbox;
        this.notifications = notifications;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** Stores the changes of several indicators and hands their messages to the outbox. */
    void apply(Map<Indicator, List<Change>> changes) {
        List<Parcel> parcels = new ArrayList<>();
        changes.forEach((indicator, ofIndicator) -> ofIndicator.forEach(change -> apply(indicator, change, parcels)));
        outbox.put(parcels);
    }

    private void apply(Indicator indicator, Change change, List<Parcel> parcels) {
        states.save(indicator.id(), change.rule().id(), change.progress());
        for (Transition t : change.transitions()) {
            write(indicator, change.rule(), t, parcels);
        }
        if (change.progress().state() == AlertState.FIRING) {
            alerts.findByIdOptional(change.progress().alertId()).ifPresent(alert -> alert.worsen(change.progress()));
        }
    }

    /** Stores the end of an alert whose rule, observation or indicator was changed or deleted. */
    List<Parcel> end(Indicator indicator, Stored rule, Transition t) {
        List<Parcel> parcels = new ArrayList<>();
        write(indicator, rule, t, parcels);
        return parcels;
    }

    private void write(Indicator indicator, Stored stored, Transition exact, List<Parcel> parcels) {
        Transition t = rounded(exact);
        steps.persist(new RuleTransition(stored.id(), indicator, t));
        if (t.to() == AlertState.FIRING) {
            Instant remindAt = stored.rule().remind() == null
                    ? null
                    : stored.rule().remind().after(clock.instant());
            alerts.persist(new Alert(stored, json.write(stored.rule()), indicator, t, remindAt));
            parcels.add(parcel(stored, indicator, MessageEvent.FIRING, t, null));
        } else if (t.from() == AlertState.FIRING) {
            Alert alert = alerts.findById(t.alertId());
            alert.resolve(t);
            parcels.add(parcel(
                    stored,
                    indicator,
                    MessageEvent.RESOLVED,
                    t,
                    stored.rule().isWorstByValue() ? alert.worstValue : alert.worstPercent));
        } else {
            return;
        }
        notifications.publish(Topic.ALERT, t.alertId());
    }

    /** Percents are computed to more digits than a reader needs. */
    private static Transition rounded(Transition t) {
        return new Transition(
                t.from(),
                t.to(),
                t.cause(),
                t.at(),
                t.tradingDay(),
                t.alertId(),
                t.value(),
                rounded(t.changePercent()),
                t.reference(),
                t.referenceAt(),
                t.captureId());
    }

    static BigDecimal rounded(BigDecimal percent) {
        return percent == null || percent.scale() <= PERCENT_DECIMALS
                ? percent
                : percent.setScale(PERCENT_DECIMALS, RoundingMode.HALF_EVEN);
    }

    private Parcel parcel(Stored stored, Indicator indicator, MessageEvent event, Transition t, BigDecimal worst) {
        return parcel(
                stored.id(),
                stored.rule(),
                t.alertId(),
                new Facts(
                        event,
                        indicator,
                        t.at(),
                        t.value(),
                        t.changePercent(),
                        t.reference(),
                        t.referenceAt(),
                        event == MessageEvent.RESOLVED ? t.cause() : null,
                        worst,
                        publicUrl.of("/alerts/" + t.alertId())),
                t.captureId());
    }

    Parcel parcel(UUID ruleId, Rule rule, UUID alertId, Facts facts, UUID captureId) {
        Message message = new Message(
                null,
                facts.event(),
                alertId,
                rule.name(),
                rule.severity(),
                facts.indicator().code(),
                Wib.local(facts.at()),
                facts.value(),
                facts.percent(),
                facts.reference(),
                null,
                captureId,
                facts.url());
        Instant now = clock.instant();
        Instant notBefore = rule.quietHours() == null ? null : rule.quietHours().next(now);
        return new Parcel(
                rule.channels(),
                ruleId,
                language -> message.withText(language, AlertText.of(rule, facts, language)),
                now.equals(notBefore) ? null : notBefore);
    }
}
