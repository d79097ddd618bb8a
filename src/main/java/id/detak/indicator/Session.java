package id.detak.indicator;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A stretch of the day in which a market is open.
 *
 * @param from seconds since midnight in Asia/Jakarta
 * @param to seconds since midnight, up to 86,400
 */
record Session(int from, int to) {

    Session {
        if (from < 0 || to > 86_400 || from >= to) {
            throw new IllegalArgumentException("a session runs from an earlier to a later time of the day");
        }
    }

    Instant start(LocalDate day) {
        return TradingCalendar.midnight(day).plusSeconds(from);
    }

    Instant end(LocalDate day) {
        return TradingCalendar.midnight(day).plusSeconds(to);
    }

    /** How much of the time between two instants lies in this session of that day. */
    Duration overlap(LocalDate day, Instant a, Instant b) {
        Instant from = a.isAfter(start(day)) ? a : start(day);
        Instant to = b.isBefore(end(day)) ? b : end(day);
        return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
    }
}
