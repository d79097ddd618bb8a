package id.detak.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import id.detak.platform.Problems;
import id.detak.platform.RouterProblems;
import id.detak.platform.net.ClientAddress;
import id.detak.platform.net.ClientAddresses;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Limits the requests per second of an address ({@code DETAK_RATE_LIMIT}; 0 for no limit), with bursts of ten times as
 * many. Loopback addresses count only if the setting is present, because a proxy on this machine may stand for many
 * clients.
 */
@ApplicationScoped
class RateLimit {

    private static final int BEFORE_ANY_WORK = SecurityHandlerPriorities.CORS + 50;
    private static final int DEFAULT = 100;
    private static final int BURST_SECONDS = 10;
    private static final int MAX_ADDRESSES = 100_000;

    private final ClientAddresses addresses;
    private final int perSecond;
    private final boolean countsLoopback;
    private final Cache<String, Bucket> left = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofSeconds(2 * BURST_SECONDS))
            .maximumSize(MAX_ADDRESSES)
            .build();

    RateLimit(HttpConfig config, ClientAddresses addresses) {
        this.addresses = addresses;
        this.perSecond = config.rateLimit().orElse(DEFAULT);
        this.countsLoopback = config.rateLimit().isPresent();
    }

    void register(@Observes Filters filters) {
        if (perSecond > 0) {
            filters.register(this::count, BEFORE_ANY_WORK);
        }
    }

    private void count(RoutingContext context) {
        ClientAddress client = addresses.of(context.request());
        if (client.isLoopback() && !countsLoopback) {
            context.next();
            return;
        }
        ConsumptionProbe probe = left.get(client.text(), this::bucket).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            context.next();
        } else {
            RouterProblems.send(
                    context,
                    Problems.tooManyRequests(
                            TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1,
                            "Too many requests come from this address: at most " + perSecond
                                    + " a second (DETAK_RATE_LIMIT)."));
        }
    }

    private Bucket bucket(String address) {
        return Bucket.builder()
                .addLimit(limit ->
                        limit.capacity((long) BURST_SECONDS * perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }
}
