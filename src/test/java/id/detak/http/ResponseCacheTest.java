package id.detak.http;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class ResponseCacheTest {

    private final ResponseCache answers = new ResponseCache();

    private static CachedResponse answer(int bytes) {
        return new CachedResponse(EntityTags.of("program", "stamp"), "no-cache", "text/plain", new byte[bytes], null, () -> true, true);
    }

    private static CacheKey key(String uri) {
        return new CacheKey(uri, "*/*");
    }

    @Test
    void doNotGrowHoweverManyDifferentOnesThereAre() {
        for (int i = 0; i < 2000; i++) {
            answers.put(key("/large?" + i), answer(1024 * 1024));
            assertThat(answers.bytes()).isLessThanOrEqualTo(ResponseCache.MOST_BYTES);
        }
        for (int i = 0; i < 200_000; i++) {
            answers.put(key("/small?" + i), answer(10));
        }
        assertThat(answers.bytes()).isLessThanOrEqualTo(ResponseCache.MOST_BYTES);
    }

    @Test
    void holdWhatIsNotTooLarge() {
        answers.put(key("/a"), answer(ResponseCache.LARGEST));
        assertThat(answers.get(key("/a"))).isNotNull();
        answers.put(key("/a"), answer(ResponseCache.LARGEST + 1));
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
        answers.put(new CacheKey("/", "x".repeat(2048)), answer(1));
        assertThat(answers.bytes()).isZero();
    }

    @Test
    void differByWhatIsAccepted() {
        answers.put(new CacheKey("/a", "text/csv"), answer(1));
        assertThat(answers.get(new CacheKey("/a", "application/json"))).isNull();
    }
}
