package id.detak.series;

import id.detak.strip.Quality;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** A row of {@code observation} or {@code observation_superseded}, in the order of {@link Observations#COLUMNS}. */
record ObservationRow(
        int indicatorId,
        Instant observedAt,
        BigDecimal value,
        BigDecimal change,
        BigDecimal changePercent,
        BigDecimal previousClose,
        String quality,
        String reason,
        LocalDate tradingDay,
        UUID captureId) {

    /** Reads the observation whose columns start at an index of a longer row. */
    static Observation of(Object[] row, int first) {
        return new ObservationRow(
                        (Integer) row[first],
                        (Instant) row[first + 1],
                        (BigDecimal) row[first + 2],
                        (BigDecimal) row[first + 3],
                        (BigDecimal) row[first + 4],
                        (BigDecimal) row[first + 5],
                        (String) row[first + 6],
                        (String) row[first + 7],
                        (LocalDate) row[first + 8],
                        (UUID) row[first + 9])
                .toObservation();
    }

    Observation toObservation() {
        return new Observation(
                indicatorId,
                observedAt,
                value,
                change,
                changePercent,
                previousClose,
                Quality.of(quality),
                reason == null ? null : QualityReason.of(reason),
                tradingDay,
                captureId);
    }
}
