package id.detak.access;

import id.detak.database.Notification.Topic;
import id.detak.database.PgNotifications;
import id.detak.database.StoredSettings;
import id.detak.platform.Sha256;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The token required for writing: {@code DETAK_ADMIN_TOKEN}, or one that is generated at the first start and shown once
 * in the log. Its verifier is stored in the database, so that all replicas accept the same token: the most recently
 * configured one wins.
 */
@ApplicationScoped
public class AdminToken {

    static final String KEY = "admin-token";
    private static final String CONFIGURED = "admin-token-is-set";
    /** If a notification is lost, a new token takes effect after this time. */
    private static final Duration CACHED_FOR = Duration.ofSeconds(5);

    private static final int RECOMMENDED_LENGTH = 16;
    private static final int MAX_CONCURRENT_CHECKS = 2;

    private final Optional<String> configured;
    private final StoredSettings settings;
    private final Sessions sessions;
    private final PgNotifications notifications;
    private final Clock clock;
    private final Semaphore checks = new Semaphore(MAX_CONCURRENT_CHECKS);
    private final AtomicReference<Cached> cache = new AtomicReference<>();

    /** @param accepted hash of the token that was accepted, or null: comparing with it is cheap */
    private record Cached(TokenVerifier verifier, Instant since, byte[] accepted) {}

    AdminToken(
            AccessConfig config,
            StoredSettings settings,
            Sessions sessions,
            PgNotifications notifications,
            Clock clock) {
        this.configured = config.adminToken().map(String::strip).filter(token -> !token.isEmpty());
        this.settings = settings;
        this.sessions = sessions;
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * Stores the configured token, or generates one if there is none. If several processes start at once, one of them
     * generates and logs it.
     */
    @Transactional
    public void ensure() {
        Optional<TokenVerifier> stored = settings.get(KEY).map(TokenVerifier::new);
        if (configured.isPresent()) {
            String token = configured.get();
            if (token.length() < RECOMMENDED_LENGTH) {
                Log.warnf(
                        "DETAK_ADMIN_TOKEN has fewer than %d characters: use a longer random one.", RECOMMENDED_LENGTH);
            }
            if (stored.isEmpty() || !stored.get().accepts(token)) {
                replace(TokenVerifier.ofChosen(token));
            }
            settings.put(CONFIGURED, "true");
            return;
        }
        settings.put(CONFIGURED, "false");
        if (stored.isEmpty()) {
            String token = RandomTokens.create();
            if (settings.putIfAbsent(KEY, TokenVerifier.ofGenerated(token).stored())) {
                Log.infof(
                        "Admin token (shown only once): %s. Send it as 'Authorization: Bearer …' to make changes. "
                                + "Set DETAK_ADMIN_TOKEN to choose your own.",
                        token);
            }
        }
    }

    /** Replaces the token and ends the sessions of the old one. */
    @Transactional
    public String renew() {
        String token = RandomTokens.create();
        replace(TokenVerifier.ofGenerated(token));
        return token;
    }

    /** Whether a process on this database has a configured token, which it would set again at its next start. */
    public boolean isConfigured() {
        return configured.isPresent()
                || settings.get(CONFIGURED).filter("true"::equals).isPresent();
    }

    private void replace(TokenVerifier verifier) {
        settings.put(KEY, verifier.stored());
        sessions.closeAllOfAdminToken();
        notifications.publish(Topic.ACCESS);
    }

    void clearCache() {
        cache.set(null);
    }

    boolean wasAccepted(String token) {
        Cached cached = cache.get();
        return cached != null
                && cached.accepted() != null
                && MessageDigest.isEqual(cached.accepted(), Sha256.of(token));
    }

    /** The current verifier if it accepts the token. */
    Optional<TokenVerifier> verify(String token) {
        Cached current = current();
        if (current == null) {
            return Optional.empty();
        }
        byte[] hash = Sha256.of(token);
        if (current.accepted() != null && MessageDigest.isEqual(current.accepted(), hash)) {
            return Optional.of(current.verifier());
        }
        if (!accepts(current.verifier(), token)) {
            return Optional.empty();
        }
        cache.compareAndSet(
                current, new Cached(current.verifier(), current.since(), hash)); // unless it was cleared meanwhile
        return Optional.of(current.verifier());
    }

    /** PBKDF2 is slow on purpose: a limit on concurrent checks leaves workers to other requests. */
    private boolean accepts(TokenVerifier verifier, String token) {
        checks.acquireUninterruptibly();
        try {
            return verifier.accepts(token);
        } finally {
            checks.release();
        }
    }

    boolean isCurrent(TokenVerifier verifier) {
        Cached current = current();
        return current != null && current.verifier().equals(verifier);
    }

    private Cached current() {
        Cached cached = cache.get();
        if (cached != null && cached.since().plus(CACHED_FOR).isAfter(clock.instant())) {
            return cached;
        }
        TokenVerifier verifier;
        try {
            verifier = settings.get(KEY).map(TokenVerifier::new).orElse(null);
        } catch (RuntimeException e) {
            if (cached == null) {
                throw e;
            }
            return cached; // the token cannot have changed while the database is unavailable
        }
        byte[] accepted = cached != null && cached.verifier().equals(verifier) ? cached.accepted() : null;
        Cached read = verifier == null ? null : new Cached(verifier, clock.instant(), accepted);
        cache.compareAndSet(cached, read);
        return read;
    }
}
