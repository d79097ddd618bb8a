package id.detak.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Caches responses in memory, with a limit on their total bytes, so that many different requests cannot fill the heap.
 */
@ApplicationScoped
class ResponseCache {

    static final int MAX_BYTES = 64 * 1024 * 1024;
    static final int MAX_RESPONSE_BYTES = 2 * 1024 * 1024;
    /** A generous estimate of an entry's size besides body and key: objects, tags, the cache's own data. */
    static final int ENTRY_OVERHEAD = 1024;

    private final Cache<ResponseKey, CachedResponse> cache;

    ResponseCache() {
        // evicts in the thread that adds: an executor that lags behind would let the cache exceed its limit
        cache = Caffeine.newBuilder()
                .maximumWeight(MAX_BYTES)
                .weigher(ResponseCache::weight)
                .executor(Runnable::run)
                .build();
    }

    private static int weight(ResponseKey key, CachedResponse response) {
        return ENTRY_OVERHEAD + 2 * key.length() + response.size();
    }

    CachedResponse get(ResponseKey key) {
        return cache.getIfPresent(key);
    }

    void put(ResponseKey key, CachedResponse response) {
        if (!key.isCacheable()) {
            return;
        }
        if (response.size() > MAX_RESPONSE_BYTES) {
            cache.invalidate(key);
        } else {
            cache.put(key, response);
        }
    }

    long bytes() {
        cache.cleanUp();
        return cache.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }
}
