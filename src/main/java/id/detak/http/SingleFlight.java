package id.detak.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Several who want the same at the same moment get what one of them makes, or the problem that it met. Nobody waits for ever: who
 * waited too long makes it himself, so that whatever the one who makes it waits for (a connection that the others hold, even
 * this), there is no deadlock.
 */
public final class SingleFlight<K, V> {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<K, CompletableFuture<V>> running = new ConcurrentHashMap<>();
    private final Duration patience;

    public SingleFlight() {
        this(PATIENCE);
    }

    SingleFlight(Duration patience) {
        this.patience = patience;
    }

    public V get(K key, Supplier<V> make) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> theirs = running.putIfAbsent(key, mine);
        return theirs == null ? make(key, mine, make) : await(theirs, make);
    }

    private V make(K key, CompletableFuture<V> mine, Supplier<V> make) {
        try {
            V made = make.get();
            mine.complete(made);
            return made;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(key, mine);
        }
    }

    private V await(CompletableFuture<V> theirs, Supplier<V> make) {
        try {
            return theirs.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return make.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return make.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }
}
