package id.detak.indicator;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an indicator is. It decides which trading calendar it goes by. */
public enum Kind {
    INDEX, GOLD, FUND, CURRENCY, OTHER;

    /** The word in table and JSON: {@code index}, {@code gold}, {@code fund}, {@code currency}, {@code other}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Kind of(String word) {
        return valueOf(word.strip().toUpperCase(Locale.ROOT));
    }
}
