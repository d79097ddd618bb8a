package id.detak.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import id.detak.database.PgNotifications;
import id.detak.database.TransientFailures;
import id.detak.platform.Sha256;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tokens that let one person or program read, each with a name, until it is revoked. */
@ApplicationScoped
public class ReadTokens {

    /** Says what it is where one is found. */
    static final String PREFIX = "detak_read_";
    /** Where a notification is lost, a revocation is known after this. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);
    private static final Duration SEEN_FOR = Duration.ofHours(1);
    private static final int MOST_KNOWN = 10_000;

    private final EntityManager em;
    private final PgNotifications streams;
    private final Cache<String, Optional<Credential.OfReadToken>> known = Caffeine.newBuilder().expireAfterWrite(KNOWN_FOR).maximumSize(MOST_KNOWN).build();
    private final Cache<String, Credential.OfReadToken> lastSeen = Caffeine.newBuilder().expireAfterWrite(SEEN_FOR).maximumSize(MOST_KNOWN).build();

    ReadTokens(EntityManager em, PgNotifications streams) {
        this.em = em;
        this.streams = streams;
    }

    public record ReadToken(UUID id, String name, Instant createdAt) {
    }

    public record Made(ReadToken readToken, String token) {
    }

    @Transactional
    public List<ReadToken> all() {
        List<?> rows = em.createNativeQuery("select id, name, created_at from read_token order by created_at, id").getResultList();
        return rows.stream().map(Object[].class::cast).map(row -> new ReadToken((UUID) row[0], (String) row[1], (Instant) row[2])).toList();
    }

    @Transactional
    public Made make(String name) {
        String token = PREFIX + RandomTokens.create();
        UUID id = UUID.randomUUID();
        Object createdAt = em.createNativeQuery("insert into read_token (id, name, hash) values (:id, :name, :hash) returning created_at").setParameter("id", id)
                .setParameter("name", name).setParameter("hash", hash(token)).getSingleResult();
        return new Made(new ReadToken(id, name, (Instant) createdAt), token);
    }

    /** Ends it, the sessions it opened, and their streams. @return false where there is no such token */
    @Transactional
    public boolean revoke(UUID id) {
        boolean revoked = em.createNativeQuery("delete from read_token where id = :id").setParameter("id", id).executeUpdate() == 1;
        if (revoked) {
            streams.tell(PgNotifications.ACCESS, "");
            forget();
        }
        return revoked;
    }

    boolean wasRight(String token) {
        return lastSeen.getIfPresent(hash(token)) != null;
    }

    /** What is known without asking the database; null where nothing is. */
    Optional<Credential.OfReadToken> knownOf(String token) {
        return known.getIfPresent(hash(token));
    }

    /** While the database is away, what it said last holds for an hour: whoever watches Detak must see then that something is wrong. */
    Optional<Credential.OfReadToken> find(String token) {
        String hash = hash(token);
        Optional<Credential.OfReadToken> found;
        try {
            found = QuarkusTransaction.joiningExisting().call(() -> stored(hash));
        } catch (RuntimeException e) {
            Credential.OfReadToken last = lastSeen.getIfPresent(hash);
            if (last == null || !TransientFailures.isTransient(e)) {
                throw e;
            }
            return Optional.of(last);
        }
        known.put(hash, found);
        found.ifPresentOrElse(grant -> lastSeen.put(hash, grant), () -> lastSeen.invalidate(hash));
        return found;
    }

    private Optional<Credential.OfReadToken> stored(String hash) {
        List<?> rows = em.createNativeQuery("select id, name from read_token where hash = :hash").setParameter("hash", hash).getResultList();
        return rows.stream().findFirst().map(Object[].class::cast).map(row -> new Credential.OfReadToken((UUID) row[0], (String) row[1]));
    }

    @Transactional
    boolean isThere(UUID id) {
        return !em.createNativeQuery("select 1 from read_token where id = :id").setParameter("id", id).getResultList().isEmpty();
    }

    void forget() {
        known.invalidateAll();
        lastSeen.invalidateAll();
    }

    private static String hash(String token) {
        return Sha256.hex(token);
    }
}
