package id.detak.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import id.detak.platform.Problems;
import id.detak.platform.RouterProblems;
import id.detak.platform.net.ClientAddress;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How many requests a second an address may make in the long run ({@code DETAK_RATE_LIMIT}; 0: as many as it likes), and ten times
 * that at once. This machine's own address is counted only where a limit is set: a proxy on it may stand for many.
 */
@ApplicationScoped
class RateLimit {

    private static final int BEFORE_WORK_IS_DONE = SecurityHandlerPriorities.CORS + 50;
    private static final int DEFAULT = 100;
    private static final int SECONDS_AT_ONCE = 10;
    private static final int MOST_ADDRESSES = 100_000;

    private final int perSecond;
    private final boolean countsLoopback;
    private final Cache<String, Bucket> left = Caffeine.newBuilder().expireAfterAccess(Duration.ofSeconds(2 * SECONDS_AT_ONCE)).maximumSize(MOST_ADDRESSES).build();

    RateLimit(@ConfigProperty(name = "detak.rate-limit") Optional<Integer> perSecond) {
        this.perSecond = perSecond.orElse(DEFAULT);
        this.countsLoopback = perSecond.isPresent();
    }

    void register(@Observes Filters filters) {
        if (perSecond > 0) {
            filters.register(this::count, BEFORE_WORK_IS_DONE);
        }
    }

    private void count(RoutingContext context) {
        ClientAddress client = ClientAddress.of(context.request());
        if (client.isLoopback() && !countsLoopback) {
            context.next();
            return;
        }
        ConsumptionProbe probe = left.get(client.text(), this::bucket).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            context.next();
        } else {
            RouterProblems.send(context, Problems.tooManyRequests(TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1,
                    "Too many requests come from this address: at most " + perSecond + " a second (DETAK_RATE_LIMIT)."));
        }
    }

    private Bucket bucket(String address) {
        return Bucket.builder().addLimit(limit -> limit.capacity((long) SECONDS_AT_ONCE * perSecond).refillGreedy(perSecond, Duration.ofSeconds(1))).build();
    }
}
