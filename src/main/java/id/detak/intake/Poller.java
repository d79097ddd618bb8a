package id.detak.intake;

import id.detak.capture.Sources;
import id.detak.platform.DueRows.Claim;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Finds due sources and has them polled, several at a time, so that one that hangs delays no other. Looks again when the next
 * is due, and every second in any case, since another process may have changed the rows.
 */
@ApplicationScoped
public class Poller {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofMillis(20);
    private static final int AT_ONCE = 4;

    private final Sources sources;
    private final Polls polls;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private ScheduledExecutorService clock;
    private ExecutorService workers;
    private boolean troubled;

    Poller(Sources sources, Polls polls) {
        this.sources = sources;
        this.polls = polls;
    }

    public void start() {
        clock = Executors.newSingleThreadScheduledExecutor(runnable -> new Thread(runnable, "detak-poller"));
        workers = Executors.newFixedThreadPool(AT_ONCE, runnable -> new Thread(runnable, "detak-poll"));
        clock.execute(this::look);
    }

    /** Lets polls under way finish for a moment; what is cut off is claimed anew after its lease. */
    public void stop() {
        if (clock != null) {
            clock.shutdownNow();
            workers.shutdown();
            try {
                workers.awaitTermination(2, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            workers.shutdownNow();
        }
    }

    private void look() {
        Duration next = LOOK_AGAIN;
        try {
            while (free.tryAcquire()) {
                if (!pollOne()) {
                    free.release();
                    break;
                }
            }
            next = sources.untilNext().filter(until -> until.compareTo(LOOK_AGAIN) < 0).orElse(LOOK_AGAIN);
            troubled = false;
        } catch (RuntimeException e) {
            if (!troubled) {
                Log.warnf("The database cannot be asked which sources are due: %s. Trying on.", Polls.rootMessage(e));
            }
            troubled = true;
        } finally {
            if (!clock.isShutdown()) {
                clock.schedule(this::look, Math.max(next.toMillis(), SOON.toMillis()), TimeUnit.MILLISECONDS);
            }
        }
    }

    private boolean pollOne() {
        Optional<Claim> claim = sources.claim(Polls.LEASE);
        claim.ifPresent(c -> workers.execute(() -> {
            try {
                polls.poll(c);
            } catch (RuntimeException e) {
                Log.errorf(e, "The poll of %s failed.", c.key());
            } finally {
                free.release();
            }
        }));
        return claim.isPresent();
    }
}
