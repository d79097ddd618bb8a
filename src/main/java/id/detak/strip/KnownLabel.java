package id.detak.strip;

import java.util.Objects;

/**
 * A label as printed in the strip, and the code of its indicator. An indicator may have several labels, such as IDX and
 * IHSG.
 *
 * @param decimals the number of decimals of the indicator's values; {@link #ANY_DECIMALS} if unknown
 * @param percentOnly whether its indicator has only percents, like a fund
 */
public record KnownLabel(String label, String code, int decimals, boolean percentOnly) {

    static final int ANY_DECIMALS = -1;

    public KnownLabel(String label, String code) {
        this(label, code, ANY_DECIMALS);
    }

    public KnownLabel(String label, String code, int decimals) {
        this(label, code, decimals, false);
    }

    public KnownLabel {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(code, "code");
        if (label.isBlank() || code.isBlank()) {
            throw new IllegalArgumentException(
                    "a known label needs a text and a code: '" + label + "', '" + code + "'");
        }
    }
}
