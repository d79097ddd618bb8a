package id.detak.intake;

import id.detak.alert.AlertRetraction;
import id.detak.alert.rule.Transition.Cause;
import id.detak.database.Notification.Topic;
import id.detak.database.PgNotifications;
import id.detak.indicator.Indicator;
import id.detak.series.Observation;
import id.detak.series.SupersededObservation;
import id.detak.series.VoidedObservations;
import id.detak.series.VoidedObservations.Restored;
import id.detak.series.VoidedObservations.Voided;
import id.detak.series.VoidedObservations.VoidedRange;
import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Voids observations that are wrong at the source, or restores them, and recomputes everything that depends on them in
 * one transaction.
 */
@ApplicationScoped
public class VoidService {

    /** Time limit of a transaction: it recomputes bars, and rules with windows of years. */
    private static final int TIMEOUT_SECONDS = 300;

    private final VoidedObservations voidedObservations;
    private final AlertRetraction retraction;
    private final PgNotifications notifications;

    VoidService(VoidedObservations voidedObservations, AlertRetraction retraction, PgNotifications notifications) {
        this.voidedObservations = voidedObservations;
        this.retraction = retraction;
        this.notifications = notifications;
    }

    @Transactional
    @TransactionConfiguration(timeout = TIMEOUT_SECONDS)
    public SupersededObservation voidAt(Indicator indicator, Instant at, String reason, String by) {
        Voided voided = voidedObservations.voidAt(indicator, at, reason, by);
        Map<Instant, Cause> uncounted = new LinkedHashMap<>(AlertRetraction.doubted(voided.rejudged()));
        uncounted.put(at, Cause.VOIDED);
        retraction.retract(indicator, uncounted);
        notifications.publish(Topic.SERIES);
        return voided.observation();
    }

    /** @return the instants of the voided observations, oldest first */
    @Transactional
    @TransactionConfiguration(timeout = TIMEOUT_SECONDS)
    public List<Instant> voidBetween(Indicator indicator, Instant from, Instant to, String reason, String by) {
        VoidedRange voided = voidedObservations.voidBetween(indicator, from, to, reason, by);
        Map<Instant, Cause> uncounted = new LinkedHashMap<>(AlertRetraction.doubted(voided.rejudged()));
        voided.instants().forEach(at -> uncounted.put(at, Cause.VOIDED));
        retraction.retract(indicator, uncounted);
        notifications.publish(Topic.SERIES);
        return voided.instants();
    }

    /**
     * Restores the voided observations of a range.
     *
     * @return their instants, oldest first
     */
    @Transactional
    @TransactionConfiguration(timeout = TIMEOUT_SECONDS)
    public List<Instant> takeBackBetween(Indicator indicator, Instant from, Instant to) {
        VoidedRange restored = voidedObservations.restoreBetween(indicator, from, to);
        retraction.retract(indicator, AlertRetraction.doubted(restored.rejudged()));
        notifications.publish(Topic.SERIES);
        return restored.instants();
    }

    /** Restores a voided observation. Rules do not notify about it, because it is history. */
    @Transactional
    @TransactionConfiguration(timeout = TIMEOUT_SECONDS)
    public Observation takeBack(Indicator indicator, Instant at) {
        Restored restored = voidedObservations.restore(indicator, at);
        retraction.retract(indicator, AlertRetraction.doubted(restored.rejudged()));
        notifications.publish(Topic.SERIES);
        return restored.observation();
    }
}
