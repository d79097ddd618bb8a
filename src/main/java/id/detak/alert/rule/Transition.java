package id.detak.alert.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A transition of a rule from one state to another with its cause.
 *
 * @param at time of the observation that caused it; of silence, when it had lasted long enough
 * @param alertId of the alert that it begins or ends, else null
 * @param value null if there is none
 * @param captureId null if no capture caused it
 */
public record Transition(
        AlertState from,
        AlertState to,
        Cause cause,
        Instant at,
        LocalDate tradingDay,
        UUID alertId,
        BigDecimal value,
        BigDecimal changePercent,
        BigDecimal reference,
        Instant referenceAt,
        UUID captureId) {

    /** What caused a transition. */
    public enum Cause {
        /** The measured value. */
        VALUE("value"),
        /** An alert about a day ended with the day. */
        NEW_DAY("newDay"),
        /** No observation arrived. */
        SILENCE("silence"),
        /** The rule was changed, switched off or deleted. */
        RULE_CHANGED("ruleChanged"),
        /** The observation that it fired on, or was measured against, was voided. */
        VOIDED("voided"),
        /**
         * The observation that it fired on, or was measured against, became suspect, for example since another one was
         * recorded late or voided.
         */
        DOUBTED("doubted"),
        /** The level changed: what it was measured against is on another scale. */
        LEVEL_CHANGED("levelChanged"),
        /** The indicator was merged into another one or deleted. */
        INDICATOR_REMOVED("indicatorRemoved");

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
