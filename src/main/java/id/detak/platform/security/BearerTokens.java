package id.detak.platform.security;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** {@code Authorization: Bearer <token>}: the admin's token gives the role {@code admin}; a wrong one is 401. */
@ApplicationScoped
public class BearerTokens implements HttpAuthenticationMechanism, IdentityProvider<TokenAuthenticationRequest> {

    public static final String ADMIN = "admin";
    private static final String SCHEME = "Bearer ";

    private final AdminToken adminToken;

    BearerTokens(AdminToken adminToken) {
        this.adminToken = adminToken;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identityProviders) {
        String header = context.request().getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().nullItem();
        }
        TokenCredential token = new TokenCredential(header.substring(SCHEME.length()).strip(), "bearer");
        return identityProviders.authenticate(new TokenAuthenticationRequest(token));
    }

    @Override
    public Uni<SecurityIdentity> authenticate(TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        return context.runBlocking(() -> {
            if (!adminToken.matches(request.getToken().getToken())) {
                throw new AuthenticationFailedException("The token is not the admin's.");
            }
            return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(ADMIN)).addRole(ADMIN).build();
        });
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer realm=\"detak\""));
    }

    /** The answer has a body, as every error has. */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        return getChallenge(context).map(challenge -> {
            String detail = context.request().getHeader("Authorization") == null ? AuthenticationProblems.NO_TOKEN : AuthenticationProblems.WRONG_TOKEN;
            challenge.getHeaders().forEach((name, value) -> context.response().putHeader(name, value));
            context.response().setStatusCode(challenge.status).putHeader("Content-Type", HttpProblem.MEDIA_TYPE.toString())
                    .end(new JsonObject().put("status", challenge.status).put("title", "Unauthorized").put("detail", detail)
                            .put("instance", context.normalizedPath()).encode());
            return true;
        });
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(TokenAuthenticationRequest.class);
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }
}
