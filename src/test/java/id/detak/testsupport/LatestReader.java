package id.detak.testsupport;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Requests the latest quotes continuously and remembers every one that it received. */
public final class LatestReader implements AutoCloseable {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final Duration EVERY = Duration.ofMillis(50);

    private final Map<Key, BigDecimal> seen = new ConcurrentHashMap<>();
    private final List<String> changedItsMind = new CopyOnWriteArrayList<>();
    private final Supplier<RunningDetak> detak;
    private final Thread thread = new Thread(this::readOn, "latest-reader");
    private volatile boolean stopped;

    public record Key(String code, Instant observedAt) {}

    /** @param detak the process to read from; failed requests are ignored */
    public LatestReader(Supplier<RunningDetak> detak) {
        this.detak = detak;
        thread.setDaemon(true);
        thread.start();
    }

    public Map<Key, BigDecimal> seen() {
        return Map.copyOf(seen);
    }

    /** Quotes that came again later with another value. */
    public List<String> changedItsMind() {
        return List.copyOf(changedItsMind);
    }

    private void readOn() {
        while (!stopped) {
            try {
                HttpResponse<String> answer = detak.get().get("/api/v1/latest");
                if (answer.statusCode() == 200) {
                    JSON.readTree(answer.body()).get("items").forEach(this::remember);
                }
            } catch (IOException e) {
                // expected: the test stops the process
            }
            PackagedDetak.pause(EVERY);
        }
    }

    private void remember(JsonNode item) {
        Key key = new Key(
                item.get("code").asText(),
                OffsetDateTime.parse(item.get("observedAt").asText()).toInstant());
        BigDecimal value = item.get("value").decimalValue();
        BigDecimal before = seen.putIfAbsent(key, value);
        if (before != null && before.compareTo(value) != 0) {
            changedItsMind.add(key + ": " + before + ", then " + value);
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
