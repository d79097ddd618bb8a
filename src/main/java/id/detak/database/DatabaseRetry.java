package id.detak.database;

import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Work on the database that must not be given up because it is away for a moment. */
public final class DatabaseRetry {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private DatabaseRetry() {
    }

    /**
     * Tries again while the database is away, for two minutes.
     *
     * @param what the log says that it waits: {@code The poll of kontan}
     */
    public static <T> T patiently(String what, Supplier<T> work) {
        return patiently(what, LONGEST, () -> true, work);
    }

    /** The same, for so long, and only while it is worth it. */
    public static <T> T patiently(String what, Duration longest, BooleanSupplier worthIt, Supplier<T> work) {
        long end = System.nanoTime() + longest.toNanos();
        boolean told = false;
        while (true) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (!TransientFailures.isTransient(e) || !worthIt.getAsBoolean() || System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                if (!told) {
                    Log.warnf("%s waits for the database: %s. Trying on.", what, TransientFailures.rootMessage(e));
                }
                told = true;
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
