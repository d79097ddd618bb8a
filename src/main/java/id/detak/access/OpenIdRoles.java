package id.detak.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Roles of persons whom an OpenID provider has authenticated, by mail address: {@code DETAK_OIDC_ADMINS} and
 * {@code DETAK_OIDC_READERS} ({@code *}: everybody whom the provider lets in). Others get no role, because a provider
 * may authenticate anyone.
 */
@ApplicationScoped
class OpenIdRoles {

    private static final String EVERYBODY = "*";

    private final Set<String> admins;
    private final Set<String> readers;

    OpenIdRoles(AccessConfig config) {
        this.admins = normal(config.oidc().admins());
        this.readers = normal(config.oidc().readers());
    }

    private static Set<String> normal(Optional<List<String>> names) {
        return names.orElse(List.of()).stream().map(OpenIdRoles::normal).collect(Collectors.toSet());
    }

    private static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** The mail address that the provider has verified: an unverified one may be invented. */
    static Optional<String> name(SecurityIdentity identity) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)
                || !(token.getClaim("email") instanceof String email)) {
            return Optional.empty();
        }
        boolean verified = "true".equals(String.valueOf(token.<Object>getClaim("email_verified")));
        return Optional.of(normal(email)).filter(name -> verified && !name.isEmpty());
    }

    Optional<String> of(String name) {
        if (admins.contains(name)) {
            return Optional.of(Roles.ADMIN);
        }
        return readers.contains(name) || readers.contains(EVERYBODY) ? Optional.of(Roles.READER) : Optional.empty();
    }
}
