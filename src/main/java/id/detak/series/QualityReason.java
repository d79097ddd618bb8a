package id.detak.series;

import com.fasterxml.jackson.annotation.JsonValue;
import id.detak.platform.Word;
import java.util.Locale;

/**
 * Why an observation is suspect or, of a trusted one, what to know about it. Suspect observations are stored and shown,
 * but not used for bars, changes and rules.
 */
public enum QualityReason implements Word {
    /** Value, change and percentage do not agree, or the numbers of the page are ambiguous. */
    CHECK_FAILED,
    /** It changed while its market was closed. */
    MARKET_CLOSED,
    /** It states the last value as its previous close, but no new trading day has begun. */
    NO_TRADING_DAY,
    /** With the opposite sign its change leads to the known previous close; with the printed one it does not. */
    WRONG_SIGN,
    /** Its percentage leads to a previous close that is far from the known one. */
    CONTRADICTS_CLOSE,
    /** It jumped further than its kind can move, and its own numbers do not explain why. */
    IMPLAUSIBLE,
    /** The percentage of a fund that has not changed for too many trading days. */
    FROZEN,
    /** A note on a trusted observation: earlier values are on another scale, so calculations start over here. */
    LEVEL_CHANGED;

    @Override
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it follows from the observations before it, and not from the page alone. */
    boolean isByHistory() {
        return this != CHECK_FAILED;
    }
}
