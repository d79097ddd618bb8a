package id.detak.series;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/**
 * An observation that no longer counts, and stays readable.
 *
 * @param at since when
 * @param note why a hand voided it, or null
 * @param by who voided it, or null
 */
public record SupersededObservation(Observation observation, Instant at, Cause cause, String note, String by) {

    public enum Cause {
        /** A hand voided it: the number is wrong at the source. */
        VOID,
        /** The same capture reads otherwise now. */
        REPARSE;

        /** The word in table and JSON. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Cause of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public boolean isVoided() {
        return cause == Cause.VOID;
    }
}
