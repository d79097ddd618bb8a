package id.detak.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import id.detak.access.Session.Via;
import id.detak.database.Notification.Topic;
import id.detak.database.PgNotifications;
import id.detak.database.StoredSettings;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Sessions in the database, so that all replicas know them. A session ends by signing out, after a time without use
 * ({@code DETAK_SESSION_IDLE}), with the token that opened it, and after 30 days in any case. All times are the
 * database's.
 */
@ApplicationScoped
public class Sessions implements PanacheRepositoryBase<Session, String> {

    private static final Duration MAX_AGE = Duration.ofDays(30);
    /** If a notification is lost, the end of a session takes effect after this time. */
    private static final Duration CACHED_FOR = Duration.ofSeconds(5);

    private static final Duration USE_IS_WRITTEN_EVERY = Duration.ofMinutes(1);
    static final int MAX_PER_TOKEN = 100;
    private static final int MAX_CACHED = 10_000;
    private static final String ALIVE =
            "used_at > now() - make_interval(secs => :idle) and created_at > now() - make_interval(secs => :maxAge)";

    private final StoredSettings settings;
    private final ReadTokens readTokens;
    private final PgNotifications notifications;
    private final Clock clock;
    private final Duration idle;
    private final OpenIdRoles openIdRoles;
    private final Cache<SessionKey, Cached> cache = Caffeine.newBuilder()
            .expireAfterWrite(CACHED_FOR)
            .maximumSize(MAX_CACHED)
            .build();

    private record Cached(Optional<Credential.OfSession> session, Instant usedAt) {}

    Sessions(
            StoredSettings settings,
            ReadTokens readTokens,
            PgNotifications notifications,
            Clock clock,
            AccessConfig config,
            OpenIdRoles openIdRoles) {
        this.settings = settings;
        this.readTokens = readTokens;
        this.notifications = notifications;
        this.clock = clock;
        this.idle = config.sessionIdle();
        this.openIdRoles = openIdRoles;
    }

    /**
     * Opens a session. The credential's row is locked until the commit: a transaction that replaces or revokes it
     * waits, and then closes this session, too.
     *
     * @return the value of the cookie; empty if the credential has just ended
     */
    @Transactional
    public Optional<String> open(Credential credential) {
        return credential.map(this::openWith, this::openWith, session -> {
            throw new IllegalArgumentException("A session cannot open another session.");
        });
    }

    private Optional<String> openWith(Credential.OfAdminToken token) {
        return settings.lockIfEqual(AdminToken.KEY, token.verifier().stored())
                ? Optional.of(open(Via.TOKEN, Roles.ADMIN, token.name(), null))
                : Optional.empty();
    }

    private Optional<String> openWith(Credential.OfReadToken token) {
        boolean exists = !readTokens
                .find("id", token.id())
                .withLock(LockModeType.PESSIMISTIC_READ)
                .list()
                .isEmpty();
        return exists ? Optional.of(open(Via.TOKEN, Roles.READER, token.name(), token.id())) : Optional.empty();
    }

    /**
     * Opens a session for a person whom an OpenID provider has authenticated; empty if the configuration gives that
     * name no role.
     */
    @Transactional
    public Optional<String> openFor(String openIdName) {
        return openIdRoles.of(openIdName).map(role -> open(Via.OPEN_ID, role, openIdName, null));
    }

    private String open(Via via, String role, String name, UUID readTokenId) {
        query("delete from session where not (" + ALIVE + ")").executeUpdate();
        String cookie = RandomTokens.create();
        persistAndFlush(new Session(SessionKey.ofCookie(cookie), via, role, name, readTokenId));
        closeOldest(via, role, name, readTokenId);
        return cookie;
    }

    /** Ends the sessions of a token, or of a person, that were not used for the longest time. */
    private void closeOldest(Via via, String role, String name, UUID readTokenId) {
        Sort newestFirst = Sort.descending("usedAt").and("key");
        PanacheQuery<Session> same = readTokenId == null
                ? find("via = ?1 and role = ?2 and name = ?3 and readTokenId is null", newestFirst, via, role, name)
                : find("readTokenId", newestFirst, readTokenId);
        same.range(MAX_PER_TOKEN, 2 * MAX_PER_TOKEN)
                .list()
                .forEach(session -> close(new Credential.OfSession(new SessionKey(session.key), role, name)));
    }

    /** The session from the cache; null on a cache miss. */
    Optional<Credential.OfSession> cached(String cookie, boolean use) {
        Cached cached = cache.getIfPresent(SessionKey.ofCookie(cookie));
        boolean mustBeWritten = cached != null
                && use
                && cached.usedAt() != null
                && cached.usedAt().plus(USE_IS_WRITTEN_EVERY).isBefore(clock.instant());
        return cached == null || mustBeWritten ? null : cached.session();
    }

    /**
     * @param use whether a person acts, rather than a page that only refreshes itself; a reader's open page counts as
     *     use
     */
    @Transactional
    Optional<Credential.OfSession> lookUp(SessionKey key, boolean use) {
        query(
                        "update session set used_at = now() where key = :key and (:use or role = 'reader') and used_at < now() - make_interval(secs => :every) and "
                                + ALIVE)
                .setParameter("key", key.hex())
                .setParameter("use", use)
                .setParameter("every", USE_IS_WRITTEN_EVERY.toSeconds())
                .executeUpdate();
        Optional<Session> alive = getEntityManager()
                .unwrap(org.hibernate.Session.class)
                .createNativeQuery("select * from session where key = :key and " + ALIVE, Session.class)
                .setParameter("key", key.hex())
                .setParameter("idle", idle.toSeconds())
                .setParameter("maxAge", MAX_AGE.toSeconds())
                .getResultList()
                .stream()
                .findFirst();
        Cached found = alive.map(session -> new Cached(
                        role(session).map(role -> new Credential.OfSession(key, role, session.name)), session.usedAt))
                .orElse(new Cached(Optional.empty(), null));
        cache.put(key, found);
        return found.session();
    }

    private Query query(String sql) {
        return getEntityManager()
                .createNativeQuery(sql)
                .setParameter("idle", idle.toSeconds())
                .setParameter("maxAge", MAX_AGE.toSeconds());
    }

    /** The role of a session; empty for an OpenID user whom the configuration no longer names. */
    private Optional<String> role(Session session) {
        return session.via == Via.OPEN_ID ? openIdRoles.of(session.name) : Optional.of(session.role);
    }

    @Transactional
    public void close(Credential.OfSession session) {
        delete("key", session.key().hex());
        notifications.publish(Topic.ACCESS, session.key().hex());
        cache.invalidate(session.key());
    }

    @Transactional(TxType.MANDATORY)
    void closeAllOfAdminToken() {
        delete("via = ?1 and role = ?2", Via.TOKEN, Roles.ADMIN);
    }

    void clearCache(SessionKey key) {
        cache.invalidate(key);
    }

    void clearCache() {
        cache.invalidateAll();
    }
}
