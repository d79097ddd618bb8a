package id.detak.intake;

import id.detak.alert.AlertRetraction;
import id.detak.alert.RuleEvaluation;
import id.detak.database.Notification.Topic;
import id.detak.database.PgNotifications;
import id.detak.indicator.Indicator;
import id.detak.series.Observation;
import id.detak.series.SupersededObservation;
import id.detak.series.VoidedObservations;
import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** A number that is wrong at the source is voided, or taken back, with all that follows from it in one transaction. */
@ApplicationScoped
public class VoidService {

    /** Time limit of a transaction: bars of a day and rules with windows of years are computed again. */
    private static final int TIMEOUT_SECONDS = 300;

    private final VoidedObservations voids;
    private final AlertRetraction retraction;
    private final RuleEvaluation evaluation;
    private final PgNotifications notifications;

    VoidService(VoidedObservations voids, AlertRetraction retraction, RuleEvaluation evaluation, PgNotifications notifications) {
        this.voids = voids;
        this.retraction = retraction;
        this.evaluation = evaluation;
        this.notifications = notifications;
    }

    @Transactional
    @TransactionConfiguration(timeout = TIMEOUT_SECONDS)
    public SupersededObservation voidAt(Indicator indicator, Instant at, String reason, String by) {
        SupersededObservation voided = voids.voidAt(indicator, at, reason, by);
        retraction.retract(indicator, at);
        notifications.publish(Topic.SERIES);
        return voided;
    }

    /** Nobody is told of what it would have meant: it is history by now. */
    @Transactional
    @TransactionConfiguration(timeout = TIMEOUT_SECONDS)
    public Observation takeBack(Indicator indicator, Instant at) {
        Observation back = voids.restore(indicator, at);
        evaluation.reload(indicator);
        notifications.publish(Topic.SERIES);
        return back;
    }
}
