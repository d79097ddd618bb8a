package id.detak.alert.rule;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What a gauge says of a sample.
 *
 * @param level the sample's
 * @param percent the signed change against the reference; of a level the day's, for the reader; null where nothing tells
 * @param reference what it is held against, or null
 * @param referenceAt when that was seen, or null
 * @param fromExtreme of a new low or high: how far, in percent without sign, the level is from the lowest or highest by now
 */
public record Measurement(BigDecimal level, BigDecimal percent, BigDecimal reference, Instant referenceAt, BigDecimal fromExtreme) {

    public static final Measurement NOTHING = new Measurement(null, null, null, null, null);
}
