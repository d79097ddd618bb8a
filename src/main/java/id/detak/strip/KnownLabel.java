package id.detak.strip;

import java.util.Objects;

/**
 * A label as printed in the strip, and the code of its indicator. An indicator may have several labels, such as IDX and
 * IHSG.
 */
public record KnownLabel(String label, String code) {

    public KnownLabel {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(code, "code");
        if (label.isBlank() || code.isBlank()) {
            throw new IllegalArgumentException(
                    "a known label needs a text and a code: '" + label + "', '" + code + "'");
        }
    }
}
