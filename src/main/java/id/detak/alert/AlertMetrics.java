package id.detak.alert;

import id.detak.database.DatabaseGauges;
import id.detak.notify.Severity;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;

/** The number of firing alerts as metrics. */
@ApplicationScoped
class AlertMetrics implements DatabaseGauges {

    private final Alerts alerts;
    private volatile Map<Severity, Long> firing = Map.of();

    AlertMetrics(Alerts alerts, MeterRegistry registry) {
        this.alerts = alerts;
        for (Severity severity : Severity.values()) {
            Gauge.builder("detak.alerts.firing", () -> firing.getOrDefault(severity, 0L))
                    .tag("severity", severity.word())
                    .description("Firing alerts")
                    .register(registry);
        }
    }

    @Override
    @Transactional
    public void refresh() {
        firing = alerts.firingBySeverity();
    }
}
