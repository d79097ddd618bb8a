package id.detak.notify;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Optional;

/** What became of a message. */
public enum DeliveryState {
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

    public String word() {
        return word;
    }

    static Optional<DeliveryState> of(String word) {
        return Arrays.stream(values()).filter(state -> state.word.equals(word)).findFirst();
    }
}
