package id.detak.access;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SessionsTest {

    @Inject
    Sessions sessions;

    @Inject
    ReadTokens readTokens;

    @Inject
    Credentials credentials;

    @Test
    void tokenHasAtMostAHundredSessions() {
        ReadTokens.Created token = readTokens.create("Budi");
        Credential credential = credentials.check(token.token()).result().get().orElseThrow();
        Credential admin =
                credentials.check(TestDatabase.ADMIN_TOKEN).result().get().orElseThrow();
        String ofAdmin = sessions.open(admin).orElseThrow();
        String first = sessions.open(credential).orElseThrow();
        String second = sessions.open(credential).orElseThrow();
        for (int i = 2; i <= Sessions.MAX_PER_TOKEN; i++) {
            assertThat(isOpen(first)).isTrue();
            sessions.open(credential).orElseThrow();
        }
        assertThat(isOpen(first)).as("the oldest of 101").isFalse();
        assertThat(isOpen(second)).isTrue();
        assertThat(isOpen(ofAdmin)).as("of another token").isTrue();
        assertThat(QuarkusTransaction.requiringNew()
                        .call(() ->
                                sessions.count("readTokenId", token.readToken().id())))
                .isEqualTo(Sessions.MAX_PER_TOKEN);
        readTokens.revoke(token.readToken().id());
    }

    private boolean isOpen(String cookie) {
        return sessions.lookUp(SessionKey.ofCookie(cookie), false).isPresent();
    }
}
