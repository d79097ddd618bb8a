package id.detak.alert.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;

/** The state of a rule for an indicator: ok → pending → firing → resolved, or no data if it cannot be evaluated. */
public enum AlertState {
    NO_DATA("noData"),
    OK("ok"),
    PENDING("pending"),
    FIRING("firing"),
    RESOLVED("resolved");

    @EnumeratedValue
    private final String word;

    AlertState(String word) {
        this.word = word;
    }

    /** The word in table and JSON. */
    @JsonValue
    public String word() {
        return word;
    }

    public static AlertState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word.equals(word))
                .findFirst()
                .orElseThrow();
    }
}
