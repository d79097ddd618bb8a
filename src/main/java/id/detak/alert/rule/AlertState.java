package id.detak.alert.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import id.detak.platform.Word;
import jakarta.persistence.EnumeratedValue;

/** The state of a rule for an indicator: ok → pending → firing → resolved, or no data if it cannot be evaluated. */
public enum AlertState implements Word {
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
    @Override
    @JsonValue
    public String word() {
        return word;
    }
}
