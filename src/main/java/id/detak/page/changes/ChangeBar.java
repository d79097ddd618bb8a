package id.detak.page.changes;

import id.detak.page.shared.Direction;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A percentage as a bar in a box of width 100. */
record ChangeBar(Direction direction, BigDecimal x, BigDecimal width) {

    static final ChangeBar NONE = new ChangeBar(Direction.FLAT, BigDecimal.ZERO, BigDecimal.ZERO);

    private static final BigDecimal LINE = new BigDecimal(100);
    private static final BigDecimal MIDDLE = new BigDecimal(50);

    /**
     * A bar that starts in the middle: falls extend to the left, rises to the right. The largest percentage fills its
     * half.
     */
    static ChangeBar beside(BigDecimal percent, BigDecimal largest) {
        BigDecimal width = part(MIDDLE, percent, largest);
        return new ChangeBar(Direction.of(percent), percent.signum() < 0 ? MIDDLE.subtract(width) : MIDDLE, width);
    }

    /** A bar that starts at the left end. */
    static ChangeBar along(BigDecimal percent, BigDecimal largest) {
        return new ChangeBar(Direction.of(percent), BigDecimal.ZERO, part(LINE, percent, largest));
    }

    public String arrow() {
        return direction.arrow();
    }

    private static BigDecimal part(BigDecimal whole, BigDecimal percent, BigDecimal largest) {
        return largest.signum() == 0
                ? BigDecimal.ZERO
                : whole.multiply(percent.abs())
                        .divide(largest.abs(), MathContext.DECIMAL64)
                        .setScale(1, RoundingMode.HALF_UP);
    }
}
