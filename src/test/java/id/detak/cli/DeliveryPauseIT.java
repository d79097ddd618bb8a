package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.embedded.EmbeddedPostgres;
import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.RunningDetak;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes on one database. Each in turn is paused (SIGSTOP) for longer than its leases and continues after the
 * other has taken over. Only with {@code mvn verify -Pslow}; DeliveryTest has the short form.
 */
@EnabledIfSystemProperty(named = "detak.it.delivery-kills", matches = "\\d{2,}")
@EnabledOnOs({OS.LINUX, OS.MAC})
class DeliveryPauseIT {

    private static final long SEED = Long.getLong("detak.it.seed", System.nanoTime());
    private static final int PAUSES = 4;
    /** Longer than the lease of a lane (30 s). */
    private static final Duration SLEEP = Duration.ofSeconds(33);

    private static final int LANES = 3;

    @TempDir
    static Path folder;

    @Test
    void suspendedProcessResendsNothingAfterItsLease() throws Exception {
        Random random = new Random(SEED);
        try (EmbeddedPostgres postgres =
                        EmbeddedPostgres.open(Files.createDirectories(folder.resolve("postgres")), Role.COMMAND);
                DeliveryTrial trial = new DeliveryTrial(SEED, "LQ45")) {
            PackagedDetak one = replica(postgres, "one");
            PackagedDetak other = replica(postgres, "other");
            try (RunningDetak first = one.serve();
                    RunningDetak second = other.serve()) {
                trial.prepare(one.httpPort());
                AtomicInteger awake = new AtomicInteger(one.httpPort());
                Thread feed = trial.feed(awake::get);
                for (int i = 0; i < PAUSES; i++) {
                    RunningDetak sleeper = i % 2 == 0 ? first : second;
                    PackagedDetak.pause(Duration.ofMillis(1000 + random.nextInt(1000)));
                    sleeper.signal("STOP");
                    awake.set(i % 2 == 0 ? other.httpPort() : one.httpPort());
                    PackagedDetak.pause(SLEEP);
                    sleeper.signal("CONT");
                }
                // time in which the last paused process could send what it must not send
                PackagedDetak.pause(Duration.ofSeconds(2));
                trial.calmDown(
                        feed,
                        () -> DriverManager.getConnection(
                                postgres.jdbcUrl(), postgres.username(), postgres.password()));
            } finally {
                System.out.printf(
                        Locale.ROOT, "DeliveryPauseIT: %d pauses, %s; seed %d%n", PAUSES, trial.counts(), SEED);
            }
            trial.everyCommittedStepWasDelivered();
            trial.onlyCommittedMessagesWereSent();
            trial.eachChannelGotTheStepsOfARuleInOrder();
            trial.eachAlertWasDeliveredOnceAndFiringFirst();
            assertThat(trial.repeats())
                    .as("at most what was under way when it fell asleep")
                    .isLessThanOrEqualTo(PAUSES * LANES + trial.cuts());
        }
    }

    private static PackagedDetak replica(EmbeddedPostgres postgres, String name) {
        return PackagedDetak.on(folder.resolve(name))
                .with("DETAK_DB_URL", postgres.jdbcUrl())
                .with("DETAK_DB_USER", postgres.username())
                .with("DETAK_DB_PASSWORD", postgres.password())
                .with("DETAK_SOURCE_URL", "http://127.0.0.1:1/")
                .with("DETAK_MARKET_HOURS", "always")
                .with("DETAK_ADMIN_TOKEN", DeliveryTrial.TOKEN)
                .with("DETAK_NOTIFY_ALLOW", "127.0.0.1")
                .with("DETAK_SECRET_KEY", "the same on all replicas");
    }
}
