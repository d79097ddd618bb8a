package id.detak.intake;

import static id.detak.platform.Patience.patiently;

import id.detak.capture.PollSchedule;
import id.detak.capture.Sources;
import id.detak.capture.Sources.Source;
import id.detak.capture.Sources.State;
import id.detak.intake.Fetching.Fetched;
import id.detak.platform.DueRows.Claim;
import id.detak.platform.Transience;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** One poll: a page is fetched outside any transaction, then taken and the source given back in one. */
@ApplicationScoped
public class Polls {

    /** Longer than the longest exchange (30 s): where a process dies, its sources are polled again by others within a minute. */
    static final Duration LEASE = Duration.ofSeconds(50);

    /** Rules whose windows reach back years may have to be read anew. */
    private static final int LONGEST_SECONDS = 300;

    private final Sources sources;
    private final Fetching fetching;
    private final Intake intake;
    private final PollSchedule schedule;
    private final Heartbeat heartbeat;
    private final PollMetrics metrics;
    private final Clock clock;

    Polls(Sources sources, Fetching fetching, Intake intake, PollSchedule schedule, Heartbeat heartbeat, PollMetrics metrics, Clock clock) {
        this.sources = sources;
        this.fetching = fetching;
        this.intake = intake;
        this.schedule = schedule;
        this.heartbeat = heartbeat;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Polls a source whatever its schedule. */
    public Receipt pollNow(Source source) {
        Fetched fetched = fetching.fetch(source);
        return QuarkusTransaction.requiringNew().call(() -> {
            Receipt receipt = intake.take(fetched.arrival());
            sources.learn(source, fetched.stateAfter(source, receipt));
            return receipt;
        });
    }

    /** Polls the source that was claimed. What was fetched is written as soon as the database takes it. */
    void poll(Claim claim) {
        // giving up while the database is away for a moment would leave the source unpolled until the lease ends
        Optional<Source> source = patiently("The poll of " + claim.key(), () -> sources.find(claim.key()));
        if (source.isEmpty()) {
            return;
        }
        long began = System.nanoTime();
        Fetched fetched = fetching.fetch(source.get());
        Receipt receipt;
        try {
            receipt = patiently("The poll of " + claim.key(), () -> write(claim, source.get(), fetched));
        } catch (RuntimeException e) {
            Log.errorf(e, "What was fetched from %s could not be taken; the page is kept as it is.", claim.key());
            receipt = patiently("The poll of " + claim.key(), () -> write(claim, source.get(), fetched.untakable(Transience.rootMessage(e))));
        }
        metrics.polled(receipt, Duration.ofNanos(System.nanoTime() - began));
        if (receipt.broughtStrip()) {
            heartbeat.beat();
        }
    }

    private Receipt write(Claim claim, Source source, Fetched fetched) {
        return QuarkusTransaction.requiringNew().timeout(LONGEST_SECONDS).call(() -> {
            Receipt receipt = intake.take(fetched.arrival());
            State state = fetched.stateAfter(source, receipt);
            if (!sources.release(claim, state, schedule.delay(clock.instant(), state.failures(), state.retryAfter()))) {
                Log.infof("The claim on %s holds no more: what was seen is kept, the schedule is left as it is.", claim.key());
            }
            log(receipt);
            return receipt;
        });
    }

    private static void log(Receipt receipt) {
        if (receipt.broughtStrip()) {
            Log.debugf("%s: %s", receipt.capture().source(), receipt.summary());
        } else {
            Log.warnf("%s: %s. %s", receipt.capture().source(), receipt.capture().outcome().word(), receipt.capture().reason());
        }
    }
}
