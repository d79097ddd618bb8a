package id.detak.demo;

import id.detak.capture.Capture;
import id.detak.capture.Captures;
import id.detak.capture.Via;
import id.detak.database.TransientFailures;
import id.detak.indicator.Calendars;
import id.detak.intake.Arrival;
import id.detak.intake.Intake;
import id.detak.platform.Wib;
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
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Imports two years of the simulated market before the first start: a moment a day, in the last quarter one an hour,
 * and in the last days one every ten minutes, so that no chart has gaps, whether it is drawn by days, by hours or by
 * single observations. The last days are pages, to which the points of a chart lead; earlier moments are imported like
 * a CSV file, which is much faster.
 */
@ApplicationScoped
public class DemoHistory {

    static final String SOURCE = "demo:history";

    private static final int DAYS = 730;
    private static final int DAYS_BY_HOUR = 95;
    private static final int DAYS_BY_TEN_MINUTES = 11;
    private static final int DAYS_OF_PAGES = 2;
    /** From the first session of a day to the last: gold opens first, and funds close last. */
    private static final LocalTime FIRST = LocalTime.of(8, 0);

    private static final int BATCH_SIZE = 25;

    private final Intake intake;
    private final CsvImport csvImport;
    private final Captures captures;
    private final Clock clock;
    private final SimulatedMarket market;
    private volatile boolean running;

    DemoHistory(Intake intake, CsvImport csvImport, Captures captures, Calendars calendars, Clock clock) {
        this.intake = intake;
        this.csvImport = csvImport;
        this.captures = captures;
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
            List<Instant> missing =
                    moments(now).stream().filter(moment -> moment.isAfter(last)).toList();
            Instant firstPage = Wib.midnight(Wib.date(now).minusDays(DAYS_OF_PAGES));
            importRows(missing.stream()
                    .filter(moment -> moment.isBefore(firstPage))
                    .toList());
            importPages(missing.stream()
                    .filter(moment -> !moment.isBefore(firstPage))
                    .toList());
            Log.infof("Imported the history of the simulated market: %d moments.", missing.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (running) {
                Log.errorf(e, "The import of the simulated market's history failed; it continues at the next start.");
            }
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

    private void importPages(List<Instant> moments) throws InterruptedException {
        for (int i = 0; i < moments.size() && running; i += BATCH_SIZE) {
            takeBatch(moments.subList(i, Math.min(i + BATCH_SIZE, moments.size())));
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

    /** The same moments for every start on a day, so that a second run adds no duplicates. */
    static List<Instant> moments(Instant now) {
        LocalDate today = Wib.date(now);
        List<Instant> moments = new ArrayList<>();
        for (LocalDate day = today.minusDays(DAYS); !day.isAfter(today); day = day.plusDays(1)) {
            Instant end = Wib.midnight(day.plusDays(1)).minusSeconds(1); // by which all numbers of the day are known
            if (!day.isBefore(today.minusDays(DAYS_BY_HOUR))) {
                boolean fine = !day.isBefore(today.minusDays(DAYS_BY_TEN_MINUTES));
                Duration step = fine ? Duration.ofMinutes(10) : Duration.ofHours(1);
                for (Instant at = day.atTime(FIRST).atZone(Wib.ZONE).toInstant();
                        at.isBefore(end);
                        at = at.plus(step)) {
                    moments.add(at);
                }
            }
            moments.add(end);
        }
        return moments.stream().filter(moment -> moment.isBefore(now)).toList();
    }
}
