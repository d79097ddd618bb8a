package id.detak.series;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Why an observation is suspect. Suspect observations are stored and shown, but not used for bars, changes and rules.
 */
public enum SuspectReason {
    /** Value, change and percentage do not agree, or the text is ambiguous. */
    CHECK_FAILED,
    /** It changed while its market was closed. */
    MARKET_CLOSED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static SuspectReason of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
