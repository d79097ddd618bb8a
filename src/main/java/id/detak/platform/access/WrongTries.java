package id.detak.platform.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import id.detak.platform.net.ClientAddress;
import io.github.bucket4j.Bucket;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Slows whoever guesses tokens: an address has ten wrong tries, and gets one more every ten seconds. Until then no token of its
 * is looked at, right or wrong; sessions go on.
 */
@ApplicationScoped
public class WrongTries {

    private static final Duration ONE_MORE_EVERY = Duration.ofSeconds(10);
    private static final int MOST_ADDRESSES = 100_000;

    private final int tries;
    private final Cache<String, Bucket> left;

    WrongTries(@ConfigProperty(name = "detak.wrong-tries", defaultValue = "10") int tries) {
        this.tries = tries;
        this.left = Caffeine.newBuilder().expireAfterAccess(ONE_MORE_EVERY.multipliedBy(tries)).maximumSize(MOST_ADDRESSES).build();
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuse, SecurityHandlerPriorities.AUTHENTICATION + 1);
    }

    private void refuse(RoutingContext context) {
        long seconds = context.request().headers().contains(HttpHeaders.AUTHORIZATION) || AccessPolicy.isSignIn(context.request()) ? secondsToWait(context) : 0;
        if (seconds == 0) {
            context.next();
        } else {
            Refusals.tooMany(context, seconds, "Too many wrong tokens came from this address: try again in " + seconds + " s.");
        }
    }

    private long secondsToWait(RoutingContext context) {
        Bucket bucket = left.getIfPresent(ClientAddress.of(context.request()).text());
        return bucket == null ? 0 : TimeUnit.NANOSECONDS.toSeconds(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill() + TimeUnit.SECONDS.toNanos(1) - 1);
    }

    void count(RoutingContext context) {
        String address = ClientAddress.of(context.request()).text();
        Bucket bucket = left.get(address, key -> Bucket.builder().addLimit(limit -> limit.capacity(tries).refillGreedy(1, ONE_MORE_EVERY)).build());
        if (bucket.tryConsumeAndReturnRemaining(1).getRemainingTokens() == 0) {
            Log.warnf("Too many wrong tokens from %s: slowed.", address);
        }
    }
}
