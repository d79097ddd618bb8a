package id.detak.alert.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A rule's step from one state to another, with what decided it.
 *
 * @param at of the observation that decided it; of silence, when it had lasted long enough
 * @param alertId of the firing that it begins or ends, else null
 * @param value null where there is none
 * @param captureId null where no capture decided it
 */
public record Transition(AlertState from, AlertState to, Cause cause, Instant at, LocalDate tradingDay, UUID alertId, BigDecimal value, BigDecimal changePercent, BigDecimal reference,
        Instant referenceAt, UUID captureId) {

    /** Why. */
    public enum Cause {
        /** What was measured. */
        VALUE("value"),
        /** A rule about a day ends with the day. */
        NEW_DAY("newDay"),
        /** Nothing came. */
        SILENCE("silence"),
        /** The rule was changed, switched off or deleted. */
        RULE_CHANGED("ruleChanged"),
        /** The number that it fired on, or was measured against, was voided. */
        VOIDED("voided");

        @EnumeratedValue
        private final String word;

        Cause(String word) {
            this.word = word;
        }

        /** The word in table and JSON. */
        @JsonValue
        public String word() {
            return word;
        }
    }
}
