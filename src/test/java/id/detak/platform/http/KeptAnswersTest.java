package id.detak.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class KeptAnswersTest {

    private final KeptAnswers answers = new KeptAnswers();

    private static Kept answer(int bytes) {
        return new Kept(EntityTags.of("program", "stamp"), "no-cache", "text/plain", new byte[bytes], null, () -> true, true);
    }

    private static AnswerKey key(String uri) {
        return new AnswerKey(uri, "*/*");
    }

    @Test
    void doNotGrowHoweverManyDifferentOnesThereAre() {
        for (int i = 0; i < 2000; i++) {
            answers.put(key("/large?" + i), answer(1024 * 1024));
            assertThat(answers.bytes()).isLessThanOrEqualTo(KeptAnswers.MOST_BYTES);
        }
        for (int i = 0; i < 200_000; i++) {
            answers.put(key("/small?" + i), answer(10));
        }
        assertThat(answers.bytes()).isLessThanOrEqualTo(KeptAnswers.MOST_BYTES);
    }

    @Test
    void holdWhatIsNotTooLarge() {
        answers.put(key("/a"), answer(KeptAnswers.LARGEST));
        assertThat(answers.get(key("/a"))).isNotNull();
        answers.put(key("/a"), answer(KeptAnswers.LARGEST + 1));
        assertThat(answers.get(key("/a"))).as("not the one before either").isNull();
    }

    @Test
    void countBothForms() {
        answers.put(key("/a"), answer(100_000));
        long plain = answers.bytes();
        answers.put(key("/a"), answers.get(key("/a")).withGzip());
        assertThat(answers.bytes()).isGreaterThan(plain);
        assertThat(plain).isGreaterThan(100_000);
    }

    @Test
    void leaveLongKeysOut() {
        answers.put(key("/" + "x".repeat(2048)), answer(1));
        answers.put(new AnswerKey("/", "x".repeat(2048)), answer(1));
        assertThat(answers.bytes()).isZero();
    }

    @Test
    void differByWhatIsAccepted() {
        answers.put(new AnswerKey("/a", "text/csv"), answer(1));
        assertThat(answers.get(new AnswerKey("/a", "application/json"))).isNull();
    }
}
