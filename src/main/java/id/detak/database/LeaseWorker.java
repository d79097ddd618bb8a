package id.detak.database;

import id.detak.database.LeaseTable.Claim;
import io.quarkus.logging.Log;
import java.time.Duration;
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
 * Finds due rows and has them worked on, several at a time, so that one that hangs delays no other. Looks again when the next
 * is due, and every second in any case, since another process may have changed the rows.
 */
public final class LeaseWorker {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofMillis(20);

    private final String name;
    private final boolean databaseOwned;
    private final Rows rows;
    private final Consumer<Claim> work;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final Semaphore free;
    private final int atOnce;
    private ScheduledExecutorService clock;
    private ExecutorService workers;
    private ScheduledFuture<?> next;
    private boolean troubled;

    /**
     * @param name of the threads, and in the log
     * @param databaseOwned whether no other process can hold a claim
     */
    public LeaseWorker(String name, int atOnce, boolean databaseOwned, Rows rows, Consumer<Claim> work) {
        this.name = name;
        this.atOnce = atOnce;
        this.free = new Semaphore(atOnce);
        this.databaseOwned = databaseOwned;
        this.rows = rows;
        this.work = work;
    }

    /** The rows; each call is a transaction of its own. */
    public interface Rows {

        Optional<Claim> claim();

        Optional<Duration> untilNext();

        void freeAllBut(Set<String> keys);

        void freeMineBut(Set<String> keys);
    }

    public void start() {
        clock = Executors.newSingleThreadScheduledExecutor(runnable -> new Thread(runnable, "detak-" + name));
        workers = Executors.newFixedThreadPool(atOnce, runnable -> new Thread(runnable, "detak-" + name + "-work"));
        clock.execute(this::look);
    }

    /** Lets what is under way finish for a moment; what is cut off is claimed anew after its lease. */
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

    /** Looks at once: a row has just become due. */
    public void wake() {
        if (clock != null) {
            try {
                clock.execute(this::look);
            } catch (RejectedExecutionException e) {
                // it has been stopped
            }
        }
    }

    private void look() {
        Duration wait = LOOK_AGAIN;
        try {
            if (troubled && databaseOwned) {
                // a claim may have been made though its answer was lost; nobody else can have made one
                rows.freeAllBut(underWay);
            } else if (troubled) {
                rows.freeMineBut(underWay);
            }
            if (takeWhatIsDue()) {
                wait = rows.untilNext().filter(until -> until.compareTo(LOOK_AGAIN) < 0).orElse(LOOK_AGAIN);
            }
            troubled = false;
        } catch (RuntimeException e) {
            if (!troubled) {
                Log.warnf("The database cannot be asked what is due (%s): %s. Trying on.", name, TransientFailures.rootMessage(e));
            }
            troubled = true;
        } finally {
            if (next != null) {
                next.cancel(false);
            }
            if (!clock.isShutdown()) {
                next = clock.schedule(this::look, Math.max(wait.toMillis(), SOON.toMillis()), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** @return false where all workers are busy */
    private boolean takeWhatIsDue() {
        while (free.tryAcquire()) {
            boolean claimed = false;
            try {
                Optional<Claim> claim = rows.claim();
                claim.ifPresent(this::begin);
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

    private void begin(Claim claim) {
        underWay.add(claim.key());
        workers.execute(() -> {
            try {
                work.accept(claim);
            } catch (RuntimeException e) {
                Log.errorf(e, "The work on %s failed (%s).", claim.key(), name);
            } finally {
                underWay.remove(claim.key());
                free.release();
                wake();
            }
        });
    }
}
