package id.detak.page.shared;

import java.math.BigDecimal;

/** The direction of a change, as a CSS class and as an arrow. */
public enum Direction {
    UP("up", "▲"),
    DOWN("down", "▼"),
    FLAT("flat", "");

    private final String word;
    private final String arrow;

    Direction(String word, String arrow) {
        this.word = word;
        this.arrow = arrow;
    }

    public static Direction of(BigDecimal move) {
        int sign = move == null ? 0 : move.signum();
        return sign > 0 ? UP : sign < 0 ? DOWN : FLAT;
    }

    public String arrow() {
        return arrow;
    }

    /** {@code up}, {@code down} or {@code flat}. */
    @Override
    public String toString() {
        return word;
    }
}
