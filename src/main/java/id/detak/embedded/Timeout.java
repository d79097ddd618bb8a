package id.detak.embedded;

import java.time.Duration;

/** The end of a wait, in monotonic time. */
record Timeout(long nanoTime) {

    static Timeout in(Duration time) {
        return new Timeout(System.nanoTime() + time.toNanos());
    }

    boolean passed() {
        return System.nanoTime() - nanoTime >= 0;
    }

    void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailableException("Waiting for the database was interrupted: start again.", e);
        }
    }
}
