package id.detak.platform.access;

import id.detak.platform.Transience;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** {@code Authorization: Bearer <token>}: the admin's token, or a read token; a wrong one is 401. */
@ApplicationScoped
public class BearerTokens implements HttpAuthenticationMechanism {

    private static final String SCHEME = "Bearer ";

    private final Grants grants;
    private final WrongTries wrongTries;
    private final BlockingSecurityExecutor blocking;

    BearerTokens(Grants grants, WrongTries wrongTries, BlockingSecurityExecutor blocking) {
        this.grants = grants;
        this.wrongTries = wrongTries;
        this.blocking = blocking;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identityProviders) {
        String header = context.request().getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().nullItem();
        }
        String token = header.substring(SCHEME.length()).strip();
        Uni<SecurityIdentity> identity = blocking.executeBlocking(() -> {
            Optional<Grant> grant = grants.ofToken(token);
            if (grant.isEmpty()) {
                wrongTries.count(context);
                throw new AuthenticationFailedException("The token is none of ours.");
            }
            return Identities.of(grant.get());
        });
        return identity.onFailure(Transience::isTransient).recoverWithUni(() -> Refusals.databaseIsAway(context));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(Challenges.CHALLENGE);
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        Challenges.send(context);
        return Uni.createFrom().item(true);
    }
}
