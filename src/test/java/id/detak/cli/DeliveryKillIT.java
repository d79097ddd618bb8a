package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.PostgresProcess;
import id.detak.testsupport.RunningDetak;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules fire and resolve while kill -9 ends the program between recording and delivery. Only with {@code mvn verify
 * -Pslow}; KillIT has the short form.
 */
@EnabledIfSystemProperty(named = "detak.it.delivery-kills", matches = "\\d{2,}")
class DeliveryKillIT {

    private static final int ROUNDS = Integer.getInteger("detak.it.delivery-kills", 3);
    private static final long SEED = Long.getLong("detak.it.seed", System.nanoTime());
    private static final int MAX_ROUND_MILLIS = 1200;
    private static final int LANES = 3;

    @TempDir
    static Path folder;

    private static DeliveryTrial trial;
    private static RunningDetak running;
    private static PostgresProcess postgres;
    private static int kills;

    @BeforeAll
    static void killWhileRulesFire() throws Exception {
        Random random = new Random(SEED);
        trial = new DeliveryTrial(SEED, "LQ45");
        PackagedDetak detak = PackagedDetak.on(folder.resolve("data"))
                .with("DETAK_SOURCE_URL", "http://127.0.0.1:1/")
                .with("DETAK_MARKET_HOURS", "always")
                .with("DETAK_ADMIN_TOKEN", DeliveryTrial.TOKEN)
                .with("DETAK_NOTIFY_ALLOW", "127.0.0.1");
        postgres = new PostgresProcess(detak.data());
        running = detak.serve();
        trial.prepare(detak.httpPort());
        Thread feed = trial.feed(detak::httpPort);
        for (int round = 0; round < ROUNDS; round++) {
            trial.awaitRequest();
            PackagedDetak.pause(Duration.ofMillis(random.nextInt(MAX_ROUND_MILLIS)));
            running.kill();
            kills++;
            running = detak.serve();
        }
        trial.calmDown(feed, postgres::connect);
    }

    @AfterAll
    static void leaveNothingRunningAndPrintCounts() {
        if (running != null) {
            running.close();
        }
        if (postgres != null) {
            postgres.kill();
        }
        if (trial != null) {
            trial.close();
        }
        System.out.printf(
                Locale.ROOT,
                "DeliveryKillIT: %d kills, %s; seed %d%n",
                kills,
                trial == null ? "not started" : trial.counts(),
                SEED);
    }

    @Test
    void everyCommittedStepIsDelivered() {
        trial.everyCommittedStepWasDelivered();
    }

    @Test
    void onlyCommittedMessagesAreSent() {
        trial.onlyCommittedMessagesWereSent();
    }

    @Test
    void eachChannelGetsTheStepsOfARuleInOrder() {
        trial.eachChannelGotTheStepsOfARuleInOrder();
    }

    @Test
    void eachAlertIsDeliveredOnceAndFiringFirst() {
        trial.eachAlertWasDeliveredOnceAndFiringFirst();
    }

    /** At each kill, a message of each lane may have been in progress. */
    @Test
    void repeatsAreNoMoreThanKillsAndCuts() {
        assertThat(trial.repeats()).isLessThanOrEqualTo(ROUNDS * LANES + trial.cuts());
    }
}
