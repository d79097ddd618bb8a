package id.detak.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import id.detak.platform.Problems;
import id.detak.platform.net.ClientAddresses;
import io.github.bucket4j.Bucket;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.logging.Log;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits guessing of tokens: an address has ten wrong attempts and gets another one every ten seconds. While none is
 * left, wrong tokens are answered with 429.
 *
 * <p>A right token passes in spite of wrong ones: always, if it is random, because then it cannot be guessed; and if a
 * person chose it, at each address from which it was accepted before. Only at other addresses, where the right token
 * cannot be told from the next guess, a chosen token is refused as long as no attempt is left.
 *
 * <p>Slow checks have a limit for all addresses together, too. They occur only until the right token has been seen.
 */
@ApplicationScoped
public class FailedAttempts {

    private static final Duration ONE_MORE_EVERY = Duration.ofSeconds(10);
    private static final int MAX_ADDRESSES = 100_000;
    private static final Duration ACCEPTED_FOR = Duration.ofDays(30);
    private static final int SLOW_AT_ONCE = 20;
    private static final int SLOW_PER_SECOND = 5;

    private final ClientAddresses addresses;
    private final int tries;
    private final Cache<String, Bucket> left;
    private final Cache<String, Boolean> accepted = Caffeine.newBuilder()
            .expireAfterAccess(ACCEPTED_FOR)
            .maximumSize(MAX_ADDRESSES)
            .build();
    private final Bucket slow = Bucket.builder()
            .addLimit(limit -> limit.capacity(SLOW_AT_ONCE).refillGreedy(SLOW_PER_SECOND, Duration.ofSeconds(1)))
            .build();

    @Inject
    FailedAttempts(AccessConfig config, ClientAddresses addresses) {
        this(config.wrongTries(), addresses);
    }

    FailedAttempts(int tries, ClientAddresses addresses) {
        this.addresses = addresses;
        this.tries = tries;
        this.left = Caffeine.newBuilder()
                .expireAfterAccess(ONE_MORE_EVERY.multipliedBy(tries))
                .maximumSize(MAX_ADDRESSES)
                .build();
    }

    /**
     * Checks a token and counts the attempt if it is wrong.
     *
     * @throws HttpProblem 429 if no attempt is left
     */
    <T> Optional<T> count(RoutingContext context, TokenCheck<T> check) {
        return count(addresses.of(context.request()).text(), check);
    }

    <T> Optional<T> count(String address, TokenCheck<T> check) {
        Bucket bucket = left.get(address, key -> Bucket.builder()
                .addLimit(limit -> limit.capacity(tries).refillGreedy(1, ONE_MORE_EVERY))
                .build());
        if (!check.guessable() || accepted.getIfPresent(address) != null) {
            Optional<T> found = check.result().get();
            if (found.isEmpty()) {
                take(bucket);
                warnIfLast(bucket, address);
            }
            return found;
        }
        Optional<T> found;
        if (check.slow()) {
            found = slowly(bucket, address, check);
        } else {
            synchronized (bucket) { // concurrent requests get no more attempts than sequential ones
                found = attempted(bucket, address, check.result());
            }
        }
        found.ifPresent(right -> accepted.put(address, true));
        return found;
    }

    /** The address's attempt comes first, so that one without any left takes none from the others. */
    private <T> Optional<T> slowly(Bucket bucket, String address, TokenCheck<T> check) {
        return attempted(bucket, address, () -> {
            if (!slow.tryConsume(1)) {
                throw SlowHashes.tooMany();
            }
            Optional<T> found = check.result().get();
            if (found.isPresent()) {
                slow.addTokens(1);
            }
            return found;
        });
    }

    /** Takes the attempt before the check and returns it afterwards, unless the token is wrong. */
    private static <T> Optional<T> attempted(Bucket bucket, String address, Supplier<Optional<T>> check) {
        take(bucket);
        boolean wrong = false;
        try {
            Optional<T> found = check.get();
            wrong = found.isEmpty();
            return found;
        } finally {
            // a check that failed says nothing about the token
            if (!wrong) {
                bucket.addTokens(1);
            } else {
                warnIfLast(bucket, address);
            }
        }
    }

    private static void take(Bucket bucket) {
        if (!bucket.tryConsume(1)) {
            throw tooManyAttempts(bucket);
        }
    }

    private static void warnIfLast(Bucket bucket, String address) {
        if (bucket.getAvailableTokens() == 0) {
            Log.warnf("Too many wrong tokens from %s: further attempts are delayed.", address);
        }
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
