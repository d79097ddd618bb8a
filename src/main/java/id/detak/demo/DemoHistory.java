package id.detak.demo;

import id.detak.capture.Capture;
import id.detak.capture.Captures;
import id.detak.capture.Via;
import id.detak.database.TransientFailures;
import id.detak.intake.Arrival;
import id.detak.intake.Intake;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Imports two years of the simulated market before the first start; the last days at a finer resolution. */
@ApplicationScoped
public class DemoHistory {

    static final String SOURCE = "demo:history";

    private static final Duration LENGTH = Duration.ofDays(730);
    private static final Duration FINE_PERIOD = Duration.ofDays(3);
    private static final Duration COARSE_STEP = Duration.ofHours(6);
    private static final Duration FINE_STEP = Duration.ofMinutes(15);
    private static final int BATCH_SIZE = 25;

    private final Intake intake;
    private final Captures captures;
    private final Clock clock;
    private volatile boolean running;

    DemoHistory(Intake intake, Captures captures, Clock clock) {
        this.intake = intake;
        this.captures = captures;
        this.clock = clock;
    }

    /** Runs in the background and continues where it was stopped the last time. */
    public void start() {
        running = true;
        Thread thread = new Thread(this::fill, "detak-demo-history");
        thread.setDaemon(true);
        thread.start();
    }

    public void stop() {
        running = false;
    }

    private void fill() {
        try {
            Instant now = clock.instant();
            Instant last = QuarkusTransaction.requiringNew()
                    .call(() -> captures.last(SOURCE).map(Capture::observedAt).orElse(Instant.EPOCH));
            List<Instant> moments =
                    moments(now).stream().filter(moment -> moment.isAfter(last)).toList();
            for (int i = 0; i < moments.size() && running; i += BATCH_SIZE) {
                List<Instant> batch = moments.subList(i, Math.min(i + BATCH_SIZE, moments.size()));
                takeBatch(batch);
            }
            Log.infof("Imported the history of the simulated market: %d pages.", moments.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (running) {
                Log.errorf(e, "The import of the simulated market's history failed; it continues at the next start.");
            }
        }
    }

    private void takeBatch(List<Instant> batch) throws InterruptedException {
        while (running) {
            try {
                QuarkusTransaction.requiringNew().run(() -> batch.forEach(this::take));
                return;
            } catch (RuntimeException e) {
                if (!TransientFailures.isTransient(e)) {
                    throw e;
                }
                Thread.sleep(1000);
            }
        }
    }

    private void take(Instant moment) {
        intake.take(new Arrival(
                SOURCE,
                Via.IMPORT,
                null,
                moment,
                null,
                null,
                new Arrival.Page(StripPage.html(DemoOrigin.MARKET.at(moment)))));
    }

    /** The same moments for every start on a day, so that a second run adds no duplicates. */
    static List<Instant> moments(Instant now) {
        List<Instant> moments = new ArrayList<>();
        Instant fineFrom = now.minus(FINE_PERIOD).truncatedTo(ChronoUnit.DAYS);
        // one second before midnight WIB (17:00 UTC): the close of the day
        Instant moment = now.minus(LENGTH)
                .truncatedTo(ChronoUnit.DAYS)
                .plus(Duration.ofHours(17))
                .minusSeconds(1);
        for (; moment.isBefore(now); moment = moment.plus(moment.isBefore(fineFrom) ? COARSE_STEP : FINE_STEP)) {
            moments.add(moment);
        }
        return moments;
    }
}
