package id.detak.page.stream;

import id.detak.platform.net.ClientAddress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How many streams may be open, in all ({@code DETAK_STREAMS}) and from one address ({@code DETAK_STREAMS_PER_CLIENT}). This
 * machine's own address counts in the first alone: a proxy on it may stand for many.
 */
@Startup
@ApplicationScoped
public class StreamLimit {

    private final int most;
    private final int mostPerClient;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<String, Integer> perClient = new ConcurrentHashMap<>();

    StreamLimit(@ConfigProperty(name = "detak.streams", defaultValue = "2000") int most, @ConfigProperty(name = "detak.streams-per-client", defaultValue = "20") int mostPerClient, MeterRegistry meters) {
        this.most = most;
        this.mostPerClient = mostPerClient;
        Gauge.builder("detak.open.streams", taken, AtomicInteger::get).description("Clients that listen to the stream of this process").register(meters);
    }

    /** @return false where there is none left; else {@link #leave} gives it back */
    boolean take(ClientAddress client) {
        int ofClient = perClient.merge(client.text(), 1, Integer::sum);
        if (taken.incrementAndGet() > most || ofClient > mostPerClient && !client.isLoopback()) {
            leave(client);
            return false;
        }
        return true;
    }

    void leave(ClientAddress client) {
        taken.decrementAndGet();
        perClient.computeIfPresent(client.text(), (key, count) -> count == 1 ? null : count - 1);
    }
}
