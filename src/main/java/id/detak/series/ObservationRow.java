package id.detak.series;

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
        UUID captureId,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        Integer importId)
        implements ObservationColumns {}
