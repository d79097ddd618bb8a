package id.detak.access;

import id.detak.platform.BadSettingException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Whether everybody may read ({@code DETAK_READING=open}, the default), or only holders of a token ({@code closed}).
 */
@ApplicationScoped
public class ReadAccess implements SecurityIdentityAugmentor {

    private final boolean open;

    ReadAccess(AccessConfig config) {
        this.open = switch (config.reading().strip()) {
            case "open" -> true;
            case "closed" -> false;
            default -> throw new BadSettingException("DETAK_READING must be open or closed.");
        };
    }

    public boolean isOpen() {
        return open;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom()
                .item(
                        open && identity.isAnonymous()
                                ? QuarkusSecurityIdentity.builder(identity)
                                        .addRole(Roles.READER)
                                        .build()
                                : identity);
    }
}
