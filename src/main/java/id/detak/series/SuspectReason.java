package id.detak.series;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why an observation is not trusted: it is kept and shown, and left out of bars, changes and rules. */
public enum SuspectReason {
    /** Value, change and percent do not agree, or the text could be cut in several ways. */
    CHECK_FAILED,
    /** It moved while its market was closed. */
    MARKET_CLOSED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static SuspectReason of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
