package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.detak.embedded.EmbeddedPostgres;
import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.testsupport.CommitCutter;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.RunningDetak;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules fire and resolve while the database connection is cut between a COMMIT and its answer, at random. */
class DeliveryCutIT {

    private static final int ROUNDS = Integer.getInteger("detak.it.delivery-kills", 3);
    private static final long SEED = Long.getLong("detak.it.seed", System.nanoTime());

    @TempDir
    static Path folder;

    @Test
    void commitsWithLostAnswersAreDelivered() throws Exception {
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.open(Files.createDirectories(folder.resolve("postgres")), Role.COMMAND)) {
            int port =
                    URI.create(postgres.jdbcUrl().substring("jdbc:".length())).getPort();
            try (CommitCutter cutter = new CommitCutter(port, SEED);
                    DeliveryTrial trial = new DeliveryTrial(SEED, "LQ45")) {
                PackagedDetak detak = PackagedDetak.on(folder.resolve("data"))
                        .with("DETAK_DB_URL", url(postgres.jdbcUrl().replace(":" + port, ":" + cutter.port())))
                        .with("DETAK_DB_USER", postgres.username())
                        .with("DETAK_DB_PASSWORD", postgres.password())
                        .with("DETAK_SOURCE_URL", "http://127.0.0.1:1/")
                        .with("DETAK_MARKET_HOURS", "always")
                        .with("DETAK_ADMIN_TOKEN", DeliveryTrial.TOKEN)
                        .with("DETAK_NOTIFY_ALLOW", "127.0.0.1");
                try (RunningDetak running = detak.serve()) {
                    trial.prepare(detak.httpPort());
                    Thread feed = trial.feed(detak::httpPort);
                    cutter.cut(6);
                    PackagedDetak.pause(Duration.ofMillis(700L * ROUNDS));
                    await("a cut (seed " + SEED + ")")
                            .atMost(Duration.ofMinutes(2))
                            .until(() -> cutter.cuts() > 0);
                    trial.awaitSteps();
                    cutter.cut(0);
                    trial.calmDown(
                            feed,
                            () -> DriverManager.getConnection(
                                    postgres.jdbcUrl(), postgres.username(), postgres.password()));
                } finally {
                    System.out.printf(
                            Locale.ROOT, "DeliveryCutIT: %,d cuts, %s; seed %d%n", cutter.cuts(), trial.counts(), SEED);
                }
                trial.everyCommittedStepWasDelivered();
                trial.onlyCommittedMessagesWereSent();
                trial.eachChannelGotTheStepsOfARuleInOrder();
                trial.eachAlertWasDeliveredOnceAndFiringFirst();
                assertThat(trial.repeats()).isLessThanOrEqualTo(cutter.cuts() + trial.cuts());
            }
        }
    }

    /** The proxy does not recognise a COMMIT that is prepared on the server, because only its name is sent. */
    private static String url(String url) {
        return url + (url.contains("?") ? "&" : "?") + "prepareThreshold=0";
    }
}
