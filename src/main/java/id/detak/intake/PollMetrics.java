package id.detak.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;

/** Counts the polls of this process, their outcomes and the quality of their quotes. */
@ApplicationScoped
class PollMetrics {

    private final MeterRegistry registry;

    PollMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param took from the request until the transaction was committed */
    void record(IntakeResult result, Duration took) {
        String source = result.capture().source();
        Counter.builder("detak.polls")
                .tag("source", source)
                .tag("outcome", result.capture().outcome().word())
                .description("Attempts to poll a source, by outcome")
                .register(registry)
                .increment();
        Timer.builder("detak.poll.duration")
                .tag("source", source)
                .description("Time from the request for the page until everything was written")
                .register(registry)
                .record(took);
        result.recorded().forEach(recorded -> Counter.builder("detak.poll.quotes")
                .tag("source", source)
                .tag("quality", recorded.observation().quality().name().toLowerCase(Locale.ROOT))
                .description("Polled quotes, by quality")
                .register(registry)
                .increment());
        Counter.builder("detak.poll.unknown.pieces")
                .tag("source", source)
                .description("Pieces of strips that were not understood")
                .register(registry)
                .increment(result.capture().unknown().size());
    }
}
