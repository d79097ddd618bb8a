package id.detak.intake;

import id.detak.capture.Sources;
import id.detak.platform.DueRows.Claim;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

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
    private final boolean databaseOwned;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final Semaphore free = new Semaphore(AT_ONCE);
    private ScheduledExecutorService clock;
    private ExecutorService workers;
    private boolean troubled;

    Poller(Sources sources, Polls polls, @ConfigProperty(name = "detak.database-owned", defaultValue = "false") boolean databaseOwned) {
        this.sources = sources;
        this.polls = polls;
        this.databaseOwned = databaseOwned;
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
            if (troubled && databaseOwned) {
                // a claim may have been made though its answer was lost; nobody else can have made one
                sources.freeAllBut(underWay);
            }
            while (free.tryAcquire()) {
                boolean claimed = false;
                try {
                    claimed = pollOne();
                } finally {
                    if (!claimed) {
                        free.release();
                    }
                }
                if (!claimed) {
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
        claim.ifPresent(this::begin);
        return claim.isPresent();
    }

    private void begin(Claim claim) {
        underWay.add(claim.key());
        workers.execute(() -> {
            try {
                polls.poll(claim);
            } catch (RuntimeException e) {
                Log.errorf(e, "The poll of %s failed.", claim.key());
            } finally {
                underWay.remove(claim.key());
                free.release();
            }
        });
    }
}
