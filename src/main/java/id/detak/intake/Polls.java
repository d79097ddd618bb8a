package id.detak.intake;

import id.detak.capture.PollSchedule;
import id.detak.capture.Sources;
import id.detak.capture.Sources.Source;
import id.detak.capture.Sources.State;
import id.detak.intake.Fetching.Fetched;
import id.detak.platform.DueRows.Claim;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** One poll: a page is fetched outside any transaction, then taken and the source given back in one. */
@ApplicationScoped
public class Polls {

    /** Longer than the longest exchange and all patience with a database that is away. */
    static final Duration LEASE = Duration.ofMinutes(3);
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
        Optional<Source> source = sources.find(claim.key());
        if (source.isEmpty()) {
            return;
        }
        Fetched fetched = fetching.fetch(source.get());
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!write(claim, source.get(), fetched) && System.nanoTime() < end) {
            pause();
        }
    }

    /** @return whether there is nothing more to do */
    private boolean write(Claim claim, Source source, Fetched fetched) {
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                Receipt receipt = intake.take(fetched.arrival());
                State state = fetched.stateAfter(source, receipt);
                if (!sources.release(claim, state, schedule.delay(clock.instant(), state.failures(), state.retryAfter()))) {
                    throw new ClaimLostException();
                }
                log(receipt);
            });
            return true;
        } catch (ClaimLostException e) {
            Log.infof("Another process polled %s meanwhile; what was fetched here is left to it.", claim.key());
            return true;
        } catch (RuntimeException e) {
            Log.warnf("What was fetched from %s could not be written yet: %s", claim.key(), rootMessage(e));
            return Thread.currentThread().isInterrupted();
        }
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

    private static class ClaimLostException extends RuntimeException {
    }
}
