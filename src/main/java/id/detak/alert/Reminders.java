package id.detak.alert;

import id.detak.alert.AlertText.Facts;
import id.detak.alert.Rules.Stored;
import id.detak.alert.rule.Rule;
import id.detak.notify.MessageEvent;
import id.detak.notify.Outbox;
import id.detak.platform.PublicUrl;
import id.detak.series.Observation;
import id.detak.series.Observations;
import id.detak.series.PercentChange;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Repeats the messages of alerts that keep firing, at the interval of their rule. */
@ApplicationScoped
class Reminders {

    private final Alerts alerts;
    private final Rules rules;
    private final RuleJson json;
    private final AlertTransitions transitions;
    private final Outbox outbox;
    private final Observations observations;
    private final PublicUrl publicUrl;
    private final Clock clock;

    Reminders(
            Alerts alerts,
            Rules rules,
            RuleJson json,
            AlertTransitions transitions,
            Outbox outbox,
            Observations observations,
            PublicUrl publicUrl,
            Clock clock) {
        this.alerts = alerts;
        this.rules = rules;
        this.json = json;
        this.transitions = transitions;
        this.outbox = outbox;
        this.observations = observations;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    void run() {
        QuarkusTransaction.requiringNew()
                .call(alerts::due)
                .forEach(id -> AlertTimer.isolate("The reminder of alert " + id, () -> QuarkusTransaction.requiringNew()
                        .run(() -> remind(id))));
    }

    private void remind(UUID alertId) {
        Alert alert = alerts.find(alertId).orElseThrow();
        Optional<Stored> rule =
                rules.find(alert.ruleId).filter(stored -> stored.rule().remind() != null);
        if (rule.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        double seconds =
                Duration.between(now, rule.get().rule().remind().after(now)).toMillis() / 1000.0;
        if (alerts.postponeReminder(alertId, seconds)) {
            outbox.put(List.of(
                    transitions.parcel(rule.get().id(), rule.get().rule(), alertId, facts(alert), alert.captureId)));
        }
    }

    /** The newest observation, compared with the reference that the alert fired on. */
    private Facts facts(Alert alert) {
        Rule rule = json.read(alert.definition);
        Optional<Observation> last = observations.lastTrusted(alert.indicator.id());
        BigDecimal value = last.map(Observation::value).orElse(null);
        BigDecimal percent =
                switch (rule.type()) {
                    case DROP_OVER, CHANGE_OVER, NEW_LOW, NEW_HIGH, DAY_CHANGE ->
                        AlertTransitions.rounded(PercentChange.of(alert.reference, value));
                    case BELOW, ABOVE, SILENT -> null;
                };
        return new Facts(
                MessageEvent.REMINDER,
                alert.indicator,
                last.map(Observation::observedAt).orElse(alert.firedAt),
                value,
                percent,
                alert.reference,
                alert.referenceAt,
                null,
                rule.isWorstByValue() ? alert.worstValue : alert.worstPercent,
                publicUrl.of("/alerts/" + alert.id));
    }
}
