package id.detak.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** From a token to what it allows, and whether that still holds. */
@ApplicationScoped
public class Credentials {

    /** Under this name an identity carries its grant. */
    static final String ATTRIBUTE = "detak.grant";

    private final AdminToken adminToken;
    private final ReadTokens readTokens;
    private final Sessions sessions;

    Credentials(AdminToken adminToken, ReadTokens readTokens, Sessions sessions) {
        this.adminToken = adminToken;
        this.readTokens = readTokens;
        this.sessions = sessions;
    }

    /** Whether it was a right one lately: then it is no guess. */
    boolean wasRight(String token) {
        return token.startsWith(ReadTokens.PREFIX) ? readTokens.wasRight(token) : adminToken.wasRight(token);
    }

    /** What a token allows; empty where it is none of ours. Asks the database. */
    Optional<Credential> ofToken(String token) {
        if (token.isEmpty()) {
            return Optional.empty(); // and costs nothing to find out
        }
        if (token.startsWith(ReadTokens.PREFIX)) {
            Optional<Credential.OfReadToken> known = readTokens.knownOf(token);
            return (known == null ? readTokens.find(token) : known).map(Credential.class::cast);
        }
        return adminToken.verify(token).map(Credential.OfAdminToken::new);
    }

    /** Whether it still holds, by what the database says now. */
    public boolean hold(Credential grant) {
        if (grant instanceof Credential.OfAdminToken admin) {
            return adminToken.isStill(admin.verifier());
        }
        if (grant instanceof Credential.OfReadToken token) {
            return readTokens.isThere(token.id());
        }
        Credential.OfSession session = (Credential.OfSession) grant;
        return sessions.find(session.key(), false).isPresent();
    }

    /** A session was signed out of. */
    public void forgetSession(String key) {
        sessions.forget(new SessionKey(key));
    }

    /** Whether the grant is that session. */
    public static boolean isSession(Credential grant, String key) {
        return grant instanceof Credential.OfSession session && session.key().hex().equals(key);
    }

    /** Something has changed: what was known of tokens and sessions is asked for anew. */
    public void forget() {
        adminToken.forget();
        readTokens.forget();
        sessions.forget();
    }
}
