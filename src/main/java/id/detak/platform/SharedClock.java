package id.detak.platform;

import io.quarkus.logging.Log;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The clock that all processes on a database share. If this machine's clock differs from the database's by more than a
 * second, it follows the database's. Otherwise, replicas could store observations out of order.
 */
public final class SharedClock extends Clock {

    private static final Duration TOLERATED = Duration.ofSeconds(1);
    /** Slower answers are too imprecise. */
    private static final Duration QUICK = Duration.ofMillis(250);

    private final Clock machine;
    private volatile Duration correction = Duration.ZERO;

    public SharedClock(Clock machine) {
        this.machine = machine;
    }

    /** This machine's time, to measure an answer of the database. */
    public Instant machineTime() {
        return machine.instant();
    }

    /** Compares the database's time with this machine's times before and after the query. */
    public void synchronize(Instant databaseTime, Instant before, Instant after) {
        Duration elapsed = Duration.between(before, after);
        if (elapsed.isNegative() || elapsed.compareTo(QUICK) > 0) {
            return;
        }
        Duration off = Duration.between(before.plus(elapsed.dividedBy(2)), databaseTime);
        Duration needed = off.abs().compareTo(TOLERATED) > 0 ? off : Duration.ZERO;
        if (needed.minus(correction).abs().compareTo(TOLERATED) > 0) {
            correction = needed;
            Log.warnf(
                    needed.isZero()
                            ? "This machine's clock is right again."
                            : "This machine's clock is %s s %s the database's, which Detak uses: correct the clock.",
                    Math.round(needed.abs().toMillis() / 1000.0),
                    needed.isNegative() ? "ahead of" : "behind");
        }
    }

    @Override
    public Instant instant() {
        return machine.instant().plus(correction);
    }

    @Override
    public ZoneId getZone() {
        return machine.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(machine.withZone(zone), correction);
    }
}
