package id.detak.series;

import id.detak.platform.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How far apart the points of a history are. */
public enum Interval {
    RAW("raw", null),
    HOUR("1h", "date_trunc('hour', observed_at at time zone 'Asia/Jakarta')"),
    DAY("1d", "trading_day::timestamp"),
    WEEK("1w", "date_trunc('week', trading_day::timestamp)"),
    MONTH("1mo", "date_trunc('month', trading_day::timestamp)");

    static final String AUTO = "auto";

    private final String word;
    /** SQL for the local start of the bar that an observation belongs to. */
    private final String bucket;

    Interval(String word, String bucket) {
        this.word = word;
        this.bucket = bucket;
    }

    String word() {
        return word;
    }

    String bucket() {
        return bucket;
    }

    /** Whether its bars go by trading day, not by the clock. */
    boolean isByTradingDay() {
        return ordinal() >= DAY.ordinal();
    }

    /** The intervals to try, finest first: one, or all for {@code auto}. */
    static List<Interval> parse(String text) {
        if (text == null || text.equals(AUTO)) {
            return List.of(values());
        }
        return Arrays.stream(values()).filter(interval -> interval.word.equals(text)).findFirst().map(List::of)
                .orElseThrow(() -> Problems.badRequest("interval is one of auto, " + Arrays.stream(values()).map(Interval::word).collect(Collectors.joining(", ")) + "."));
    }
}
