package id.detak.access;

import id.detak.database.Notification.Topic;
import id.detak.database.PgNotifications;
import id.detak.database.Replicas;
import id.detak.database.StoredSettings;
import id.detak.platform.BadSettingException;
import id.detak.platform.Sha256;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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

    private final Optional<String> configured;
    private final StoredSettings settings;
    private final Sessions sessions;
    private final PgNotifications notifications;
    private final Replicas replicas;
    private final AuditLog audit;
    private final Clock clock;
    private final SlowHashes slowHashes;
    private final AtomicReference<Cached> cache = new AtomicReference<>();
    private final AtomicReference<Right> right = new AtomicReference<>();

    private record Cached(TokenVerifier verifier, Instant since) {}

    /** The hash of the token that a verifier accepts: comparing with it is cheap. */
    private record Right(TokenVerifier verifier, byte[] hash) {}

    AdminToken(
            AccessConfig config,
            StoredSettings settings,
            Sessions sessions,
            PgNotifications notifications,
            Replicas replicas,
            AuditLog audit,
            SlowHashes slowHashes,
            Clock clock) {
        this.configured = config.adminToken().map(String::strip).filter(token -> !token.isEmpty());
        this.settings = settings;
        this.sessions = sessions;
        this.notifications = notifications;
        this.replicas = replicas;
        this.audit = audit;
        this.slowHashes = slowHashes;
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
            TokenVerifier verifier = stored.filter(known -> known.accepts(token))
                    .orElseGet(() -> {
                        refuseBesideOthers(stored.isPresent());
                        TokenVerifier chosen = TokenVerifier.of(token);
                        replace(chosen, "configuration");
                        return chosen;
                    });
            right.set(new Right(verifier, Sha256.of(token)));
            settings.put(CONFIGURED, "true");
            return;
        }
        settings.put(CONFIGURED, "false");
        if (stored.isEmpty()) {
            String token = RandomTokens.create();
            if (settings.putIfAbsent(KEY, TokenVerifier.ofRandom(token).stored())) {
                Log.infof(
                        "Admin token (shown only once): %s. Send it as 'Authorization: Bearer …' to make changes. "
                                + "Set DETAK_ADMIN_TOKEN to choose your own.",
                        token);
            }
        }
    }

    /** Replicas with different tokens would end each other's sessions at each start. */
    private void refuseBesideOthers(boolean tokenExists) {
        if (tokenExists && isConfiguredSomewhere() && replicas.othersServe()) {
            throw new BadSettingException("DETAK_ADMIN_TOKEN differs from that of another running process on this"
                    + " database: set the same for all of them. To change it, stop all of them first.");
        }
    }

    /** Replaces the token and ends the sessions of the old one. */
    @Transactional
    public String renew() {
        String token = RandomTokens.create();
        replace(TokenVerifier.ofRandom(token), "command");
        return token;
    }

    /** Whether a process on this database has a configured token, which it would set again at its next start. */
    public boolean isConfigured() {
        return configured.isPresent() || isConfiguredSomewhere();
    }

    private boolean isConfiguredSomewhere() {
        return settings.get(CONFIGURED).filter("true"::equals).isPresent();
    }

    private void replace(TokenVerifier verifier, String actor) {
        audit.add(actor, "admin-token.change", "", "");
        settings.put(KEY, verifier.stored());
        sessions.closeAllOfAdminToken();
        notifications.publish(Topic.ACCESS);
    }

    void clearCache() {
        cache.set(null);
    }

    /**
     * The check of a token. Once the right token has been seen, here or in the configuration, every other one is wrong,
     * and no slow hash is needed.
     */
    TokenCheck<TokenVerifier> check(String token) {
        Cached current = current();
        if (current == null) {
            return TokenCheck.ofRandom(Optional::empty);
        }
        TokenVerifier verifier = current.verifier();
        byte[] hash = Sha256.of(token);
        Right seen = right.get();
        if (seen != null && seen.verifier().equals(verifier)) {
            boolean same = MessageDigest.isEqual(seen.hash(), hash);
            return new TokenCheck<>(verifier.isSlow(), false, () -> same ? Optional.of(verifier) : Optional.empty());
        }
        if (!verifier.isSlow()) {
            return TokenCheck.ofRandom(() -> verifier.accepts(token) ? Optional.of(verifier) : Optional.empty());
        }
        return new TokenCheck<>(true, true, () -> {
            if (!slowHashes.compute(() -> verifier.accepts(token))) {
                return Optional.empty();
            }
            right.set(new Right(verifier, hash));
            return Optional.of(verifier);
        });
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
        Cached read = verifier == null ? null : new Cached(verifier, clock.instant());
        cache.compareAndSet(cached, read);
        return read;
    }
}
