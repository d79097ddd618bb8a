package id.detak.notify;

import com.fasterxml.jackson.annotation.JsonValue;
import id.detak.platform.Word;
import jakarta.persistence.EnumeratedValue;

/** What became of a message. */
public enum DeliveryState implements Word {
    WAITING("waiting"),
    DELIVERED("delivered"),
    FAILED("failed"),
    SKIPPED("skipped");

    /** The word in table and JSON. */
    @JsonValue
    @EnumeratedValue
    private final String word;

    DeliveryState(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
