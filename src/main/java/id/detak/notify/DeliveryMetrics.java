package id.detak.notify;

import id.detak.database.DatabaseGauges;
import id.detak.notify.channel.SendResult;
import id.detak.platform.Ages;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Metrics of what this process sent and of what waits in the outbox. */
@ApplicationScoped
class DeliveryMetrics implements DatabaseGauges {

    private final DeliveryLog deliveries;
    private final MeterRegistry registry;
    private volatile DeliveryLog.Waiting waiting = new DeliveryLog.Waiting(0L, null);

    DeliveryMetrics(DeliveryLog deliveries, Clock clock, MeterRegistry registry) {
        this.deliveries = deliveries;
        this.registry = registry;
        Gauge.builder("detak.messages.waiting", () -> waiting.count())
                .description("Messages that are due and not delivered")
                .register(registry);
        Gauge.builder(
                        "detak.messages.oldest.waiting.age",
                        () -> waiting.oldest() == null ? 0 : Ages.seconds(waiting.oldest(), clock.instant()))
                .baseUnit("seconds")
                .description("Time since the oldest of them was due; 0 if there is none")
                .register(registry);
    }

    void sent(String channelType, SendResult outcome) {
        Counter.builder("detak.deliveries")
                .tag("type", channelType)
                .tag("outcome", outcome instanceof SendResult.Taken ? "taken" : "not-taken")
                .description("Attempts to deliver, by type of channel and outcome")
                .register(registry)
                .increment();
    }

    @Override
    public void refresh() {
        waiting = deliveries.waiting();
    }
}
