package id.detak.retention;

import id.detak.database.DatabaseConfig;
import id.detak.database.LeaseTable;
import id.detak.database.LeaseTable.Claim;
import id.detak.database.LeaseWorker;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs each cleanup task once a day in one of the processes, which claims its row of the table {@code housekeeping}.
 */
@Singleton // created at startup, so that invalid settings are reported before anything else runs
public class Housekeeping {

    private static final Duration LEASE = Duration.ofMinutes(5);
    /** The longest run, far below the lease; the task then continues in this or another process. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Duration DAILY = Duration.ofDays(1);

    private final EntityManager em;
    private final Map<String, CleanupTask> wanted;
    private final LeaseTable due;
    private final boolean databaseOwned;
    private final LeaseWorker work;

    Housekeeping(EntityManager em, @Any Instance<CleanupTask> tasks, DatabaseConfig config) {
        this.em = em;
        this.wanted = tasks.stream()
                .filter(CleanupTask::isEnabled)
                .collect(Collectors.toMap(CleanupTask::name, Function.identity()));
        this.due = new LeaseTable(
                "housekeeping",
                "name",
                String.format(
                        Locale.ROOT,
                        "name in (%s)",
                        wanted.keySet().stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "))),
                "now() + interval '25 hours'");
        this.databaseOwned = config.databaseOwned();
        this.work = new LeaseWorker(
                "housekeeping",
                1,
                config.databaseOwned(),
                new LeaseWorker.Rows() {
                    @Override
                    public Optional<Claim> claim() {
                        return QuarkusTransaction.requiringNew().call(() -> due.claim(em, LEASE));
                    }

                    @Override
                    public Optional<Duration> untilNext() {
                        return QuarkusTransaction.requiringNew().call(() -> due.untilNext(em));
                    }

                    @Override
                    public void freeAllBut(Set<String> keys) {
                        QuarkusTransaction.requiringNew().run(() -> due.freeAllBut(em, keys));
                    }

                    @Override
                    public void freeMineBut(Set<String> keys) {
                        QuarkusTransaction.requiringNew().run(() -> due.freeMineBut(em, keys));
                    }
                },
                this::runOne);
    }

    /** Starts the daily tasks, if any data is to be deleted. */
    public void start() {
        if (wanted.isEmpty()) {
            return;
        }
        QuarkusTransaction.requiringNew().run(() -> {
            List.copyOf(wanted.keySet()).forEach(name -> em.createNativeQuery(
                            "insert into housekeeping (name) values (:name) on conflict do nothing")
                    .setParameter("name", name)
                    .executeUpdate());
            if (databaseOwned) {
                due.freeAllBut(em, Set.of());
            }
        });
        work.start();
    }

    public void stop() {
        work.stop();
    }

    private void runOne(Claim claim) {
        CleanupTask task = wanted.get(claim.key());
        long end = System.nanoTime() + LONGEST.toNanos();
        boolean more = true;
        while (more && System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
            more = task.deleteBatch();
        }
        Duration next = more ? Duration.ZERO : DAILY;
        QuarkusTransaction.requiringNew().run(() -> due.releaseFromNow(em, claim, next));
    }
}
