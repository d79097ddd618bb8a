package id.detak.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;

/** The answers in memory. Bounded by bytes, so that however many different ones are asked for, the heap does not grow. */
@ApplicationScoped
class ResponseCache {

    static final int MOST_BYTES = 64 * 1024 * 1024;
    static final int LARGEST = 2 * 1024 * 1024;
    /** Of an entry, besides body and key: objects, tags, the cache's own; generously. */
    static final int OVERHEAD = 1024;

    private final Cache<CacheKey, CachedResponse> cache;

    ResponseCache() {
        // what is too much goes at once, by whoever adds: a pool that lags behind would be no bound
        cache = Caffeine.newBuilder().maximumWeight(MOST_BYTES).weigher(ResponseCache::weight).executor(Runnable::run).build();
    }

    private static int weight(CacheKey key, CachedResponse kept) {
        return OVERHEAD + 2 * key.length() + kept.size();
    }

    CachedResponse get(CacheKey key) {
        return cache.getIfPresent(key);
    }

    void put(CacheKey key, CachedResponse kept) {
        if (!key.isKeepable()) {
            return;
        }
        if (kept.size() > LARGEST) {
            cache.invalidate(key);
        } else {
            cache.put(key, kept);
        }
    }

    long bytes() {
        cache.cleanUp();
        return cache.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }
}
