package id.detak.intake.spool;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;

/** Gauges for the spool of this process. */
@Singleton
class SpoolMetrics implements MeterBinder {

    private final Spool spool;

    SpoolMetrics(Spool spool) {
        this.spool = spool;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("detak.spool.files", spool, Spool::size)
                .description("Attempts to poll that wait on the disk of this process for the database")
                .register(registry);
        Gauge.builder("detak.spool.set.aside", spool, Spool::setAsideFiles)
                .description("Attempts to poll that the database refused, in spool/set-aside")
                .register(registry);
        Gauge.builder("detak.spool.bytes", spool, Spool::bytes)
                .description("Size of the spool on the disk")
                .register(registry);
    }
}
