package id.detak.alert.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import id.detak.platform.Word;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of conditions. Percents are signed changes: a fall is negative. */
public enum RuleType implements Word {
    /** The change on the day is a fall of {@code percent} or more. */
    DAY_CHANGE("dayChange", Field.PERCENT, Field.RESOLVE_PERCENT, Field.CONFIRM),
    /** A fall of {@code percent} or more from the highest value within the window. */
    DROP_OVER("dropOver", Field.PERCENT, Field.WINDOW, Field.RESOLVE_PERCENT, Field.CONFIRM),
    /**
     * The change against the value one window ago is at or below a negative {@code percent}, or at or above a positive
     * one.
     */
    CHANGE_OVER("changeOver", Field.PERCENT, Field.WINDOW, Field.RESOLVE_PERCENT, Field.CONFIRM),
    BELOW("below", Field.LEVEL, Field.RESOLVE_LEVEL, Field.CONFIRM),
    ABOVE("above", Field.LEVEL, Field.RESOLVE_LEVEL, Field.CONFIRM),
    /** Lower than every value within the window before. */
    NEW_LOW("newLow", Field.WINDOW, Field.RESOLVE_PERCENT, Field.CONFIRM),
    NEW_HIGH("newHigh", Field.WINDOW, Field.RESOLVE_PERCENT, Field.CONFIRM),
    /** No trusted observation for the length of the window, counted in open hours of the indicator's market. */
    SILENT("silent", Field.WINDOW);

    /** The fields that not all types have: the first three are required where a type has them. */
    public enum Field {
        PERCENT("percent"),
        LEVEL("level"),
        WINDOW("window"),
        RESOLVE_PERCENT("resolvePercent"),
        RESOLVE_LEVEL("resolveLevel"),
        CONFIRM("confirm");

        private final String word;

        Field(String word) {
            this.word = word;
        }

        /** The name in JSON and in the form. */
        public String word() {
            return word;
        }
    }

    private final String word;
    private final Set<Field> fields;

    RuleType(String word, Field... fields) {
        this.word = word;
        this.fields = Set.of(fields);
    }

    /** The word in table and JSON. */
    @Override
    @JsonValue
    public String word() {
        return word;
    }

    @JsonCreator
    static RuleType of(String word) {
        return Word.find(RuleType.class, word)
                .orElseThrow(() -> new IllegalArgumentException("type must be one of " + words() + "."));
    }

    static String words() {
        return Arrays.stream(values()).map(RuleType::word).collect(Collectors.joining(", "));
    }

    public boolean has(Field field) {
        return fields.contains(field);
    }

    boolean hasLevel() {
        return has(Field.LEVEL);
    }

    /** Whether {@code percent} is a signed change rather than the size of a move. */
    public boolean isPercentSigned() {
        return this == CHANGE_OVER;
    }

    /** Whether {@code resolvePercent} is the distance from an extreme rather than the rest of a move. */
    public boolean isExtreme() {
        return this == NEW_LOW || this == NEW_HIGH;
    }
}
