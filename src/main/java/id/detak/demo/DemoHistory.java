package id.detak.demo;

import id.detak.capture.Capture;
import id.detak.capture.Captures;
import id.detak.capture.Via;
import id.detak.indicator.Calendars;
import id.detak.intake.Arrival;
import id.detak.intake.Intake;
import id.detak.series.csv.CsvImport;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Imports two years of the simulated market before the first poll. The last moments are pages, to which the points of a
 * chart lead; the others are imported like a CSV file, which is much faster.
 */
@ApplicationScoped
public class DemoHistory {

    static final String SOURCE = "demo:history";

    private static final int BATCH_SIZE = 25;
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(10);

    private final Intake intake;
    private final CsvImport csvImport;
    private final Captures captures;
    private final Clock clock;
    private final SimulatedMarket market;
    private final HistoryMoments moments;
    private volatile boolean running;

    DemoHistory(Intake intake, CsvImport csvImport, Captures captures, Calendars calendars, Clock clock) {
        this.intake = intake;
        this.csvImport = csvImport;
        this.captures = captures;
        this.clock = clock;
        this.market = new SimulatedMarket(calendars);
        this.moments = new HistoryMoments(calendars);
    }

    /**
     * Runs in the background and continues where it was stopped the last time.
     *
     * @param polling starts the polls, after the history: observations in chronological order are recorded many times
     *     faster than observations before a later one
     */
    public void start(Runnable polling) {
        running = true;
        Thread thread = new Thread(() -> run(polling), "detak-demo-history");
        thread.setDaemon(true);
        thread.start();
    }

    public synchronized void stop() {
        running = false;
    }

    private synchronized void unlessStopped(Runnable polling) {
        if (running) {
            polling.run();
        }
    }

    /** Repeats an import that failed; the polls do not wait for it. */
    private void run(Runnable polling) {
        try {
            boolean restarted = isStarted();
            if (restarted) {
                unlessStopped(polling); // what is missing lies before stored polls in any case
            }
            boolean complete = tryImport();
            if (!restarted) {
                unlessStopped(polling);
            }
            while (!complete && running) {
                Thread.sleep(RETRY_INTERVAL.toMillis());
                complete = tryImport();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStarted() {
        try {
            return lastImported().isAfter(Instant.EPOCH);
        } catch (RuntimeException e) {
            return false; // the import reports it
        }
    }

    private Instant lastImported() {
        return QuarkusTransaction.requiringNew()
                .call(() -> captures.last(SOURCE).map(Capture::observedAt).orElse(Instant.EPOCH));
    }

    private boolean tryImport() {
        try {
            importMissing();
            return true;
        } catch (RuntimeException | Error e) { // the polls start whatever happens
            if (running) {
                Log.errorf(
                        e,
                        "The import of the simulated market's history failed. Detak repeats it every %d s.",
                        RETRY_INTERVAL.toSeconds());
            }
            return false;
        }
    }

    /** Imports in chronological order, so that each moment is the newest. */
    private void importMissing() {
        Instant last = lastImported();
        List<Instant> all = moments.until(clock.instant());
        Set<Instant> pages = moments.pages(all);
        List<Instant> missing =
                all.stream().filter(moment -> moment.isAfter(last)).toList();
        for (int from = 0, to; from < missing.size() && running; from = to) {
            boolean page = pages.contains(missing.get(from));
            to = from + 1;
            while (to < missing.size() && pages.contains(missing.get(to)) == page) {
                to++;
            }
            if (page) {
                importPages(missing.subList(from, to));
            } else {
                importRows(missing.subList(from, to));
            }
        }
        if (running) {
            Log.infof("Imported the history of the simulated market: %d moments.", missing.size());
        }
    }

    private void importRows(List<Instant> moments) {
        StringBuilder csv = new StringBuilder("code,observed_at,value,change,change_percent\n");
        moments.forEach(moment -> market.at(moment).forEach(line -> csv.append(line.label())
                .append(',')
                .append(moment)
                .append(',')
                .append(text(line.value()))
                .append(',')
                .append(text(line.change()))
                .append(',')
                .append(text(line.percent()))
                .append('\n')));
        try {
            csvImport.run(
                    SOURCE,
                    new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)),
                    (line, complaint) -> Log.warnf("The simulated market, row %d: %s", line, complaint));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(BigDecimal number) {
        return number == null ? "" : number.toPlainString();
    }

    private void importPages(List<Instant> moments) {
        for (int i = 0; i < moments.size() && running; i += BATCH_SIZE) {
            List<Instant> batch = moments.subList(i, Math.min(i + BATCH_SIZE, moments.size()));
            QuarkusTransaction.requiringNew().run(() -> batch.forEach(this::take));
        }
    }

    private void take(Instant moment) {
        intake.take(new Arrival(
                SOURCE, Via.IMPORT, null, moment, null, null, new Arrival.Page(StripPage.html(market.at(moment)))));
    }
}
