package id.detak.access;

import id.detak.database.DatabaseProblems;
import id.detak.database.TransientFailures;
import id.detak.platform.RouterProblems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Authenticates by {@code Authorization: Bearer <token>}: the admin token or a read token; a wrong one is 401. */
@ApplicationScoped
public class BearerTokens implements HttpAuthenticationMechanism {

    private static final String SCHEME = "Bearer ";

    private final Credentials credentials;
    private final FailedAttempts failedAttempts;
    private final BlockingSecurityExecutor blocking;

    BearerTokens(Credentials credentials, FailedAttempts failedAttempts, BlockingSecurityExecutor blocking) {
        this.credentials = credentials;
        this.failedAttempts = failedAttempts;
        this.blocking = blocking;
    }

    /** Other schemes belong to a proxy in front of Detak. */
    static boolean areIn(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identityProviders) {
        if (!areIn(context.request())) {
            return Uni.createFrom().nullItem();
        }
        String token = context.request()
                .getHeader(HttpHeaders.AUTHORIZATION)
                .substring(SCHEME.length())
                .strip();
        Uni<SecurityIdentity> identity = blocking.executeBlocking(() -> {
            Optional<Credential> credential = failedAttempts.count(context, credentials.check(token));
            return Identities.of(credential.orElseThrow(() -> new AuthenticationFailedException("Unknown token.")));
        });
        return identity.onFailure(TransientFailures::isTransient)
                .recoverWithUni(() -> RouterProblems.stop(context, DatabaseProblems.unavailable()))
                .onFailure(HttpProblem.class)
                .recoverWithUni(e -> RouterProblems.stop(context, (HttpProblem) e));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(AuthenticationChallenges.CHALLENGE);
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        AuthenticationChallenges.send(context);
        return Uni.createFrom().item(true);
    }
}
