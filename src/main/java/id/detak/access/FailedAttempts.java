package id.detak.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import id.detak.platform.net.ClientAddress;
import io.github.bucket4j.Bucket;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Slows whoever guesses tokens: an address has ten wrong tries, and gets one more every ten seconds. Until then no token of its
 * is looked at, right or wrong; sessions go on.
 */
@ApplicationScoped
public class FailedAttempts {

    private static final Duration ONE_MORE_EVERY = Duration.ofSeconds(10);
    private static final int MOST_ADDRESSES = 100_000;

    private final int tries;
    private final Cache<String, Bucket> left;

    FailedAttempts(@ConfigProperty(name = "detak.wrong-tries", defaultValue = "10") int tries) {
        this.tries = tries;
        this.left = Caffeine.newBuilder().expireAfterAccess(ONE_MORE_EVERY.multipliedBy(tries)).maximumSize(MOST_ADDRESSES).build();
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuse, SecurityHandlerPriorities.AUTHENTICATION + 1);
    }

    private void refuse(RoutingContext context) {
        Bucket bucket = BearerTokens.areIn(context.request()) || AccessPolicy.isSignIn(context.request()) ? left.getIfPresent(address(context)) : null;
        if (bucket == null || bucket.getAvailableTokens() > 0) {
            context.next();
        } else {
            refuse(context, bucket);
        }
    }

    private static void refuse(RoutingContext context, Bucket bucket) {
        long seconds = secondsToWait(bucket);
        RouterProblems.tooMany(context, seconds, detail(seconds));
    }

    /**
     * Looks at a token that may be wrong. The try is taken before, and given back where it was right: of many at once no more are
     * looked at than one after the other.
     *
     * @throws TooManyTriesException where there is none left
     */
    <T> Optional<T> count(RoutingContext context, Supplier<Optional<T>> look) {
        String address = address(context);
        Bucket bucket = left.get(address, key -> Bucket.builder().addLimit(limit -> limit.capacity(tries).refillGreedy(1, ONE_MORE_EVERY)).build());
        if (!bucket.tryConsume(1)) {
            throw new TooManyTriesException(secondsToWait(bucket));
        }
        Optional<T> found = look.get();
        if (found.isPresent()) {
            bucket.addTokens(1);
        } else if (bucket.getAvailableTokens() == 0) {
            Log.warnf("Too many wrong tokens from %s: slowed.", address);
        }
        return found;
    }

    private static String address(RoutingContext context) {
        return ClientAddress.of(context.request()).text();
    }

    private static long secondsToWait(Bucket bucket) {
        return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill() + TimeUnit.SECONDS.toNanos(1) - 1));
    }

    private static String detail(long seconds) {
        return "Too many wrong tokens came from this address: try again in " + seconds + " s.";
    }

    /** There is no try left. */
    static final class TooManyTriesException extends RuntimeException {

        final transient long seconds;

        private TooManyTriesException(long seconds) {
            super(detail(seconds), null, false, false);
            this.seconds = seconds;
        }
    }
}
