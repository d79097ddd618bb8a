package id.detak.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.testsupport.BesideTheApplication;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class FailedAttemptsTest {

    private static final int LIMIT = 10;
    private static final String CLIENT = "192.0.2.1";

    private final FailedAttempts attempts = new FailedAttempts(LIMIT);

    @Test
    void wrongTokensUseUpTheAttempts() {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(attempts.count(CLIENT, Optional::empty)).isEmpty();
        }
        assertThatThrownBy(() -> attempts.count(CLIENT, () -> Optional.of("right")))
                .isInstanceOf(HttpProblem.class);
        assertThat(attempts.count("192.0.2.2", () -> Optional.of("right")))
                .as("another address")
                .contains("right");
    }

    @Test
    void rightTokensDoNotCount() {
        for (int i = 0; i < 2 * LIMIT; i++) {
            assertThat(attempts.count(CLIENT, () -> Optional.of("right"))).contains("right");
        }
    }

    @Test
    void failedLookUpsDoNotCount() {
        Supplier<Optional<String>> failing = () -> {
            throw new IllegalStateException("the database is unavailable");
        };
        for (int i = 0; i < LIMIT; i++) {
            assertThatThrownBy(() -> attempts.count(CLIENT, failing)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(attempts.count(CLIENT, () -> Optional.of("right"))).contains("right");
    }
}
