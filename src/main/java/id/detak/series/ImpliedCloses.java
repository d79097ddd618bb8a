package id.detak.series;

import id.detak.platform.Wib;
import id.detak.strip.Quality;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.UUID;

/** Derives closes from later captures: value minus change is the close of the trading day before. */
final class ImpliedCloses {

    /** Closing prices are final at this time (WIB). */
    private static final LocalTime SETTLED = LocalTime.of(16, 15);

    private ImpliedCloses() {}

    /**
     * A close that the next trading day states differently, beyond rounding: proof of a missed move or of a wrong
     * value.
     *
     * @param tradingDay the day of the close
     * @param statement the observation of the next trading day whose value minus change is different
     * @param tolerance the rounding of both numbers
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

    /** Whether an observation states the close of the trading day before. Imported rows do not. */
    static boolean hasPreviousClose(Observation o) {
        return o.isTrusted() && o.previousClose() != null && o.captureId() != null;
    }

    /** The close that an observation implies for a day without observations. */
    static Observation implied(LocalDate day, Observation statement) {
        return new Observation(
                statement.indicatorId(),
                settledAt(day),
                statement.previousClose(),
                null,
                null,
                null,
                Quality.IMPLIED,
                null,
                day,
                statement.captureId());
    }

    static Instant settledAt(LocalDate day) {
        return day.atTime(SETTLED).atZone(Wib.ZONE).toInstant();
    }

    /** @param closeTolerance the rounding of the close */
    static Optional<Difference> compare(
            LocalDate day, BigDecimal close, BigDecimal closeTolerance, Observation statement) {
        BigDecimal tolerance = statement.previousCloseTolerance().add(closeTolerance);
        boolean agrees = statement.previousClose().subtract(close).abs().compareTo(tolerance) <= 0;
        return agrees ? Optional.empty() : Optional.of(new Difference(day, statement, tolerance));
    }
}
