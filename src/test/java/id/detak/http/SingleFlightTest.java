package id.detak.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SingleFlightTest {

    private static final int OTHERS = 5;

    private final SingleFlight<String, Integer> makings = new SingleFlight<>(Duration.ofMinutes(10));
    private final List<Thread> started = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(8, task -> {
        Thread thread = new Thread(task);
        started.add(thread);
        return thread;
    });
    private final AtomicInteger made = new AtomicInteger();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void oneMakesItForAllWhoWaitAndTheNextMakesItAnew() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Callable<Integer> ask = () -> makings.get("a", () -> {
            begun.countDown();
            await(go);
            return made.incrementAndGet();
        });
        Future<Integer> first = threads.submit(ask);
        begun.await();
        List<Future<Integer>> others = Stream.generate(() -> threads.submit(ask)).limit(OTHERS).toList();
        assertThat(makings.get("b", () -> 7)).as("another key waits for nobody").isEqualTo(7);
        // who waits for the maker waits for a limited time; nothing else here does
        Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> started.stream().filter(thread -> thread.getState() == Thread.State.TIMED_WAITING).count() == OTHERS);
        go.countDown();
        assertThat(first.get()).isEqualTo(1);
        for (Future<Integer> other : others) {
            assertThat(other.get()).isEqualTo(1);
        }
        assertThat(makings.get("a", made::incrementAndGet)).isEqualTo(2);
    }

    @Test
    void aProblemPassesThroughAndIsNotRemembered() {
        assertThatThrownBy(() -> makings.get("a", () -> {
            throw new IllegalArgumentException("no");
        })).isInstanceOf(IllegalArgumentException.class).hasMessage("no");
        assertThat(makings.get("a", () -> 1)).isEqualTo(1);
    }

    @Test
    void whoWaitsForHimselfMakesItInTheEnd() {
        SingleFlight<String, Integer> impatient = new SingleFlight<>(Duration.ofMillis(1));
        assertThat(impatient.get("a", () -> impatient.get("a", () -> 1) + 1)).isEqualTo(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
