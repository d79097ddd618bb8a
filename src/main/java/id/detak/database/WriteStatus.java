package id.detak.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the polls of this process can be written. A database that answers may still refuse them, for example because
 * the user has no rights on a table.
 */
@Startup // so that the metric exists before the first poll
@ApplicationScoped
public class WriteStatus {

    private final Clock clock;
    private final AtomicReference<Instant> failingSince = new AtomicReference<>();

    WriteStatus(Clock clock, MeterRegistry registry) {
        this.clock = clock;
        Gauge.builder("detak.writes.failing", failingSince, since -> since.get() == null ? 0 : 1)
                .description("1 while the polls of this process cannot be written to the database")
                .register(registry);
    }

    public void failed(RuntimeException failure) {
        if (failingSince.compareAndSet(null, clock.instant()) && !TransientFailures.isTransient(failure)) {
            Log.errorf(
                    "Polls cannot be written to the database: %s. They wait in the spool until that is corrected.",
                    TransientFailures.rootMessage(failure));
        }
    }

    public void succeeded() {
        failingSince.set(null);
    }

    Optional<Instant> failingSince() {
        return Optional.ofNullable(failingSince.get());
    }
}
