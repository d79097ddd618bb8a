package id.detak.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A process knows its configured token from the start, so that no wrong token costs a slow hash. */
@QuarkusTest
class AdminTokenTest {

    @Inject
    AdminToken token;

    @Test
    void wrongTokensCostNoSlowHashWhereTheRightOneIsConfigured() {
        Awaitility.await("the start").until(() -> !token.check("a guess").slow());
        token.clearCache();
        TokenCheck<TokenVerifier> wrong = token.check("a guess");
        assertThat(wrong.slow()).isFalse();
        assertThat(wrong.guessable()).as("a person chose it").isTrue();
        assertThat(wrong.result().get()).isEmpty();
        assertThat(token.check(TestDatabase.ADMIN_TOKEN).result().get()).isPresent();
    }

    @Test
    void wrongTokenIs401AndTheRightOneWorks() {
        assertThat(status("a guess")).isEqualTo(401);
        assertThat(status("detak_read_short")).isEqualTo(401);
        assertThat(status(TestDatabase.ADMIN_TOKEN)).isEqualTo(200);
    }

    private static int status(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/api/v1/session")
                .statusCode();
    }
}
