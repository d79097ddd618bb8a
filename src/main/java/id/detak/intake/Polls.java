package id.detak.intake;

import id.detak.capture.PollSchedule;
import id.detak.capture.Sources;
import id.detak.capture.Sources.Source;
import id.detak.capture.Sources.State;
import id.detak.database.DatabaseRetry;
import id.detak.database.LeaseTable.Claim;
import id.detak.database.TransientFailures;
import id.detak.database.WriteStatus;
import id.detak.intake.SourceFetcher.Fetched;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Polls a source: fetches its page outside any transaction, then stores it and releases the source in one transaction.
 * While the database is unavailable, the fetched page waits in the spool.
 */
@ApplicationScoped
public class Polls {

    /** Longer than the longest fetch (30 s). If a process dies, other processes poll its sources within a minute. */
    static final Duration LEASE = Duration.ofSeconds(50);

    /** A broken connection is retried for this long before the page goes to the spool. */
    private static final Duration RETRY_FOR = Duration.ofSeconds(2);

    /** The delay until the next try if this process is still polling the source. */
    private static final Duration BUSY_DELAY = Duration.ofSeconds(1);

    private final Sources sources;
    private final SourceFetcher fetcher;
    private final Intake intake;
    private final PollSchedule schedule;
    private final OfflinePolls offline;
    private final WriteStatus writes;
    private final Heartbeat heartbeat;
    private final PollMetrics metrics;
    private final Clock clock;
    /** Spools the page that is being written, by claim. */
    private final Map<Claim, Runnable> unwritten = new ConcurrentHashMap<>();

    Polls(
            Sources sources,
            SourceFetcher fetcher,
            Intake intake,
            PollSchedule schedule,
            OfflinePolls offline,
            WriteStatus writes,
            Heartbeat heartbeat,
            PollMetrics metrics,
            Clock clock) {
        this.sources = sources;
        this.fetcher = fetcher;
        this.intake = intake;
        this.schedule = schedule;
        this.offline = offline;
        this.writes = writes;
        this.heartbeat = heartbeat;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Polls a source regardless of its schedule. */
    public IntakeResult pollNow(Source source) {
        Fetched fetched = fetcher.fetch(source);
        ParsedArrival parsed = intake.parse(fetched.arrival());
        return QuarkusTransaction.requiringNew().timeout(Intake.TIMEOUT_SECONDS).call(() -> {
            IntakeResult result = intake.take(parsed);
            sources.learn(source, fetched.stateAfter(source, result));
            return result;
        });
    }

    /** Polls a claimed source. */
    void poll(Claim claim) {
        Optional<Source> source;
        try {
            source = withRetry(claim, () -> sources.find(claim.key()));
        } catch (RuntimeException e) {
            writes.failed(e);
            source = offline.known(claim.key());
        }
        if (source.isPresent()) {
            pollUnlessBusy(claim, source.get());
        } else {
            Log.infof("%s is no longer a source; its claim is released.", claim.key());
            giveBack(claim, BUSY_DELAY);
        }
    }

    private void pollUnlessBusy(Claim claim, Source source) {
        Duration pause = fetcher.pauseBefore(source);
        if (!pause.isZero()) {
            giveBack(claim, pause);
            return;
        }
        if (!offline.begin(source, claim)) {
            Log.infof(
                    "%s is still being polled by this process; trying again in %d s.",
                    claim.key(), BUSY_DELAY.toSeconds());
            giveBack(claim, BUSY_DELAY);
            return;
        }
        try {
            poll(claim, source);
        } finally {
            offline.end(claim);
        }
    }

    private void giveBack(Claim claim, Duration delay) {
        try {
            withRetry(claim, () -> {
                sources.giveBack(claim, delay);
                return null;
            });
        } catch (RuntimeException e) {
            // after an outage, OfflinePolls frees the claims of this process
            if (!TransientFailures.isTransient(e)) {
                throw e;
            }
            Log.warnf(
                    "The claim of %s could not be released (%s): it ends within %d s.",
                    claim.key(), TransientFailures.rootMessage(e), LEASE.toSeconds());
        }
    }

    private void poll(Claim claim, Source source) {
        long began = System.nanoTime();
        Fetched fetched = fetcher.fetch(source);
        unwritten.put(claim, () -> offline.spool(source, fetched));
        try {
            store(claim, source, fetched, began);
        } finally {
            unwritten.remove(claim);
        }
    }

    /**
     * Spools the pages that are still being written when the process stops, for the next start to write. Writing a page
     * twice changes nothing.
     */
    void spoolUnwritten() {
        unwritten.values().forEach(Runnable::run);
    }

    private void store(Claim claim, Source source, Fetched fetched, long began) {
        IntakeResult result;
        try {
            ParsedArrival parsed = withRetry(claim, () -> intake.parse(fetched.arrival()));
            result = withRetry(claim, () -> write(claim, source, fetched, parsed));
        } catch (RuntimeException e) {
            if (TransientFailures.isCausedByContent(e)) {
                storeUnprocessable(claim, source, fetched, e);
            } else {
                writes.failed(e);
                offline.spool(source, fetched);
            }
            return;
        }
        writes.succeeded();
        metrics.record(result, Duration.ofNanos(System.nanoTime() - began));
        if (result.broughtStrip()) {
            heartbeat.beat();
        }
    }

    private void storeUnprocessable(Claim claim, Source source, Fetched fetched, RuntimeException failure) {
        try {
            Fetched unprocessable = fetched.unprocessable(TransientFailures.rootMessage(failure));
            ParsedArrival parsed = intake.parse(unprocessable.arrival());
            withRetry(claim, () -> write(claim, source, unprocessable, parsed));
            Log.errorf(failure, "The page of %s could not be processed; it is stored unchanged.", claim.key());
        } catch (RuntimeException e) {
            Log.errorf(
                    failure,
                    "The page of %s could be neither processed nor stored (%s); it waits in the spool.",
                    claim.key(),
                    TransientFailures.rootMessage(e));
            offline.spool(source, fetched);
        }
    }

    private <T> T withRetry(Claim claim, Supplier<T> work) {
        return DatabaseRetry.retrying("The poll of " + claim.key(), RETRY_FOR, () -> !offline.isActive(), work);
    }

    private IntakeResult write(Claim claim, Source source, Fetched fetched, ParsedArrival parsed) {
        return QuarkusTransaction.requiringNew().timeout(Intake.TIMEOUT_SECONDS).call(() -> {
            IntakeResult result = intake.take(parsed);
            State state = fetched.stateAfter(source, result);
            Duration delay = fetched.delay(schedule, clock.instant(), state);
            offline.learn(source, state, delay);
            if (!sources.release(claim, state, delay)) {
                Log.infof("Lost the lease on %s; the page was stored, the schedule was left unchanged.", claim.key());
            }
            log(result);
            return result;
        });
    }

    private static void log(IntakeResult result) {
        if (result.broughtStrip()) {
            Log.debugf("%s: %s", result.capture().source(), result.summary());
        } else {
            Log.warnf(
                    "%s: %s. %s",
                    result.capture().source(),
                    result.capture().outcome().word(),
                    result.capture().reason());
        }
    }
}
