package id.detak.alert.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a rule evaluates. Percents are signed changes: a fall is negative. */
public enum RuleType {
    /** The change on the day is a fall of {@code percent} or more. */
    DAY_CHANGE("dayChange", true, false),
    /** A fall of {@code percent} or more from the highest value within the window. */
    DROP_OVER("dropOver", true, true),
    /**
     * The change against the value one window ago is at or below a negative {@code percent}, or at or above a positive
     * one.
     */
    CHANGE_OVER("changeOver", true, true),
    BELOW("below", false, false),
    ABOVE("above", false, false),
    /** Lower than every value within the window before. */
    NEW_LOW("newLow", false, true),
    NEW_HIGH("newHigh", false, true),
    /** No trusted observation for the length of the window, counted in open hours of the indicator's market. */
    SILENT("silent", false, true);

    private final String word;
    private final boolean percent;
    private final boolean window;

    RuleType(String word, boolean percent, boolean window) {
        this.word = word;
        this.percent = percent;
        this.window = window;
    }

    /** The word in table and JSON. */
    @JsonValue
    public String word() {
        return word;
    }

    @JsonCreator
    static RuleType of(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("type is one of "
                        + Arrays.stream(values()).map(RuleType::word).collect(Collectors.joining(", ")) + "."));
    }

    boolean hasPercent() {
        return percent;
    }

    boolean hasLevel() {
        return this == BELOW || this == ABOVE;
    }

    boolean hasWindow() {
        return window;
    }
}
