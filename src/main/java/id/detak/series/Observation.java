package id.detak.series;

import id.detak.strip.Quality;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * What was seen of an indicator at an instant, or, where it is implied, the close of a day that nobody observed. Key: indicator
 * and instant (whole microseconds).
 *
 * @param value level, or null where the strip shows none
 * @param change against the previous close as printed, or null
 * @param changePercent as printed, or null
 * @param previousClose value less change, or null; of a currency pair, whose printed sign is mostly turned round, only where
 *     the numbers or what is stored for the day before tell
 * @param reason why it is suspect, or null
 * @param tradingDay the day that the numbers belong to
 */
public record Observation(int indicatorId, Instant observedAt, BigDecimal value, BigDecimal change, BigDecimal changePercent,
        BigDecimal previousClose, Quality quality, SuspectReason reason, LocalDate tradingDay, UUID captureId) {

    private static final BigDecimal HALF = new BigDecimal("0.5");

    public boolean isSuspect() {
        return quality == Quality.SUSPECT;
    }

    /** Whether it was seen, and is believed: bars count these. */
    public boolean isTrusted() {
        return quality == Quality.OK || quality == Quality.UNCHECKED;
    }

    public boolean isImplied() {
        return quality == Quality.IMPLIED;
    }

    /** How far the previous close may be from value less change, since both stand for all that rounds to them. */
    BigDecimal previousCloseTolerance() {
        return halfUnit(value).add(halfUnit(change));
    }

    static BigDecimal halfUnit(BigDecimal shown) {
        return HALF.scaleByPowerOfTen(-shown.scale());
    }

    public String qualityWord() {
        return Observations.word(quality);
    }

    Observation on(LocalDate day) {
        return new Observation(indicatorId, observedAt, value, change, changePercent, previousClose, quality, reason, day, captureId);
    }

    /** The same three numbers (0.0 and 0.00 are the same number; a missing one equals a missing one). */
    public boolean hasNumbersOf(Observation other) {
        return same(value, other.value) && same(change, other.change) && same(changePercent, other.changePercent);
    }

    static boolean same(BigDecimal a, BigDecimal b) {
        return a == null || b == null ? a == b : a.compareTo(b) == 0;
    }
}
