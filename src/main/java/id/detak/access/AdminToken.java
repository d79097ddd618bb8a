package id.detak.access;

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
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The token that writing needs: {@code DETAK_ADMIN_TOKEN}, else one made at the first start and shown once in the log. What is
 * kept of it stands in the database, so that all replicas go by the same one: the one that was set last.
 */
@ApplicationScoped
public class AdminToken {

    static final String KEY = "admin-token";
    private static final String CONFIGURED = "admin-token-is-set";
    /** Where a notification is lost, a new token is known after this. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);
    private static final int SHORT = 16;
    private static final int AT_ONCE = 2;

    private final Optional<String> configured;
    private final StoredSettings settings;
    private final Sessions sessions;
    private final PgNotifications streams;
    private final Clock clock;
    private final Semaphore atOnce = new Semaphore(AT_ONCE);
    private final AtomicReference<Known> known = new AtomicReference<>();

    /**
     * @param accepted hash of the token that was found right, or null: to compare with it costs nothing
     */
    private record Known(TokenVerifier verifier, Instant since, byte[] accepted) {
    }

    AdminToken(@ConfigProperty(name = "detak.admin-token") Optional<String> configured, StoredSettings settings, Sessions sessions, PgNotifications streams, Clock clock) {
        this.configured = configured.map(String::strip).filter(token -> !token.isEmpty());
        this.settings = settings;
        this.sessions = sessions;
        this.streams = streams;
        this.clock = clock;
    }

    /** Takes the token that is set, or makes one where there is none. Of several processes that start at once, one makes and shows it. */
    @Transactional
    public void ensure() {
        Optional<TokenVerifier> stored = settings.get(KEY).map(TokenVerifier::new);
        if (configured.isPresent()) {
            String token = configured.get();
            if (token.length() < SHORT) {
                Log.warnf("DETAK_ADMIN_TOKEN has less than %d characters: a longer one that nobody can guess is safer.", SHORT);
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
            if (settings.putIfAbsent(KEY, TokenVerifier.ofMade(token).stored())) {
                Log.infof("The admin's token, shown only this once: %s (writing needs it as 'Authorization: Bearer …'; DETAK_ADMIN_TOKEN sets one of your own)", token);
            }
        }
    }

    /** A new one in place of the old, whose sessions end. */
    @Transactional
    public String renew() {
        String token = RandomTokens.create();
        replace(TokenVerifier.ofMade(token));
        return token;
    }

    /** Whether whoever serves on this database sets it, and would set it again. */
    public boolean isConfigured() {
        return configured.isPresent() || settings.get(CONFIGURED).filter("true"::equals).isPresent();
    }

    private void replace(TokenVerifier verifier) {
        settings.put(KEY, verifier.stored());
        sessions.closeAllOfAdminToken();
        streams.tell(PgNotifications.ACCESS, "");
    }

    void forget() {
        known.set(null);
    }

    boolean wasRight(String token) {
        Known now = known.get();
        return now != null && now.accepted() != null && MessageDigest.isEqual(now.accepted(), Sha256.of(token));
    }

    /** What the token is known by now, where it is the admin's. */
    Optional<TokenVerifier> verify(String token) {
        Known now = known();
        if (now == null) {
            return Optional.empty();
        }
        byte[] hash = Sha256.of(token);
        if (now.accepted() != null && MessageDigest.isEqual(now.accepted(), hash)) {
            return Optional.of(now.verifier());
        }
        if (!accepts(now.verifier(), token)) {
            return Optional.empty();
        }
        known.compareAndSet(now, new Known(now.verifier(), now.since(), hash)); // which was not forgotten meanwhile
        return Optional.of(now.verifier());
    }

    /** Slow by intent: two at a time leave workers to others. */
    private boolean accepts(TokenVerifier verifier, String token) {
        atOnce.acquireUninterruptibly();
        try {
            return verifier.accepts(token);
        } finally {
            atOnce.release();
        }
    }

    boolean isStill(TokenVerifier verifier) {
        Known now = known();
        return now != null && now.verifier().equals(verifier);
    }

    private Known known() {
        Known now = known.get();
        if (now != null && now.since().plus(KNOWN_FOR).isAfter(clock.instant())) {
            return now;
        }
        TokenVerifier verifier;
        try {
            verifier = settings.get(KEY).map(TokenVerifier::new).orElse(null);
        } catch (RuntimeException e) {
            if (now == null) {
                throw e;
            }
            return now; // nobody can have set another while the database is away
        }
        byte[] accepted = now != null && now.verifier().equals(verifier) ? now.accepted() : null;
        Known read = verifier == null ? null : new Known(verifier, clock.instant(), accepted);
        known.compareAndSet(now, read);
        return read;
    }
}
