package id.detak.http;

import com.sun.management.UnixOperatingSystemMXBean;
import id.detak.platform.BadSettingException;
import id.detak.platform.net.ClientAddress;
import id.detak.platform.net.ClientAddresses;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Limits the open connections, in total ({@code DETAK_CONNECTIONS}) and per address
 * ({@code DETAK_CONNECTIONS_PER_CLIENT}); a connection beyond them is closed at once. The total stays below the number
 * of files that the process may open: without a free descriptor, the event loops could not even accept and close.
 * Loopback addresses and trusted proxies, which stand for many clients, count in the total only.
 */
@Startup
@ApplicationScoped
class ClientConnections {

    /** For the database, sources, channels and files that are opened later. */
    private static final int RESERVED_DESCRIPTORS = 100;

    private static final int FEWEST = 16;

    private final int max;
    private final int maxPerClient;
    private final Function<InetAddress, ClientAddress> addresses;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> perClient = new ConcurrentHashMap<>();
    private final Counter refused;

    @Inject
    ClientConnections(
            HttpConfig config,
            ClientAddresses addresses,
            MeterRegistry meters,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean serves) {
        this(
                serves ? total(config.connections(), freeDescriptors()) : config.connections(),
                config.connectionsPerClient(),
                addresses::ofConnection,
                meters);
        ConnectionGuard.use(this);
    }

    ClientConnections(int max, int maxPerClient, Function<InetAddress, ClientAddress> addresses, MeterRegistry meters) {
        this.max = max;
        this.maxPerClient = maxPerClient;
        this.addresses = addresses;
        Gauge.builder("detak.open.connections", open, AtomicInteger::get)
                .description("Open connections to this process")
                .register(meters);
        this.refused = Counter.builder("detak.refused.connections")
                .description("Connections that were closed at once, because too many were open")
                .register(meters);
    }

    private static long freeDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
                : Integer.MAX_VALUE;
    }

    /** @throws BadSettingException if there are too few descriptors to serve at all */
    static int total(int configured, long freeDescriptors) {
        long usable = freeDescriptors - RESERVED_DESCRIPTORS;
        String advice = "raise its limit (ulimit -n, LimitNOFILE of systemd, --ulimit nofile of Docker).";
        if (usable < FEWEST) {
            throw new BadSettingException("This process may open only " + freeDescriptors + " more files, but needs "
                    + (RESERVED_DESCRIPTORS + FEWEST) + ": " + advice);
        }
        if (usable < configured) {
            Log.warnf(
                    "This process may open only %d more files, so it accepts %d connections instead of %d: %s",
                    freeDescriptors, usable, configured, advice);
        }
        return (int) Math.min(configured, usable);
    }

    /** Counts a connection until it is closed. @return false if the limit is reached */
    boolean admit(Channel connection) {
        ClientAddress client = connection.remoteAddress() instanceof InetSocketAddress remote
                ? addresses.apply(remote.getAddress())
                : ClientAddresses.UNKNOWN;
        boolean isCounted = !client.isLoopback();
        int ofClient = isCounted ? perClient.merge(client.text(), 1, Integer::sum) : 0;
        if (open.incrementAndGet() > max || ofClient > maxPerClient) {
            leave(client, isCounted);
            refused.increment();
            return false;
        }
        connection.closeFuture().addListener(closed -> leave(client, isCounted));
        return true;
    }

    private void leave(ClientAddress client, boolean isCounted) {
        open.decrementAndGet();
        if (isCounted) {
            perClient.computeIfPresent(client.text(), (key, count) -> count == 1 ? null : count - 1);
        }
    }
}
