package id.detak.series;

import id.detak.platform.Word;
import id.detak.strip.Quality;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** What each row of an observation has, whatever else stands in it: {@link Observations#COLUMNS}. */
interface ObservationColumns {

    int indicatorId();

    Instant observedAt();

    BigDecimal value();

    BigDecimal change();

    BigDecimal changePercent();

    BigDecimal previousClose();

    String quality();

    String reason();

    LocalDate tradingDay();

    UUID captureId();

    /** Null in tables that hold only numbers of polls, as the next three. */
    default BigDecimal open() {
        return null;
    }

    default BigDecimal high() {
        return null;
    }

    default BigDecimal low() {
        return null;
    }

    default Integer importId() {
        return null;
    }

    default Observation toObservation() {
        return new Observation(
                indicatorId(),
                observedAt(),
                value(),
                change(),
                changePercent(),
                previousClose(),
                Quality.of(quality()),
                reason() == null ? null : Word.of(QualityReason.class, reason()),
                tradingDay(),
                captureId(),
                DayRange.of(open(), high(), low()),
                importId());
    }
}
