package id.detak.notify;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** How severe an alert is. */
public enum Severity {
    INFO("info"),
    WARNING("warning"),
    CRITICAL("critical");

    @EnumeratedValue
    private final String word;

    Severity(String word) {
        this.word = word;
    }

    /** The word in table and JSON. */
    @JsonValue
    public String word() {
        return word;
    }
}
