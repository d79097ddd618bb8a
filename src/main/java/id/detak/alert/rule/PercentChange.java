package id.detak.alert.rule;

import java.math.BigDecimal;
import java.math.MathContext;

/** Percent changes, to 16 digits: far beyond the digits that any indicator shows. */
public final class PercentChange {

    private static final BigDecimal HUNDRED = new BigDecimal(100);

    private PercentChange() {
    }

    /** The signed change in percent, or null where there is nothing to go by. */
    public static BigDecimal change(BigDecimal from, BigDecimal to) {
        return from == null || to == null || from.signum() == 0 ? null
                : to.subtract(from).multiply(HUNDRED).divide(from, MathContext.DECIMAL64);
    }

    /** A level after a change of that percent. */
    public static BigDecimal chained(BigDecimal level, BigDecimal percent) {
        return level.multiply(BigDecimal.ONE.add(percent.divide(HUNDRED)), MathContext.DECIMAL64);
    }
}
