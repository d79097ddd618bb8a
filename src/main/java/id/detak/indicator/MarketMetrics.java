package id.detak.indicator;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Metrics that show whether the market of each kind of indicator is open, for alert rules outside Detak. */
@Startup
@ApplicationScoped
class MarketMetrics {

    MarketMetrics(Calendars calendars, Clock clock, MeterRegistry registry) {
        for (Kind kind : Kind.values()) {
            Gauge.builder("detak.market.open", () -> calendars.of(kind).isOpen(clock.instant()) ? 1 : 0)
                    .tag("kind", kind.word())
                    .description("1: the market of this kind of indicator is open")
                    .register(registry);
        }
    }
}
