package id.detak.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import id.detak.database.PgNotifications;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who has signed in, in the database, so that all replicas know. A session ends by signing out, after a time without use
 * ({@code DETAK_SESSION_IDLE}), with the token that opened it, and after 30 days in any case.
 */
@ApplicationScoped
public class Sessions {

    private static final Duration LONGEST = Duration.ofDays(30);
    /** Where a notification is lost, the end of a session is known after this. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);
    private static final Duration USE_IS_WRITTEN_EVERY = Duration.ofMinutes(1);
    private static final String OPEN_ID = "oidc";
    private static final int MOST_KNOWN = 10_000;
    private static final String ALIVE = "used_at > now() - make_interval(secs => :idle) and created_at > now() - make_interval(secs => :longest)";

    private final EntityManager em;
    private final PgNotifications streams;
    private final Clock clock;
    private final Duration idle;
    private final OpenIdRoles openIdRoles;
    private final Cache<SessionKey, Found> known = Caffeine.newBuilder().expireAfterWrite(KNOWN_FOR).maximumSize(MOST_KNOWN).build();

    private record Found(Optional<Credential.OfSession> grant, Instant usedAt) {
    }

    Sessions(EntityManager em, PgNotifications streams, Clock clock, @ConfigProperty(name = "detak.session-idle", defaultValue = "PT12H") Duration idle,
            OpenIdRoles openIdRoles) {
        this.em = em;
        this.streams = streams;
        this.clock = clock;
        this.idle = idle;
        this.openIdRoles = openIdRoles;
    }

    /** @return what the cookie is to hold; empty where the grant has just ended */
    @Transactional
    public Optional<String> open(Credential grant) {
        if (grant instanceof Credential.OfAdminToken admin) {
            // whoever sets another token at this moment waits, and closes this session
            return opened("token", Roles.ADMIN, grant.name(), null, "exists (select 1 from setting where key = '" + AdminToken.KEY + "' and value = :condition for share)",
                    admin.verifier().stored());
        }
        if (grant instanceof Credential.OfReadToken token) {
            return opened("token", Roles.READER, grant.name(), token.id(), "exists (select 1 from read_token where id = cast(:condition as uuid) for share)", token.id().toString());
        }
        throw new IllegalArgumentException("A session opens no other.");
    }

    /** For whom an OpenID provider has vouched; empty where nobody said that they may do anything here. */
    @Transactional
    public Optional<String> openFor(String openIdName) {
        return openIdRoles.of(openIdName).flatMap(role -> opened(OPEN_ID, role, openIdName, null, "cast(:condition as text) is not null", openIdName));
    }

    private Optional<String> opened(String via, String role, String name, UUID readToken, String condition, String conditionValue) {
        em.createNativeQuery("delete from session where not (" + ALIVE + ")").setParameter("idle", idle.toSeconds()).setParameter("longest", LONGEST.toSeconds()).executeUpdate();
        String cookie = RandomTokens.create();
        int rows = em.createNativeQuery("insert into session (key, via, role, name, read_token_id) select :key, :via, :role, :name, cast(:token as uuid) where " + condition)
                .setParameter("key", SessionKey.ofCookie(cookie).hex()).setParameter("via", via).setParameter("role", role).setParameter("name", name)
                .setParameter("token", readToken == null ? null : readToken.toString()).setParameter("condition", conditionValue).executeUpdate();
        return rows == 1 ? Optional.of(cookie) : Optional.empty();
    }

    /** What is known without asking the database; null where nothing is. */
    Optional<Credential.OfSession> knownOf(String cookie, boolean use) {
        Found found = known.getIfPresent(SessionKey.ofCookie(cookie));
        boolean mustBeWritten = found != null && use && found.usedAt() != null && found.usedAt().plus(USE_IS_WRITTEN_EVERY).isBefore(clock.instant());
        return found == null || mustBeWritten ? null : found.grant();
    }

    /** @param use whether a person is at work, or a page only looks for what is new; whoever may only read is at work as long as it is open */
    @Transactional
    Optional<Credential.OfSession> find(SessionKey key, boolean use) {
        em.createNativeQuery("update session set used_at = now() where key = :key and (:use or role = 'reader') and used_at < now() - make_interval(secs => :every) and " + ALIVE)
                .setParameter("key", key.hex()).setParameter("use", use).setParameter("every", USE_IS_WRITTEN_EVERY.toSeconds()).setParameter("idle", idle.toSeconds())
                .setParameter("longest", LONGEST.toSeconds()).executeUpdate();
        List<?> rows = em.createNativeQuery("select role, name, via, used_at from session where key = :key and " + ALIVE).setParameter("key", key.hex())
                .setParameter("idle", idle.toSeconds()).setParameter("longest", LONGEST.toSeconds()).getResultList();
        Found found = rows.stream().findFirst().map(Object[].class::cast)
                .map(row -> new Found(role(row).map(role -> new Credential.OfSession(key, role, (String) row[1])), (Instant) row[3])).orElse(new Found(Optional.empty(), null));
        known.put(key, found);
        return found.grant();
    }

    /** Whom the configuration names no longer has lost what it gave. */
    private Optional<String> role(Object[] row) {
        return row[2].equals(OPEN_ID) ? openIdRoles.of((String) row[1]) : Optional.of((String) row[0]);
    }

    @Transactional
    public void close(Credential.OfSession session) {
        em.createNativeQuery("delete from session where key = :key").setParameter("key", session.key().hex()).executeUpdate();
        streams.tell(PgNotifications.ACCESS, session.key().hex());
        known.invalidate(session.key());
    }

    void closeAllOfAdminToken() {
        em.createNativeQuery("delete from session where via = 'token' and role = 'admin'").executeUpdate();
    }

    void forget(SessionKey key) {
        known.invalidate(key);
    }

    void forget() {
        known.invalidateAll();
    }
}
