package id.detak.series;

import id.detak.strip.Quality;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The numbers of an indicator at an instant or, if implied, the close of a day without observations. The key is the
 * indicator and the instant in whole microseconds.
 *
 * @param value level, or null if the strip shows none
 * @param change from the previous close, as printed, or null
 * @param changePercent as printed, or null
 * @param previousClose value minus change, or null; for a currency pair, whose printed sign is usually inverted, only
 *     if its numbers or the stored close of the day before decide the sign
 * @param reason why it is suspect, or a note on a trusted one, or null
 * @param tradingDay the trading day of the numbers
 * @param range open, high and low of the trading day, if a file states them beside its close; null otherwise
 * @param importId the import that stored it, or null
 */
public record Observation(
        int indicatorId,
        Instant observedAt,
        BigDecimal value,
        BigDecimal change,
        BigDecimal changePercent,
        BigDecimal previousClose,
        Quality quality,
        QualityReason reason,
        LocalDate tradingDay,
        UUID captureId,
        DayRange range,
        Integer importId) {

    private static final BigDecimal HALF = new BigDecimal("0.5");

    /** An observation that is not from an import with days. */
    public Observation(
            int indicatorId,
            Instant observedAt,
            BigDecimal value,
            BigDecimal change,
            BigDecimal changePercent,
            BigDecimal previousClose,
            Quality quality,
            QualityReason reason,
            LocalDate tradingDay,
            UUID captureId) {
        this(
                indicatorId,
                observedAt,
                value,
                change,
                changePercent,
                previousClose,
                quality,
                reason,
                tradingDay,
                captureId,
                null,
                null);
    }

    public boolean isSuspect() {
        return quality == Quality.SUSPECT;
    }

    /** Whether it was observed and is not suspect. Bars use only these. */
    public boolean isTrusted() {
        return quality == Quality.OK || quality == Quality.UNCHECKED;
    }

    public boolean isImplied() {
        return quality == Quality.IMPLIED;
    }

    /** How far the previous close may be from value minus change, since both are rounded. */
    BigDecimal previousCloseTolerance() {
        return halfUnit(value).add(halfUnit(change));
    }

    static BigDecimal halfUnit(BigDecimal shown) {
        return HALF.scaleByPowerOfTen(-shown.scale());
    }

    public String qualityWord() {
        return quality.word();
    }

    Observation on(LocalDate day) {
        return new Observation(
                indicatorId,
                observedAt,
                value,
                change,
                changePercent,
                previousClose,
                quality,
                reason,
                day,
                captureId,
                range,
                importId);
    }

    /** At another instant, whose trading day is not decided yet. */
    public Observation at(Instant instant) {
        return new Observation(
                indicatorId,
                instant,
                value,
                change,
                changePercent,
                previousClose,
                quality,
                reason,
                null,
                captureId,
                range,
                importId);
    }

    /** Whether the three numbers are the same; 0.0 and 0.00 are the same number, and so are two missing ones. */
    public boolean hasNumbersOf(Observation other) {
        return same(value, other.value) && same(change, other.change) && same(changePercent, other.changePercent);
    }

    boolean hasVerdictOf(Observation other) {
        return quality == other.quality && reason == other.reason && same(previousClose, other.previousClose);
    }

    static boolean same(BigDecimal a, BigDecimal b) {
        return a == null || b == null ? a == b : a.compareTo(b) == 0;
    }
}
