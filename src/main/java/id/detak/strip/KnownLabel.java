package id.detak.strip;

import java.util.Objects;

/** A label as the strip prints it, and the code of its indicator; IDX and IHSG are two labels of one. */
public record KnownLabel(String label, String code) {

    public KnownLabel {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(code, "code");
        if (label.isBlank() || code.isBlank()) {
            throw new IllegalArgumentException("a known label needs a text and a code: '" + label + "', '" + code + "'");
        }
    }
}
