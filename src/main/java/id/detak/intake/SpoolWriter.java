package id.detak.intake;

import id.detak.capture.FetchOutcome;
import id.detak.capture.Via;
import id.detak.database.TransientFailures;
import id.detak.intake.spool.Spool;
import id.detak.intake.spool.SpooledAttempt;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes the attempts in the spool to the database. An attempt is set aside only if the database refuses its content
 * while it takes others. After any other failure, such as missing rights or a missing table, all attempts wait.
 */
final class SpoolWriter {

    /** How long an attempt that cannot be written blocks those behind it. */
    private static final Duration WRITE_PATIENCE = Duration.ofMinutes(1);
    /** How long a file that cannot be read blocks them, since the disk may have a temporary problem. */
    private static final Duration READ_PATIENCE = Duration.ofMinutes(10);
    /** How many other attempts are tried to find out whether only one cannot be written. */
    private static final int OTHERS_TRIED = 5;

    private final Spool spool;
    private final Intake intake;
    private final Clock clock;
    private Path failingFile;
    private Instant failingSince;
    private boolean waitingForOneAttempt;

    SpoolWriter(Spool spool, Intake intake, Clock clock) {
        this.spool = spool;
        this.intake = intake;
        this.clock = clock;
    }

    /**
     * Writes the oldest attempt, or sets it aside.
     *
     * @return false if the spool is empty
     * @throws RuntimeException if the attempt has to wait
     */
    boolean writeOldest() {
        waitingForOneAttempt = false;
        Optional<SpooledAttempt> oldest = spool.oldest();
        oldest.ifPresent(this::writeOrSetAside);
        return oldest.isPresent();
    }

    /** Whether the last failure may concern one attempt only, which has not been tried for long enough. */
    boolean isWaitingForOneAttempt() {
        return waitingForOneAttempt;
    }

    private void writeOrSetAside(SpooledAttempt spooled) {
        try {
            write(spooled);
        } catch (RuntimeException e) {
            if (!isHopeless(spooled, e)) {
                throw e;
            }
            Log.errorf(
                    e,
                    "The attempt of %s at %s cannot be written and is set aside. Correct the problem and run the "
                            + "command 'spool --retry'.",
                    spooled.source(),
                    spooled.observedAt());
            spool.setAside(spooled);
        }
    }

    private boolean isHopeless(SpooledAttempt spooled, RuntimeException failure) {
        if (failure instanceof UncheckedIOException) {
            return hasFailedFor(READ_PATIENCE, spooled);
        }
        if (!TransientFailures.isCausedByContent(failure)) {
            return false;
        }
        return hasFailedFor(WRITE_PATIENCE, spooled) && isAnotherWritten(spooled);
    }

    private boolean hasFailedFor(Duration patience, SpooledAttempt spooled) {
        Instant now = clock.instant();
        if (!spooled.file().equals(failingFile) || failingSince.isAfter(now)) {
            failingFile = spooled.file();
            failingSince = now;
        }
        waitingForOneAttempt = !failingSince.plus(patience).isBefore(now);
        return !waitingForOneAttempt;
    }

    /** The proof that the database takes other content: a wrong constraint, for example, refuses all attempts. */
    private boolean isAnotherWritten(SpooledAttempt failing) {
        for (SpooledAttempt other : spool.oldestExcept(failing, OTHERS_TRIED)) {
            try {
                write(other);
                return true;
            } catch (RuntimeException e) {
                if (!TransientFailures.isCausedByContent(e)) {
                    return false;
                }
            }
        }
        return false;
    }

    private void write(SpooledAttempt spooled) {
        Optional<Arrival> arrival = spool.read(spooled);
        if (arrival.isPresent()) {
            store(arrival.get());
            spool.remove(spooled);
            return;
        }
        store(new Arrival(
                spooled.source(),
                Via.POLL,
                null,
                spooled.observedAt(),
                null,
                null,
                new Arrival.Nothing(
                        FetchOutcome.FAILED, "The page of this attempt was lost: its file in the spool was damaged.")));
        spool.setAside(spooled);
    }

    /** Stores the attempt, if need be as one whose page could not be processed. */
    private void store(Arrival arrival) {
        try {
            take(arrival);
        } catch (RuntimeException e) {
            if (!TransientFailures.isCausedByContent(e)) {
                throw e;
            }
            take(arrival.unprocessable(TransientFailures.rootMessage(e)));
            Log.errorf(
                    e,
                    "The page of %s at %s could not be processed; it is stored unchanged.",
                    arrival.source(),
                    arrival.observedAt());
        }
    }

    private void take(Arrival arrival) {
        ParsedArrival parsed = intake.parse(arrival);
        QuarkusTransaction.requiringNew().timeout(Intake.TIMEOUT_SECONDS).run(() -> intake.take(parsed));
    }
}
