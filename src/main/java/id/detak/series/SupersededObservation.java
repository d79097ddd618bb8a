package id.detak.series;

import com.fasterxml.jackson.annotation.JsonValue;
import id.detak.platform.Word;
import java.time.Instant;
import java.util.Locale;

/**
 * An observation that no longer counts but stays readable.
 *
 * @param at when it was superseded
 * @param note why a user voided it, or null
 * @param by who voided it, or null
 */
public record SupersededObservation(Observation observation, Instant at, Cause cause, String note, String by) {

    public enum Cause implements Word {
        /** A user voided it, since the value is wrong at the source. */
        VOID,
        /** The parser now reads the same capture differently. */
        REPARSE;

        /** The word in the database and in JSON. */
        @Override
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean isVoided() {
        return cause == Cause.VOID;
    }
}
