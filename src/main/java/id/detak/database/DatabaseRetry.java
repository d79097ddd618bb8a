package id.detak.database;

import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Retries work on the database during a short outage. */
public final class DatabaseRetry {

    private static final Duration MAX_DURATION = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private DatabaseRetry() {}

    /**
     * Retries for up to two minutes while the database is unavailable.
     *
     * @param what the work, for the log: {@code The poll of kontan}
     */
    public static <T> T retrying(String what, Supplier<T> work) {
        return retrying(what, MAX_DURATION, () -> true, work);
    }

    /** Retries for a limited time, and only while the condition is true. */
    public static <T> T retrying(String what, Duration maxDuration, BooleanSupplier condition, Supplier<T> work) {
        long end = System.nanoTime() + maxDuration.toNanos();
        boolean logged = false;
        while (true) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (!TransientFailures.isTransient(e)
                        || !condition.getAsBoolean()
                        || System.nanoTime() > end
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                if (!logged) {
                    Log.warnf("%s waits for the database: %s. Retrying.", what, TransientFailures.rootMessage(e));
                }
                logged = true;
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
