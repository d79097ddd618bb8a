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
