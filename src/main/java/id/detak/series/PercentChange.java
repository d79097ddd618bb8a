package id.detak.series;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The signed change between two values in percent, and the return index that chains such changes. */
public final class PercentChange {

    /** The level at which a return index starts. */
    public static final BigDecimal INDEX_START = new BigDecimal(100);

    /** The decimals of a return index that people read. It is computed, so it could have any number of them. */
    public static final int SHOWN_INDEX_DECIMALS = 4;

    public static final BigDecimal HUNDRED = new BigDecimal(100);

    private PercentChange() {}

    /** To 16 digits, far more than an indicator shows; null if a value is missing or {@code from} is not above zero. */
    public static BigDecimal of(BigDecimal from, BigDecimal to) {
        return isUndefined(from, to) ? null : hundredfoldDifference(from, to).divide(from, MathContext.DECIMAL64);
    }

    /** Rounded to a number of decimals; null in the same cases. */
    public static BigDecimal of(BigDecimal from, BigDecimal to, int decimals, RoundingMode rounding) {
        return isUndefined(from, to) ? null : hundredfoldDifference(from, to).divide(from, decimals, rounding);
    }

    /** The level after a change by a percentage. */
    public static BigDecimal chained(BigDecimal level, BigDecimal percent) {
        return level.multiply(factor(percent), MathContext.DECIMAL64);
    }

    /** By what a change by a percentage multiplies a level. */
    public static BigDecimal factor(BigDecimal percent) {
        return BigDecimal.ONE.add(percent.divide(HUNDRED));
    }

    private static boolean isUndefined(BigDecimal from, BigDecimal to) {
        return from == null || to == null || from.signum() <= 0;
    }

    private static BigDecimal hundredfoldDifference(BigDecimal from, BigDecimal to) {
        return to.subtract(from).multiply(HUNDRED);
    }
}
