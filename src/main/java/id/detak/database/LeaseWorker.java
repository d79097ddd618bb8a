package id.detak.database;

import id.detak.database.LeaseTable.Claim;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Claims due rows and works on several at a time, so that one that hangs does not delay the others. It checks again
 * when the next row is due, and every second in any case, because another process may have changed the rows.
 */
public final class LeaseWorker {

    private static final Duration MAX_WAIT = Duration.ofSeconds(1);
    private static final Duration MIN_WAIT = Duration.ofMillis(20);

    private final String name;
    private final boolean databaseOwned;
    private final Rows rows;
    private final Consumer<Claim> work;
    /**
     * The claims in progress, by key. A worker removes only its own claim, because the row may be claimed again before
     * it ends.
     */
    private final Map<String, Claim> inProgress = new ConcurrentHashMap<>();

    private final Semaphore free;
    private final int atOnce;
    private ScheduledExecutorService clock;
    private ExecutorService workers;
    private ScheduledFuture<?> next;
    private boolean failing;

    /**
     * @param name for the threads and the log
     * @param databaseOwned whether no other process can hold a lease
     */
    public LeaseWorker(String name, int atOnce, boolean databaseOwned, Rows rows, Consumer<Claim> work) {
        this.name = name;
        this.atOnce = atOnce;
        this.free = new Semaphore(atOnce);
        this.databaseOwned = databaseOwned;
        this.rows = rows;
        this.work = work;
    }

    /** Access to the rows. Each call is its own transaction. */
    public interface Rows {

        Optional<Claim> claim();

        Optional<Duration> untilNext();

        void freeAllBut(Set<String> keys);

        void freeMineBut(Set<String> keys);
    }

    public void start() {
        clock = Executors.newSingleThreadScheduledExecutor(runnable -> new Thread(runnable, "detak-" + name));
        workers = Executors.newFixedThreadPool(atOnce, runnable -> new Thread(runnable, "detak-" + name + "-work"));
        clock.execute(this::check);
    }

    /** Gives running work two seconds to finish; interrupted work is claimed again after its lease expires. */
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

    /** Checks immediately, because a row has just become due. */
    public void wake() {
        if (clock != null) {
            try {
                clock.execute(this::check);
            } catch (RejectedExecutionException e) {
                // stopped
            }
        }
    }

    private void check() {
        Duration wait = MAX_WAIT;
        try {
            if (failing && databaseOwned) {
                // a claim may have succeeded although its answer was lost; no other process can hold a lease
                rows.freeAllBut(inProgress.keySet());
            } else if (failing) {
                rows.freeMineBut(inProgress.keySet());
            }
            if (claimDueRows()) {
                wait = rows.untilNext()
                        .filter(until -> until.compareTo(MAX_WAIT) < 0)
                        .orElse(MAX_WAIT);
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                Log.warnf("Cannot claim due work (%s): %s. Retrying.", name, TransientFailures.rootMessage(e));
            }
            failing = true;
        } finally {
            if (next != null) {
                next.cancel(false);
            }
            if (!clock.isShutdown()) {
                next = clock.schedule(
                        this::check, Math.max(wait.toMillis(), MIN_WAIT.toMillis()), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** @return false if all workers are busy */
    private boolean claimDueRows() {
        while (free.tryAcquire()) {
            boolean claimed = false;
            try {
                Optional<Claim> claim = rows.claim();
                claim.ifPresent(this::start);
                claimed = claim.isPresent();
            } finally {
                if (!claimed) {
                    free.release();
                }
            }
            if (!claimed) {
                return true;
            }
        }
        return false;
    }

    private void start(Claim claim) {
        inProgress.put(claim.key(), claim);
        workers.execute(() -> {
            try {
                work.accept(claim);
            } catch (RuntimeException e) {
                Log.errorf(e, "The work on %s failed (%s).", claim.key(), name);
            } finally {
                inProgress.remove(claim.key(), claim);
                free.release();
                wake();
            }
        });
    }
}
