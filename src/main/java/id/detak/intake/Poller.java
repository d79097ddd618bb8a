package id.detak.intake;

import id.detak.capture.Sources;
import id.detak.database.DatabaseConfig;
import id.detak.database.LeaseTable.Claim;
import id.detak.database.LeaseWorker;
import id.detak.database.TransientFailures;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Polls due sources, several at a time, so that a source that hangs does not delay the others. */
@ApplicationScoped
public class Poller {

    private static final int MAX_CONCURRENT = 4;

    private final LeaseWorker work;
    private final Polls polls;

    Poller(Sources sources, Polls polls, OfflinePolls offline, DatabaseConfig config) {
        this.polls = polls;
        this.work = new LeaseWorker(
                "poll",
                MAX_CONCURRENT,
                config.databaseOwned(),
                new LeaseWorker.Rows() {
                    @Override
                    public Optional<Claim> claim() {
                        if (offline.isActive()) {
                            return Optional.empty();
                        }
                        try {
                            return sources.claim(Polls.LEASE);
                        } catch (RuntimeException e) {
                            if (!TransientFailures.isTransient(e)) {
                                offline.takeOver(e);
                            }
                            throw e;
                        }
                    }

                    @Override
                    public Optional<Duration> untilNext() {
                        if (offline.isActive()) {
                            return Optional.empty();
                        }
                        offline.remember(sources.active());
                        return sources.untilNext();
                    }

                    @Override
                    public void freeAllBut(Set<String> keys) {
                        sources.freeAllBut(keys);
                    }

                    @Override
                    public void freeMineBut(Set<String> keys) {
                        sources.freeMineBut(keys);
                    }
                },
                polls::poll);
    }

    public void start() {
        work.start();
    }

    /** Stops polling and spools the pages that are still being written. */
    public void stop() {
        work.stop();
        polls.spoolUnwritten();
    }
}
