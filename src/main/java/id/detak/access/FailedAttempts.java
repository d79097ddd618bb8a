package id.detak.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import id.detak.platform.Problems;
import id.detak.platform.RouterProblems;
import id.detak.platform.net.ClientAddress;
import io.github.bucket4j.Bucket;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits guessing of tokens: an address has ten wrong attempts and gets another one every ten seconds. While none is
 * left, its tokens are refused without a lookup, right or wrong; sessions are not affected.
 */
@ApplicationScoped
public class FailedAttempts {

    private static final Duration ONE_MORE_EVERY = Duration.ofSeconds(10);
    private static final int MAX_ADDRESSES = 100_000;

    private final int tries;
    private final Cache<String, Bucket> left;

    @Inject
    FailedAttempts(AccessConfig config) {
        this(config.wrongTries());
    }

    FailedAttempts(int tries) {
        this.tries = tries;
        this.left = Caffeine.newBuilder()
                .expireAfterAccess(ONE_MORE_EVERY.multipliedBy(tries))
                .maximumSize(MAX_ADDRESSES)
                .build();
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuse, SecurityHandlerPriorities.AUTHENTICATION + 1);
    }

    private void refuse(RoutingContext context) {
        Bucket bucket = BearerTokens.areIn(context.request()) || AccessPolicy.isSignIn(context.request())
                ? left.getIfPresent(address(context))
                : null;
        if (bucket == null || bucket.getAvailableTokens() > 0) {
            context.next();
        } else {
            RouterProblems.send(context, tooManyAttempts(bucket));
        }
    }

    /**
     * Looks up a token and counts the attempt if the token is wrong. The attempt is taken before the lookup and
     * returned after it, so that concurrent requests get no more attempts than sequential ones.
     *
     * @throws HttpProblem 429 if no attempt is left
     */
    <T> Optional<T> count(RoutingContext context, Supplier<Optional<T>> lookUp) {
        return count(address(context), lookUp);
    }

    <T> Optional<T> count(String address, Supplier<Optional<T>> lookUp) {
        Bucket bucket = left.get(address, key -> Bucket.builder()
                .addLimit(limit -> limit.capacity(tries).refillGreedy(1, ONE_MORE_EVERY))
                .build());
        if (!bucket.tryConsume(1)) {
            throw tooManyAttempts(bucket);
        }
        boolean wrong = false;
        try {
            Optional<T> found = lookUp.get();
            wrong = found.isEmpty();
            return found;
        } finally {
            // a lookup that failed says nothing about the token
            if (!wrong) {
                bucket.addTokens(1);
            } else if (bucket.getAvailableTokens() == 0) {
                Log.warnf("Too many wrong tokens from %s: further attempts are delayed.", address);
            }
        }
    }

    private static String address(RoutingContext context) {
        return ClientAddress.of(context.request()).text();
    }

    private static HttpProblem tooManyAttempts(Bucket bucket) {
        long seconds = Math.max(
                1,
                TimeUnit.NANOSECONDS.toSeconds(
                        bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill()
                                + TimeUnit.SECONDS.toNanos(1)
                                - 1));
        return Problems.tooManyRequests(
                seconds, "Too many wrong tokens came from this address: try again in " + seconds + " s.");
    }
}
