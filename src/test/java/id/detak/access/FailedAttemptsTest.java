package id.detak.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.testsupport.BesideTheApplication;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class FailedAttemptsTest {

    private static final int LIMIT = 10;
    private static final String CLIENT = "192.0.2.1";

    private static final TokenCheck<String> RIGHT = chosen(Optional.of("right"));
    private static final TokenCheck<String> WRONG = chosen(Optional.empty());
    private static final TokenCheck<String> RIGHT_RANDOM = TokenCheck.ofRandom(() -> Optional.of("random"));
    private static final TokenCheck<String> WRONG_RANDOM = TokenCheck.ofRandom(Optional::empty);

    private final FailedAttempts attempts = new FailedAttempts(LIMIT, null);

    private static TokenCheck<String> chosen(Optional<String> result) {
        return new TokenCheck<>(true, false, () -> result);
    }

    private static TokenCheck<String> slow(Optional<String> result) {
        return new TokenCheck<>(true, true, () -> result);
    }

    private void useUp(String address, TokenCheck<String> wrong) {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(attempts.count(address, wrong)).isEmpty();
        }
        refused(address, wrong);
    }

    private void refused(String address, TokenCheck<String> check) {
        assertThatThrownBy(() -> attempts.count(address, check))
                .isInstanceOfSatisfying(HttpProblem.class, problem -> assertThat(problem.getStatusCode())
                        .isEqualTo(429));
    }

    @Test
    void wrongTokensUseUpTheAttempts() {
        useUp(CLIENT, WRONG);
        refused(CLIENT, WRONG_RANDOM);
        assertThat(attempts.count("192.0.2.2", RIGHT)).as("another address").contains("right");
    }

    @Test
    void wrongRandomTokensUseUpTheAttempts() {
        useUp(CLIENT, WRONG_RANDOM);
        refused(CLIENT, WRONG);
    }

    @Test
    void rightRandomTokenIsNeverRefused() {
        useUp(CLIENT, WRONG);
        assertThat(attempts.count(CLIENT, RIGHT_RANDOM)).contains("random");
        refused(CLIENT, WRONG);
    }

    @Test
    void rightChosenTokenIsNotRefusedWhereItWasAccepted() {
        assertThat(attempts.count(CLIENT, RIGHT)).contains("right");
        useUp(CLIENT, WRONG);
        assertThat(attempts.count(CLIENT, RIGHT)).contains("right");
        refused(CLIENT, WRONG);
    }

    @Test
    void chosenTokenCannotBeGuessedBeyondTheLimit() {
        useUp(CLIENT, WRONG);
        refused(CLIENT, RIGHT);
    }

    @Test
    void rightTokensDoNotCount() {
        for (int i = 0; i < 2 * LIMIT; i++) {
            assertThat(attempts.count(CLIENT, RIGHT)).contains("right");
            assertThat(attempts.count(CLIENT, slow(Optional.of("slow")))).contains("slow");
        }
        useUp(CLIENT, WRONG);
    }

    @Test
    void failedChecksDoNotCount() {
        TokenCheck<String> failing = new TokenCheck<>(true, false, () -> {
            throw new IllegalStateException("the database is unavailable");
        });
        for (int i = 0; i < LIMIT; i++) {
            assertThatThrownBy(() -> attempts.count(CLIENT, failing)).isInstanceOf(IllegalStateException.class);
        }
        useUp(CLIENT, WRONG);
    }

    @Test
    void slowChecksHaveALimitForAllAddresses() {
        int checked = 0;
        AtomicInteger address = new AtomicInteger();
        try {
            while (checked < 1000) {
                attempts.count("client " + address.incrementAndGet(), slow(Optional.empty()));
                checked++;
            }
        } catch (HttpProblem e) {
            assertThat(e.getStatusCode()).isEqualTo(429);
        }
        assertThat(checked).isBetween(20, 999);
        assertThat(attempts.count(CLIENT, RIGHT)).as("not slow").contains("right");
    }

    @Test
    void addressWithoutAttemptsTakesNoneFromOthers() {
        useUp(CLIENT, slow(Optional.empty()));
        for (int i = 0; i < 100; i++) {
            refused(CLIENT, slow(Optional.empty()));
        }
        assertThat(attempts.count("192.0.2.2", slow(Optional.of("slow")))).contains("slow");
    }

    @Test
    void slowHashesAreRefusedBeyondTheQueue() throws Exception {
        SlowHashes hashes = new SlowHashes();
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService clients = Executors.newFixedThreadPool(40);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            Callable<Boolean> hash = () -> hashes.compute(() -> {
                go.await();
                return true;
            });
            for (int i = 0; i < 40; i++) {
                answers.add(clients.submit(hash));
            }
            Awaitility.await()
                    .until(() -> answers.stream().filter(Future::isDone).count() == 22);
            go.countDown();
            int done = 0;
            for (Future<Boolean> answer : answers) {
                try {
                    assertThat(answer.get()).isTrue();
                    done++;
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(HttpProblem.class);
                }
            }
            assertThat(done).isEqualTo(18);
        } finally {
            clients.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4f8b1c0de97a3362b5d84e60c7f1a29d",
                "9E107D9D372BB6826BD81D3542A419D6E4DA3B7F",
                "x1Yw_8Fq-Zk3Lr0TnV5bMj7cHs2DpQ9eUa6GoXiKtEg"
            })
    void randomTokensAreRecognized(String token) {
        assertThat(RandomTokens.isRandom(token)).isTrue();
        assertThat(TokenVerifier.of(token).isSlow()).isFalse();
        assertThat(TokenVerifier.of(token).accepts(token)).isTrue();
    }

    @Test
    void generatedTokensAreRandom() {
        long recognized = Stream.generate(RandomTokens::create)
                .limit(1000)
                .filter(RandomTokens::isRandom)
                .count();
        assertThat(recognized).isGreaterThan(900);
        assertThat(RandomTokens.create()).hasSize(RandomTokens.LENGTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the-token-of-all-tests",
                "correct-horse-battery-staple-and-more-words",
                "MyVeryLongPassword2024ForTheDetakServer",
                "Password1234567890Password1234567890",
                "C0rr3ct-H0rs3-B4tt3ry-St4pl3-2026",
                "C0rr3ct-H0rs3-B4tt3ry-St4pl3-2026-Tr0ub4d0r",
                "JxmTq3vO9dYkWc0RzB7nLh2sPfGe5uAi",
                "00000000000000000000000000000000",
                "12345678901234567890123456789012",
                "abcdefabcdefabcdefabcdefabcdefabcdef",
                "4f8b1c0de97a3362"
            })
    void chosenTokensAreHashedSlowly(String token) {
        assertThat(RandomTokens.isRandom(token)).isFalse();
        assertThat(TokenVerifier.of(token).isSlow()).isTrue();
        assertThat(TokenVerifier.of(token).accepts(token)).isTrue();
    }
}
