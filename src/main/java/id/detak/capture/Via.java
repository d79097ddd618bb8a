package id.detak.capture;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** How a page arrived. */
public enum Via {
    POLL("poll"),
    IMPORT("import"),
    POST("post");

    @EnumeratedValue
    private final String word;

    Via(String word) {
        this.word = word;
    }

    /** The word in the table and in JSON. */
    @JsonValue
    public String word() {
        return word;
    }
}
