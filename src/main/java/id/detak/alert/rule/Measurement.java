package id.detak.alert.rule;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * The measurement of a sample by a rule measure.
 *
 * @param level the sample's level
 * @param percent the signed change against the reference; of a level the day's change, for information; null if unknown
 * @param reference the level that the sample is compared with, or null
 * @param referenceAt when the reference was observed, or null
 * @param fromExtreme of a new low or high: the distance of the level from the lowest or highest so far, in percent
 *     without sign
 */
public record Measurement(
        BigDecimal level, BigDecimal percent, BigDecimal reference, Instant referenceAt, BigDecimal fromExtreme) {

    public static final Measurement NOTHING = new Measurement(null, null, null, null, null);
}
