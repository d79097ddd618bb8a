package id.detak.intake;

import id.detak.capture.PollSchedule;
import id.detak.capture.Sources.Source;
import id.detak.capture.Sources.State;
import id.detak.capture.Sources;
import id.detak.database.DatabaseRetry;
import id.detak.database.LeaseTable.Claim;
import id.detak.database.TransientFailures;
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
 * One poll: a page is fetched outside any transaction, then taken and the source given back in one. While the database cannot be
 * reached, what was fetched waits in the spool.
 */
@ApplicationScoped
public class Polls {

    /** Longer than the longest exchange (30 s): where a process dies, its sources are polled again by others within a minute. */
    static final Duration LEASE = Duration.ofSeconds(50);

    /** A connection that was cut is no outage. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Sources sources;
    private final SourceFetcher fetching;
    private final Intake intake;
    private final PollSchedule schedule;
    private final OfflinePolls offline;
    private final Heartbeat heartbeat;
    private final PollMetrics metrics;
    private final Clock clock;
    /** What was fetched and is being written, by source. */
    private final Map<String, Runnable> inHand = new ConcurrentHashMap<>();

    Polls(Sources sources, SourceFetcher fetching, Intake intake, PollSchedule schedule, OfflinePolls offline, Heartbeat heartbeat, PollMetrics metrics, Clock clock) {
        this.sources = sources;
        this.fetching = fetching;
        this.intake = intake;
        this.schedule = schedule;
        this.offline = offline;
        this.heartbeat = heartbeat;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Polls a source whatever its schedule. */
    public IntakeResult pollNow(Source source) {
        Fetched fetched = fetching.fetch(source);
        return QuarkusTransaction.requiringNew().timeout(Intake.TIMEOUT_SECONDS).call(() -> {
            IntakeResult receipt = intake.take(fetched.arrival());
            sources.learn(source, fetched.stateAfter(source, receipt));
            return receipt;
        });
    }

    /** Polls the source that was claimed. */
    void poll(Claim claim) {
        Optional<Source> source;
        try {
            source = retrying(claim, () -> sources.find(claim.key()));
        } catch (RuntimeException e) {
            if (!TransientFailures.isTransient(e)) {
                throw e;
            }
            source = offline.known(claim.key());
        }
        if (source.isPresent() && offline.begin(source.get(), claim)) {
            try {
                poll(claim, source.get());
            } finally {
                offline.end(claim.key());
            }
        }
    }

    private void poll(Claim claim, Source source) {
        long began = System.nanoTime();
        Fetched fetched = fetching.fetch(source);
        inHand.put(claim.key(), () -> offline.keep(source, fetched));
        try {
            take(claim, source, fetched, began);
        } finally {
            inHand.remove(claim.key());
        }
    }

    /**
     * Keeps on the disk what was fetched and is still being written, when the process stops: the next start writes it. Where it is
     * written nevertheless, that changes nothing.
     */
    void rescue() {
        inHand.values().forEach(Runnable::run);
    }

    private void take(Claim claim, Source source, Fetched fetched, long began) {
        IntakeResult receipt;
        try {
            receipt = retrying(claim, () -> write(claim, source, fetched));
        } catch (RuntimeException e) {
            if (TransientFailures.isTransient(e)) {
                offline.keep(source, fetched);
                return;
            }
            Log.errorf(e, "What was fetched from %s could not be taken; the page is kept as it is.", claim.key());
            keepUntakable(claim, source, fetched, TransientFailures.rootMessage(e));
            return;
        }
        metrics.polled(receipt, Duration.ofNanos(System.nanoTime() - began));
        if (receipt.broughtStrip()) {
            heartbeat.beat();
        }
    }

    private void keepUntakable(Claim claim, Source source, Fetched fetched, String reason) {
        try {
            retrying(claim, () -> write(claim, source, fetched.untakable(reason)));
        } catch (RuntimeException e) {
            offline.keep(source, fetched); // whatever came in between
        }
    }

    private <T> T retrying(Claim claim, Supplier<T> work) {
        return DatabaseRetry.retrying("The poll of " + claim.key(), PATIENCE, () -> !offline.isOn(), work);
    }

    private IntakeResult write(Claim claim, Source source, Fetched fetched) {
        return QuarkusTransaction.requiringNew().timeout(Intake.TIMEOUT_SECONDS).call(() -> {
            IntakeResult receipt = intake.take(fetched.arrival());
            State state = fetched.stateAfter(source, receipt);
            Duration delay = schedule.delay(clock.instant(), state.failures(), state.retryAfter());
            offline.learn(source, state, delay);
            if (!sources.release(claim, state, delay)) {
                Log.infof("The claim on %s holds no more: what was seen is kept, the schedule is left as it is.", claim.key());
            }
            log(receipt);
            return receipt;
        });
    }

    private static void log(IntakeResult receipt) {
        if (receipt.broughtStrip()) {
            Log.debugf("%s: %s", receipt.capture().source(), receipt.summary());
        } else {
            Log.warnf("%s: %s. %s", receipt.capture().source(), receipt.capture().outcome().word(), receipt.capture().reason());
        }
    }
}
