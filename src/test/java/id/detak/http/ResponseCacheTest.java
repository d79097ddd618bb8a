package id.detak.http;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class ResponseCacheTest {

    private final ResponseCache cache = new ResponseCache();

    private static CachedResponse response(int bytes) {
        return new CachedResponse(
                EntityTags.of("build", "stamp"),
                new Representation("stamp", false),
                "text/plain",
                new byte[bytes],
                null,
                () -> true,
                true);
    }

    private static ResponseKey key(String uri) {
        return new ResponseKey(uri, "*/*", "");
    }

    @Test
    void sizeStaysWithinTheLimit() {
        for (int i = 0; i < 2000; i++) {
            cache.put(key("/large?" + i), response(1024 * 1024));
            assertThat(cache.bytes()).isLessThanOrEqualTo(ResponseCache.MAX_BYTES);
        }
        for (int i = 0; i < 200_000; i++) {
            cache.put(key("/small?" + i), response(10));
        }
        assertThat(cache.bytes()).isLessThanOrEqualTo(ResponseCache.MAX_BYTES);
    }

    @Test
    void largeResponsesAreNotCached() {
        cache.put(key("/a"), response(ResponseCache.MAX_RESPONSE_BYTES));
        assertThat(cache.get(key("/a"))).isNotNull();
        cache.put(key("/a"), response(ResponseCache.MAX_RESPONSE_BYTES + 1));
        assertThat(cache.get(key("/a"))).as("nor the previous one").isNull();
    }

    @Test
    void sizeCountsBothForms() {
        cache.put(key("/a"), response(100_000));
        long plain = cache.bytes();
        cache.put(key("/a"), cache.get(key("/a")).withGzip());
        assertThat(cache.bytes()).isGreaterThan(plain);
        assertThat(plain).isGreaterThan(100_000);
    }

    @Test
    void longKeysAreNotCached() {
        cache.put(key("/" + "x".repeat(2048)), response(1));
        cache.put(new ResponseKey("/", "x".repeat(2048), ""), response(1));
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void responsesDifferByAcceptedType() {
        cache.put(new ResponseKey("/a", "text/csv", ""), response(1));
        assertThat(cache.get(new ResponseKey("/a", "application/json", ""))).isNull();
    }
}
