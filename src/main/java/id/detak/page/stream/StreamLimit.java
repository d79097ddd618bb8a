package id.detak.page.stream;

import id.detak.platform.net.ClientAddress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits the open streams, in total ({@code DETAK_STREAMS}) and per client address ({@code DETAK_STREAMS_PER_CLIENT}).
 * Loopback addresses count in the total only, because a local proxy can stand for many clients.
 */
@Startup
@ApplicationScoped
public class StreamLimit {

    private final int max;
    private final int maxPerClient;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> perClient = new ConcurrentHashMap<>();

    @Inject
    StreamLimit(StreamConfig config, MeterRegistry meters) {
        this(config.streams(), config.streamsPerClient(), meters);
    }

    StreamLimit(int max, int maxPerClient, MeterRegistry meters) {
        this.max = max;
        this.maxPerClient = maxPerClient;
        Gauge.builder("detak.open.streams", open, AtomicInteger::get)
                .description("Open event streams of this process")
                .register(meters);
    }

    /** @return false if the limit is reached; else the caller must {@link #release} the stream */
    boolean acquire(ClientAddress client) {
        int ofClient = perClient.merge(client.text(), 1, Integer::sum);
        if (open.incrementAndGet() > max || ofClient > maxPerClient && !client.isLoopback()) {
            release(client);
            return false;
        }
        return true;
    }

    void release(ClientAddress client) {
        open.decrementAndGet();
        perClient.computeIfPresent(client.text(), (key, count) -> count == 1 ? null : count - 1);
    }
}
