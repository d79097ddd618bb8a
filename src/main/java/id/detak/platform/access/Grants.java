package id.detak.platform.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** From a token to what it allows, and whether that still holds. */
@ApplicationScoped
public class Grants {

    /** Under this name an identity carries its grant. */
    static final String ATTRIBUTE = "detak.grant";

    private final AdminToken adminToken;
    private final ReadTokens readTokens;
    private final Sessions sessions;

    Grants(AdminToken adminToken, ReadTokens readTokens, Sessions sessions) {
        this.adminToken = adminToken;
        this.readTokens = readTokens;
        this.sessions = sessions;
    }

    /** Whether it was a right one lately: then it is no guess. */
    boolean wasRight(String token) {
        return token.startsWith(ReadTokens.PREFIX) ? readTokens.wasRight(token) : adminToken.wasRight(token);
    }

    /** What a token allows; empty where it is none of ours. Asks the database. */
    Optional<Grant> ofToken(String token) {
        if (token.isEmpty()) {
            return Optional.empty(); // and costs nothing to find out
        }
        if (token.startsWith(ReadTokens.PREFIX)) {
            Optional<Grant.OfReadToken> known = readTokens.knownOf(token);
            return (known == null ? readTokens.find(token) : known).map(Grant.class::cast);
        }
        return adminToken.verify(token).map(Grant.OfAdminToken::new);
    }

    /** Whether it still holds, by what the database says now. */
    public boolean hold(Grant grant) {
        if (grant instanceof Grant.OfAdminToken admin) {
            return adminToken.isStill(admin.verifier());
        }
        if (grant instanceof Grant.OfReadToken token) {
            return readTokens.isThere(token.id());
        }
        Grant.OfSession session = (Grant.OfSession) grant;
        return sessions.find(session.key(), false).isPresent();
    }

    /** A session was signed out of. */
    public void forgetSession(String key) {
        sessions.forget(new SessionKey(key));
    }

    /** Whether the grant is that session. */
    public static boolean isSession(Grant grant, String key) {
        return grant instanceof Grant.OfSession session && session.key().hex().equals(key);
    }

    /** Something has changed: what was known of tokens and sessions is asked for anew. */
    public void forget() {
        adminToken.forget();
        readTokens.forget();
        sessions.forget();
    }
}
