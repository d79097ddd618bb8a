package id.detak.intake;

import id.detak.capture.Sources;
import id.detak.database.DatabaseConfig;
import id.detak.database.LeaseTable.Claim;
import id.detak.database.LeaseWorker;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Finds due sources and has them polled, several at a time, so that one that hangs delays no other. */
@ApplicationScoped
public class Poller {

    private static final int AT_ONCE = 4;

    private final LeaseWorker work;
    private final Polls polls;

    Poller(Sources sources, Polls polls, OfflinePolls offline, DatabaseConfig config) {
        this.polls = polls;
        this.work = new LeaseWorker("poll", AT_ONCE, config.databaseOwned(), new LeaseWorker.Rows() {
            @Override
            public Optional<Claim> claim() {
                return offline.isOn() ? Optional.empty() : sources.claim(Polls.LEASE);
            }

            @Override
            public Optional<Duration> untilNext() {
                if (offline.isOn()) {
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
        }, polls::poll);
    }

    public void start() {
        work.start();
    }

    /** What is still being written then is kept on the disk too. */
    public void stop() {
        work.stop();
        polls.rescue();
    }
}
