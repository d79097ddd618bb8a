package id.detak.intake;

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
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Sources sources;
    private final Fetching fetching;
    private final Intake intake;
    private final PollSchedule schedule;
    private final Clock clock;

    Polls(Sources sources, Fetching fetching, Intake intake, PollSchedule schedule, Clock clock) {
        this.sources = sources;
        this.fetching = fetching;
        this.intake = intake;
        this.schedule = schedule;
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
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<Source> source = find(claim.key(), end);
        if (source.isEmpty()) {
            return;
        }
        Fetched fetched = fetching.fetch(source.get());
        try {
            writeWithPatience(claim, source.get(), fetched);
        } catch (RuntimeException e) {
            Log.errorf(e, "What was fetched from %s could not be taken; the page is kept as it is.", claim.key());
            writeWithPatience(claim, source.get(), fetched.untakable(rootMessage(e)));
        }
    }

    private void writeWithPatience(Claim claim, Source source, Fetched fetched) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean told = false;
        while (true) {
            try {
                write(claim, source, fetched);
                return;
            } catch (RuntimeException e) {
                if (!Transience.isTransient(e) || System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                if (!told) {
                    Log.warnf("What was fetched from %s cannot be written yet: %s. Trying on.", claim.key(), rootMessage(e));
                }
                told = true;
                pause();
            }
        }
    }

    /** Giving up while the database is away for a moment would leave the source unpolled until the lease ends. */
    private Optional<Source> find(String name, long end) {
        while (true) {
            try {
                return sources.find(name);
            } catch (RuntimeException e) {
                if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                pause();
            }
        }
    }

    private void write(Claim claim, Source source, Fetched fetched) {
        QuarkusTransaction.requiringNew().run(() -> {
            Receipt receipt = intake.take(fetched.arrival());
            State state = fetched.stateAfter(source, receipt);
            if (!sources.release(claim, state, schedule.delay(clock.instant(), state.failures(), state.retryAfter()))) {
                Log.infof("The claim on %s holds no more: what was seen is kept, the schedule is left as it is.", claim.key());
            }
            log(receipt);
        });
    }

    private static void log(Receipt receipt) {
        if (receipt.broughtStrip()) {
            Log.debugf("%s: %s", receipt.capture().source(), receipt.summary());
        } else {
            Log.warnf("%s: %s. %s", receipt.capture().source(), receipt.capture().outcome().word(), receipt.capture().reason());
        }
    }

    static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage().lines().findFirst().orElse("");
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
