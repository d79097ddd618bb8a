package id.detak.platform;

import java.time.Duration;
import java.time.Instant;

/** Ages for metrics. */
public final class Ages {

    private Ages() {}

    /** The seconds since then; 0 if that time lies ahead, because the clock was set back. */
    public static double seconds(Instant since, Instant now) {
        return Math.max(0, Duration.between(since, now).toMillis()) / 1000.0;
    }
}
