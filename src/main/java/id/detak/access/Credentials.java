package id.detak.access;

import id.detak.database.Notification;
import id.detak.database.Notification.ListenerConnected;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** Resolves tokens to credentials, and checks whether a credential is still valid. */
@ApplicationScoped
public class Credentials {

    /** The attribute of a security identity that holds its credential. */
    static final String ATTRIBUTE = "detak.credential";

    private final AdminToken adminToken;
    private final ReadTokens readTokens;
    private final Sessions sessions;

    Credentials(AdminToken adminToken, ReadTokens readTokens, Sessions sessions) {
        this.adminToken = adminToken;
        this.readTokens = readTokens;
        this.sessions = sessions;
    }

    /** The check of a token. May query the database, like its result. */
    TokenCheck<Credential> check(String token) {
        if (token.isEmpty()) {
            return TokenCheck.ofRandom(Optional::empty);
        }
        if (token.startsWith(ReadTokens.PREFIX)) {
            return TokenCheck.ofRandom(() -> {
                Optional<Credential.OfReadToken> cached = readTokens.cached(token);
                return (cached == null ? readTokens.lookUp(token) : cached).map(credential -> credential);
            });
        }
        TokenCheck<TokenVerifier> check = adminToken.check(token);
        return new TokenCheck<>(
                check.guessable(), check.slow(), () -> check.result().get().map(Credential.OfAdminToken::new));
    }

    /** Whether the credential is still valid. */
    public boolean isValid(Credential credential) {
        return credential.map(
                admin -> adminToken.isCurrent(admin.verifier()),
                token -> readTokens.exists(token.id()),
                session -> sessions.lookUp(session.key(), false).isPresent());
    }

    /** Whether the credential is that session. */
    public static boolean isSession(Credential credential, String key) {
        return credential
                .session()
                .filter(session -> session.key().hex().equals(key))
                .isPresent();
    }

    void onNotification(@Observes @Priority(Notification.CACHES_FIRST) Notification notification) {
        if (notification.topic() != Notification.Topic.ACCESS) {
            return;
        }
        if (notification.payload().isEmpty()) {
            clearCaches();
        } else {
            sessions.clearCache(new SessionKey(notification.payload()));
        }
    }

    void onConnected(@Observes @Priority(Notification.CACHES_FIRST) ListenerConnected connected) {
        clearCaches();
    }

    private void clearCaches() {
        adminToken.clearCache();
        readTokens.clearCache();
        sessions.clearCache();
    }
}
