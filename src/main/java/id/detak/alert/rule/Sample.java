package id.detak.alert.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * One trusted observation in the form that rules evaluate.
 *
 * @param level the value; of a fund its return index; null if there is none
 * @param dayPercent the day's change in percent, or null if unknown
 * @param previousClose the value that the day's change refers to, or null
 * @param captureId the capture it came from, or null
 * @param levelChanged whether earlier levels are on another scale, so that measurements start over
 */
public record Sample(
        Instant at,
        LocalDate tradingDay,
        BigDecimal level,
        BigDecimal dayPercent,
        BigDecimal previousClose,
        UUID captureId,
        boolean levelChanged) {

    public Sample(
            Instant at,
            LocalDate tradingDay,
            BigDecimal level,
            BigDecimal dayPercent,
            BigDecimal previousClose,
            UUID captureId) {
        this(at, tradingDay, level, dayPercent, previousClose, captureId, false);
    }
}
