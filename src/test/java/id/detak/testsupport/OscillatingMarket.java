package id.detak.testsupport;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A site whose strip shows new numbers for each request, and one value that falls and rises, so that rules fire and
 * resolve. It can fail in several ways, and logs what it served.
 */
public final class OscillatingMarket implements AutoCloseable {

    /** The indicator whose value is unique for each page. */
    public static final String NUMBERED = "IDX";

    public static final String SWINGING = "LQ45";

    /** How the site fails. */
    public enum Trouble {
        NONE,
        FAILS,
        BUSY,
        HANGS,
        CUTS
    }

    /** How much of the page the client got: all, certainly not all, or unknown. */
    public enum Given {
        WHOLE,
        NOT,
        UNSURE
    }

    private static final int MAX_ANSWER_MILLIS = 300;
    private static final int SHORTEST_HANG_MILLIS = 2000;
    private static final int MAX_HANG_MILLIS = 8000;
    private static final String RETRY_AFTER_SECONDS = "2";
    private static final int LEVEL_MILLIS = 2000;
    private static final int[] LEVELS = {900, 800, 900, 840};
    private static final BigDecimal STEP = new BigDecimal("0.01");
    private static final int STEPS_OF_A_LEVEL = 500;
    private static final Map<String, Instrument> INSTRUMENTS = new LinkedHashMap<>();

    static {
        List.of(
                        new Instrument(NUMBERED, new BigDecimal("7000.00")),
                        new Instrument(SWINGING, new BigDecimal("900.00")),
                        new Instrument("IDX30", new BigDecimal("400.00")))
                .forEach(instrument -> INSTRUMENTS.put(instrument.code(), instrument));
    }

    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<Answered> log = new ConcurrentLinkedQueue<>();
    private final Origin origin = Origin.handledBy(this::answer);
    private volatile Trouble trouble = Trouble.NONE;
    private volatile boolean swings;

    /** A request and its result. */
    public record Answered(int page, Map<String, BigDecimal> values, Instant began, Instant ended, Given given) {}

    public String url() {
        return origin.url("/");
    }

    public void cause(Trouble next) {
        trouble = next;
    }

    /** Switches the swings on or off. Initially they are off. */
    public void swing(boolean on) {
        swings = on;
    }

    public int asked() {
        return asked.get();
    }

    /** Requests that have ended, in the order of their ends. */
    public List<Answered> log() {
        return List.copyOf(log);
    }

    /** The page that contained the value of {@link #NUMBERED}. */
    public static int pageOf(BigDecimal numbered) {
        return numbered.subtract(INSTRUMENTS.get(NUMBERED).previous())
                .divide(STEP)
                .intValueExact();
    }

    private Map<String, BigDecimal> valuesOf(int page) {
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        INSTRUMENTS.forEach((code, instrument) ->
                values.put(code, instrument.previous().add(STEP.multiply(BigDecimal.valueOf(page)))));
        int level = swings ? LEVELS[(int) (System.currentTimeMillis() / LEVEL_MILLIS % LEVELS.length)] : LEVELS[0];
        values.put(SWINGING, BigDecimal.valueOf(level).add(STEP.multiply(BigDecimal.valueOf(page % STEPS_OF_A_LEVEL))));
        return values;
    }

    private void answer(HttpExchange exchange) {
        Instant began = Instant.now();
        int page = asked.incrementAndGet();
        Map<String, BigDecimal> values = valuesOf(page);
        Given given = Given.UNSURE;
        try (exchange) {
            given = give(exchange, trouble, values);
        } catch (IOException e) {
            // the client closed the connection
        } finally {
            log.add(new Answered(page, values, began, Instant.now(), given));
        }
    }

    private static Given give(HttpExchange exchange, Trouble trouble, Map<String, BigDecimal> values)
            throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        PackagedDetak.pause(Duration.ofMillis(
                trouble == Trouble.HANGS
                        ? random.nextInt(SHORTEST_HANG_MILLIS, MAX_HANG_MILLIS)
                        : random.nextInt(MAX_ANSWER_MILLIS)));
        byte[] body = Instrument.strip(values.entrySet().stream()
                        .map(one -> INSTRUMENTS.get(one.getKey()).line(one.getValue())))
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        switch (trouble) {
            case NONE -> {
                exchange.sendResponseHeaders(200, body.length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            }
            case FAILS -> exchange.sendResponseHeaders(500, -1);
            case BUSY -> {
                exchange.getResponseHeaders().set("Retry-After", RETRY_AFTER_SECONDS);
                exchange.sendResponseHeaders(503, -1);
            }
            case HANGS -> {}
            case CUTS -> {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(Arrays.copyOf(body, body.length / 2));
            }
        }
        return trouble == Trouble.NONE ? Given.WHOLE : Given.NOT;
    }

    @Override
    public void close() {
        origin.close();
    }
}
