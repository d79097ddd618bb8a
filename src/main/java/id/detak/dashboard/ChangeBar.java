package id.detak.dashboard;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The size of a percent, drawn as a part of a line of 100.
 *
 * @param direction {@code up}, {@code down} or {@code flat}
 */
record ChangeBar(String direction, BigDecimal x, BigDecimal width) {

    static final ChangeBar NONE = new ChangeBar("flat", BigDecimal.ZERO, BigDecimal.ZERO);

    private static final BigDecimal LINE = new BigDecimal(100);
    private static final BigDecimal MIDDLE = new BigDecimal(50);

    /** From the middle: what fell to the left, what rose to the right; the largest size reaches the end. */
    static ChangeBar beside(BigDecimal percent, BigDecimal largest) {
        BigDecimal width = part(MIDDLE, percent, largest);
        return new ChangeBar(direction(percent), percent.signum() < 0 ? MIDDLE.subtract(width) : MIDDLE, width);
    }

    /** From the left end. */
    static ChangeBar along(BigDecimal percent, BigDecimal largest) {
        return new ChangeBar(direction(percent), BigDecimal.ZERO, part(LINE, percent, largest));
    }

    public String arrow() {
        return switch (direction) {
            case "up" -> "▲";
            case "down" -> "▼";
            default -> "";
        };
    }

    private static BigDecimal part(BigDecimal whole, BigDecimal percent, BigDecimal largest) {
        return largest.signum() == 0 ? BigDecimal.ZERO : whole.multiply(percent.abs()).divide(largest.abs(), MathContext.DECIMAL64).setScale(1, RoundingMode.HALF_UP);
    }

    private static String direction(BigDecimal percent) {
        return percent.signum() > 0 ? "up" : percent.signum() < 0 ? "down" : "flat";
    }
}
