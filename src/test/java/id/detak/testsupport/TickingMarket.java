package id.detak.testsupport;

import static org.awaitility.Awaitility.await;

import id.detak.testsupport.Origin.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A site whose strip shows other numbers for each request: page 1, page 2, … Each value identifies its page, and value,
 * change and percent agree.
 */
public final class TickingMarket implements AutoCloseable {

    private static final int MAX_ANSWER_MILLIS = 400;
    private static final Duration QUIET_LIMIT = Duration.ofMinutes(1);
    private static final List<Ticking> INSTRUMENTS = List.of(
            new Ticking("IDX", "7000.00", "0.01"),
            new Ticking("LQ45", "900.00", "0.01"),
            new Ticking("KOMPAS100", "1100.00", "0.01"),
            new Ticking("IDX30", "400.00", "0.01"),
            new Ticking("EMAS", "1300000", "1"));

    private final AtomicInteger served = new AtomicInteger();
    private final Origin origin = Origin.of(path -> next());

    private record Ticking(Instrument instrument, BigDecimal step) {

        Ticking(String code, String previous, String step) {
            this(new Instrument(code, new BigDecimal(previous)), new BigDecimal(step));
        }

        String code() {
            return instrument.code();
        }

        BigDecimal value(int page) {
            return instrument.previous().add(step.multiply(BigDecimal.valueOf(page)));
        }
    }

    public String url() {
        return origin.url("/");
    }

    /** How many pages were requested; page numbers begin with 1. */
    public int served() {
        return served.get();
    }

    /** Waits until no request arrives for a second: by then, the requests of a killed process have arrived. */
    public void awaitQuiet() {
        await("no requests for a second")
                .atMost(QUIET_LIMIT)
                .during(Duration.ofSeconds(1))
                .until(new Callable<>() {
                    private int before = served();

                    @Override
                    public Boolean call() {
                        int now = served();
                        boolean same = now == before;
                        before = now;
                        return same;
                    }
                });
    }

    /** How many quotes each page has. */
    public int quotesOfAPage() {
        return INSTRUMENTS.size();
    }

    /** The page that contained a value; empty if it was never served. */
    public OptionalInt pageOf(String code, BigDecimal value) {
        return INSTRUMENTS.stream()
                .filter(instrument -> instrument.code().equals(code))
                .map(instrument -> value.subtract(instrument.instrument.previous())
                        .divide(instrument.step)
                        .stripTrailingZeros())
                .filter(page -> page.scale() <= 0 && page.signum() > 0 && page.intValueExact() <= served.get())
                .mapToInt(BigDecimal::intValueExact)
                .findFirst();
    }

    /** All values of a page, by code. */
    public Map<String, BigDecimal> valuesOf(int page) {
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        INSTRUMENTS.forEach(instrument -> values.put(instrument.code(), instrument.value(page)));
        return values;
    }

    /** Responds slowly, so that a kill also hits requests in progress. */
    private Answer next() {
        int page = served.incrementAndGet();
        PackagedDetak.pause(Duration.ofMillis(ThreadLocalRandom.current().nextInt(MAX_ANSWER_MILLIS)));
        return Answer.page(
                Instrument.strip(INSTRUMENTS.stream().map(ticking -> ticking.instrument.line(ticking.value(page)))));
    }

    @Override
    public void close() {
        origin.close();
    }
}
