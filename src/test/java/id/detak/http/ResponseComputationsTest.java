package id.detak.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import id.detak.http.CacheableResponses.Computations;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks the behaviour of quarkus-cache that Detak relies on. */
@QuarkusTest
@Timeout(60)
class ResponseComputationsTest {

    private static final ResponseKey KEY = new ResponseKey("/computations", "*/*", "");
    private static final EntityTags TAGS = EntityTags.of("build", "computations");

    @Inject
    Computations computations;

    private final Queue<Thread> started = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(6, task -> {
        Thread thread = new Thread(task);
        started.add(thread);
        return thread;
    });
    private final AtomicInteger computed = new AtomicInteger();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private CachedResponse response() {
        computed.incrementAndGet();
        return new CachedResponse(
                TAGS, new Representation("computations", false), "text/plain", new byte[1], null, () -> true, true);
    }

    @Test
    void concurrentCallersShareOneComputation() throws Exception {
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Callable<CachedResponse> call = () -> computations.compute(KEY, TAGS, () -> {
            computing.countDown();
            awaitUninterrupted(go);
            return response();
        });
        Future<CachedResponse> first = threads.submit(call);
        computing.await();
        List<Future<CachedResponse>> others =
                Stream.generate(() -> threads.submit(call)).limit(3).toList();
        await("the others wait for the first, for a limited time")
                .until(() -> started.stream()
                                .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                                .count()
                        == others.size());
        assertThat(others).noneMatch(Future::isDone);
        go.countDown();
        for (Future<CachedResponse> other : others) {
            assertThat(other.get()).isSameAs(first.get());
        }
        assertThat(computed).hasValue(1);
        await("finished computations are not kept")
                .atMost(Duration.ofSeconds(30))
                .until(() -> computations.compute(KEY, TAGS, this::response) != first.get());
    }

    @Test
    void failuresPassThroughAndAreNotCached() {
        assertThatThrownBy(() -> computations.compute(KEY, TAGS, () -> {
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
        assertThat(computations.compute(KEY, TAGS, this::response)).isNotNull();
    }

    @Test
    void waitingThreadsComputeForThemselvesInTheEnd() {
        assertThat(computations.compute(KEY, TAGS, () -> computations.compute(KEY, TAGS, this::response)))
                .isNotNull();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
