package id.detak.notify;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How severe an alert is. */
public enum Severity {
    INFO, WARNING, CRITICAL;

    /** The word in table and JSON: {@code info}, {@code warning}, {@code critical}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Severity of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
