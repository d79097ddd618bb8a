package id.detak.indicator;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** The kind of an indicator. It decides which trading calendar applies. */
public enum Kind {
    INDEX,
    GOLD,
    FUND,
    CURRENCY,
    OTHER;

    /** The word in the database and in JSON. */
    @EnumeratedValue
    private final String word = name().toLowerCase(Locale.ROOT);

    @JsonValue
    public String word() {
        return word;
    }

    public static Kind of(String word) {
        return valueOf(word.strip().toUpperCase(Locale.ROOT));
    }
}
