package id.detak.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;

/** What this process polled, and what of it could be understood. */
@ApplicationScoped
class PollMetrics {

    private final MeterRegistry registry;

    PollMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param took from asking for the page until all was written */
    void polled(IntakeResult receipt, Duration took) {
        String source = receipt.capture().source();
        Counter.builder("detak.polls").tag("source", source).tag("outcome", receipt.capture().outcome().word())
                .description("Attempts at a source, by what came of them").register(registry).increment();
        Timer.builder("detak.poll.duration").tag("source", source).description("From asking for the page until all was written").register(registry).record(took);
        receipt.recorded().forEach(recorded -> Counter.builder("detak.poll.quotes").tag("source", source)
                .tag("quality", recorded.observation().quality().name().toLowerCase(Locale.ROOT))
                .description("Quotes that polls brought, by their quality").register(registry).increment());
        Counter.builder("detak.poll.unknown.pieces").tag("source", source)
                .description("Pieces of strips that were not understood").register(registry).increment(receipt.capture().unknown().size());
    }
}
