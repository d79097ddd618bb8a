package id.detak.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import id.detak.database.Notification.Topic;
import id.detak.database.PgNotifications;
import id.detak.database.TransientFailures;
import id.detak.platform.Sha256;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The read tokens. */
@ApplicationScoped
public class ReadTokens implements PanacheRepositoryBase<ReadToken, UUID> {

    /** Identifies a token that is found somewhere as one of Detak's. */
    static final String PREFIX = "detak_read_";

    private static final int LENGTH = PREFIX.length() + RandomTokens.LENGTH;
    /** If a notification is lost, a revocation takes effect after this time. */
    private static final Duration CACHED_FOR = Duration.ofSeconds(5);

    private static final Duration ACCEPTED_DURING_OUTAGE = Duration.ofHours(1);
    private static final int MAX_CACHED = 10_000;

    private final PgNotifications notifications;
    private final Cache<String, Optional<Credential.OfReadToken>> cache = Caffeine.newBuilder()
            .expireAfterWrite(CACHED_FOR)
            .maximumSize(MAX_CACHED)
            .build();
    private final Cache<String, Credential.OfReadToken> lastSeen = Caffeine.newBuilder()
            .expireAfterWrite(ACCEPTED_DURING_OUTAGE)
            .maximumSize(MAX_CACHED)
            .build();

    ReadTokens(PgNotifications notifications) {
        this.notifications = notifications;
    }

    /** @param token the secret, which is not stored */
    public record Created(ReadToken readToken, String token) {}

    @Transactional
    public List<ReadToken> all() {
        return listAll(Sort.by("createdAt").and("id"));
    }

    @Transactional
    public Created create(String name) {
        String token = PREFIX + RandomTokens.create();
        ReadToken readToken = new ReadToken(UUID.randomUUID(), name, Sha256.hex(token));
        persistAndFlush(readToken);
        return new Created(readToken, token);
    }

    /**
     * Deletes the token, which ends the sessions that it opened and their streams. @return false if there is no such
     * token
     */
    @Transactional
    public boolean revoke(UUID id) {
        boolean revoked = delete("id", id) == 1;
        if (revoked) {
            notifications.publish(Topic.ACCESS);
            clearCache();
        }
        return revoked;
    }

    /** Looks up a token in the cache; null if it is not there. */
    Optional<Credential.OfReadToken> cached(String token) {
        return cache.getIfPresent(Sha256.hex(token));
    }

    /**
     * While the database is unavailable, the last result is valid for an hour, so that monitoring can still see that
     * something is wrong.
     */
    Optional<Credential.OfReadToken> lookUp(String token) {
        if (token.length() != LENGTH) {
            return Optional.empty();
        }
        String hash = Sha256.hex(token);
        Optional<Credential.OfReadToken> found;
        try {
            found = QuarkusTransaction.joiningExisting().call(() -> find("hash", hash)
                    .firstResultOptional()
                    .map(stored -> new Credential.OfReadToken(stored.id, stored.name)));
        } catch (RuntimeException e) {
            Credential.OfReadToken last = lastSeen.getIfPresent(hash);
            if (last == null || !TransientFailures.isTransient(e)) {
                throw e;
            }
            return Optional.of(last);
        }
        cache.put(hash, found);
        found.ifPresentOrElse(credential -> lastSeen.put(hash, credential), () -> lastSeen.invalidate(hash));
        return found;
    }

    @Transactional
    boolean exists(UUID id) {
        return count("id", id) > 0;
    }

    void clearCache() {
        cache.invalidateAll();
        lastSeen.invalidateAll();
    }
}
