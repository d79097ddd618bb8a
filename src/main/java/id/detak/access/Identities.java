package id.detak.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Converts credentials to Quarkus identities and back. */
public final class Identities {

    private Identities() {}

    static SecurityIdentity of(Credential credential) {
        QuarkusSecurityIdentity.Builder identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(credential.name()))
                .addAttribute(Credentials.ATTRIBUTE, credential)
                .addRole(Roles.READER);
        if (credential.role().equals(Roles.ADMIN)) {
            identity.addRole(Roles.ADMIN);
        }
        return identity.build();
    }

    /** The identity of a request; null before authentication. */
    public static SecurityIdentity of(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user ? user.getSecurityIdentity() : null;
    }

    /** The credential of an identity; empty for an anonymous one. */
    public static Optional<Credential> credentialOf(SecurityIdentity identity) {
        return Optional.ofNullable(identity == null ? null : identity.getAttribute(Credentials.ATTRIBUTE));
    }

    /** The session of an identity; empty unless a session is its credential. */
    public static Optional<Credential.OfSession> sessionOf(SecurityIdentity identity) {
        return credentialOf(identity).flatMap(Credential::session);
    }
}
