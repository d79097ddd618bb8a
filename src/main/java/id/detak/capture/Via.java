package id.detak.capture;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The way by which a page came in. */
public enum Via {
    POLL, IMPORT, POST;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Via of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
