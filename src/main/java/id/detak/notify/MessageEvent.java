package id.detak.notify;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a message tells. */
public enum MessageEvent {
    FIRING, RESOLVED, REMINDER, TEST;

    /** The word in table and JSON: {@code firing}, {@code resolved}, {@code reminder}, {@code test}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static MessageEvent of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
