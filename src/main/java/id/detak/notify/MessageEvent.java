package id.detak.notify;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** What a message reports. */
public enum MessageEvent {
    FIRING("firing"),
    RESOLVED("resolved"),
    REMINDER("reminder"),
    TEST("test");

    /** The word in table and JSON. */
    @JsonValue
    @EnumeratedValue
    private final String word;

    MessageEvent(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
