package id.detak.indicator;

import id.detak.platform.Wib;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;

/**
 * Hours of a day in which a market is open.
 *
 * @param from seconds since midnight in Asia/Jakarta
 * @param to seconds since midnight, up to 86,400
 */
record MarketSession(int from, int to) {

    MarketSession {
        if (from < 0 || to > 86_400 || from >= to) {
            throw new IllegalArgumentException("a session must end after it starts");
        }
    }

    Instant start(LocalDate day) {
        return Wib.midnight(day).plusSeconds(from);
    }

    Instant end(LocalDate day) {
        return Wib.midnight(day).plusSeconds(to);
    }

    /** The time between two instants that lies in this and in the other session of a day. */
    Duration overlap(MarketSession other, LocalDate day, Instant a, Instant b) {
        Instant from = Collections.max(List.of(a, start(day), other.start(day)));
        Instant to = Collections.min(List.of(b, end(day), other.end(day)));
        return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
    }
}
