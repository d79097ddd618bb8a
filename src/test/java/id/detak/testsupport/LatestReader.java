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

/** Asks for the latest quotes all the time, and remembers every one that it was shown. */
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

    /** @param detak whom to ask; while it is dead nothing is remembered */
    public LatestReader(Supplier<RunningDetak> detak) {
        this.detak = detak;
        thread.setDaemon(true);
        thread.start();
    }

    public Map<Key, BigDecimal> seen() {
        return Map.copyOf(seen);
    }

    /** Where the same quote came with another value later on. */
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
                // it is down: that is what the test is about
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
