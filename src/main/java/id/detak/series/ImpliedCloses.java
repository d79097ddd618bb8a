package id.detak.series;

import id.detak.indicator.TradingCalendar;
import id.detak.strip.Quality;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.UUID;

/** Every capture tells two days: value less change is the close of the trading day before. */
final class ImpliedCloses {

    /** Closing prices settle until then (WIB). */
    private static final LocalTime SETTLED = LocalTime.of(16, 15);

    private ImpliedCloses() {
    }

    /**
     * A close that is stated otherwise, beyond what rounding allows: proof of a missed move or of a wrong number.
     *
     * @param tradingDay the day of the close
     * @param statement the observation of the next trading day whose value less change it is not
     * @param tolerance what the digits shown on both sides leave open
     */
    record Difference(LocalDate tradingDay, Observation statement, BigDecimal tolerance) {

        BigDecimal stated() {
            return statement.previousClose();
        }

        Instant observedAt() {
            return statement.observedAt();
        }

        UUID captureId() {
            return statement.captureId();
        }
    }

    /** Whether an observation tells the close of the trading day before. A row of a file says what it says, and no more. */
    static boolean tells(Observation o) {
        return o.isTrusted() && o.previousClose() != null && o.captureId() != null;
    }

    /** The close that a statement implies for a day that nobody observed. */
    static Observation implied(LocalDate day, Observation statement) {
        return new Observation(statement.indicatorId(), settledAt(day), statement.previousClose(), null, null, null, Quality.IMPLIED, null, day,
                statement.captureId());
    }

    static Instant settledAt(LocalDate day) {
        return day.atTime(SETTLED).atZone(TradingCalendar.ZONE).toInstant();
    }

    /** @param closeTolerance what the close's digits leave open */
    static Optional<Difference> compare(LocalDate day, BigDecimal close, BigDecimal closeTolerance, Observation statement) {
        BigDecimal tolerance = statement.previousCloseTolerance().add(closeTolerance);
        boolean agrees = statement.previousClose().subtract(close).abs().compareTo(tolerance) <= 0;
        return agrees ? Optional.empty() : Optional.of(new Difference(day, statement, tolerance));
    }
}
