package id.detak.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Refreshes all {@link DatabaseGauges} every 15 seconds on a separate thread, so that a scrape does not query the
 * database. During an outage the last values stay, and {@code detak_database_answer_age_seconds} grows.
 */
@ApplicationScoped
public class GaugeRefresh {

    private static final long EVERY_SECONDS = 15;

    private final List<DatabaseGauges> gauges;
    private volatile long answeredAt = System.nanoTime();
    private ScheduledExecutorService clock;
    private boolean failing;

    GaugeRefresh(@All List<DatabaseGauges> gauges, MeterRegistry registry) {
        this.gauges = gauges;
        Gauge.builder(
                        "detak.database.answer.age",
                        () -> Duration.ofNanos(System.nanoTime() - answeredAt).toMillis() / 1000.0)
                .baseUnit("seconds")
                .description("Time since the metrics were last read from the database")
                .register(registry);
    }

    public void start() {
        clock = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "detak-gauges");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleWithFixedDelay(this::refresh, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    public void stop() {
        if (clock != null) {
            clock.shutdownNow();
        }
    }

    public synchronized void refresh() {
        try {
            gauges.forEach(DatabaseGauges::refresh);
            answeredAt = System.nanoTime();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                Log.warnf("Metrics keep their last values: %s. Retrying.", TransientFailures.rootMessage(e));
            }
            failing = true;
        }
    }
}
