package id.detak.demo;

import id.detak.capture.Capture;
import id.detak.capture.Captures;
import id.detak.capture.Via;
import id.detak.database.TransientFailures;
import id.detak.indicator.Calendars;
import id.detak.indicator.TradingCalendar.OpenHours;
import id.detak.intake.Arrival;
import id.detak.intake.Intake;
import id.detak.platform.Wib;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Imports two years of the simulated market before the first start: a page a day, in the last quarter a page an hour,
 * in the last week one every ten minutes. A chart that is drawn by hours or by single observations then has no gaps.
 */
@ApplicationScoped
public class DemoHistory {

    static final String SOURCE = "demo:history";

    private static final int DAYS = 730;
    private static final int DAYS_BY_HOUR = 95;
    private static final int DAYS_BY_TEN_MINUTES = 9;
    private static final int BATCH_SIZE = 25;

    private final Intake intake;
    private final Captures captures;
    private final Calendars calendars;
    private final Clock clock;
    private final SimulatedMarket market;
    private volatile boolean running;

    DemoHistory(Intake intake, Captures captures, Calendars calendars, Clock clock) {
        this.intake = intake;
        this.captures = captures;
        this.calendars = calendars;
        this.clock = clock;
        this.market = new SimulatedMarket(calendars);
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
            List<Instant> moments = moments(calendars, now).stream()
                    .filter(moment -> moment.isAfter(last))
                    .toList();
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
                SOURCE, Via.IMPORT, null, moment, null, null, new Arrival.Page(StripPage.html(market.at(moment)))));
    }

    /**
     * The hours of the exchange, and the last second of each day, by which all numbers of the day are known. The same
     * moments for every start on a day, so that a second run adds no duplicates.
     */
    static List<Instant> moments(Calendars calendars, Instant now) {
        LocalDate today = Wib.date(now);
        List<Instant> moments = new ArrayList<>();
        for (LocalDate day = today.minusDays(DAYS); !day.isAfter(today); day = day.plusDays(1)) {
            Duration step =
                    day.isBefore(today.minusDays(DAYS_BY_TEN_MINUTES)) ? Duration.ofHours(1) : Duration.ofMinutes(10);
            if (!day.isBefore(today.minusDays(DAYS_BY_HOUR))) {
                for (OpenHours session : calendars.exchange().openHours(day, day)) {
                    for (Instant at = session.open(); !at.isAfter(session.close()); at = at.plus(step)) {
                        moments.add(at);
                    }
                }
            }
            moments.add(Wib.midnight(day.plusDays(1)).minusSeconds(1));
        }
        return moments.stream().filter(moment -> moment.isBefore(now)).toList();
    }
}
