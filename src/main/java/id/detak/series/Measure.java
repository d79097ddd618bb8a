package id.detak.series;

import id.detak.indicator.Indicator;
import id.detak.platform.RejectedException;
import java.math.BigDecimal;
import java.util.List;

/** The number of an indicator that a history shows. */
public enum Measure {
    VALUE("value", "value"),
    CHANGE_PERCENT("changePercent", "change_percent"),
    RETURN_INDEX("returnIndex", null);

    private final String word;
    private final String column;

    Measure(String word, String column) {
        this.word = word;
        this.column = column;
    }

    public String word() {
        return word;
    }

    public String column() {
        return column;
    }

    /** Measures with stored bars; the return index is calculated from the percentages of the days. */
    static final List<Measure> BARRED = List.of(VALUE, CHANGE_PERCENT);

    /** The number of an observation, or null. */
    BigDecimal of(Observation observation) {
        return this == VALUE ? observation.value() : observation.changePercent();
    }

    static Measure ofWord(String word) {
        return BARRED.stream()
                .filter(measure -> measure.word.equals(word))
                .findFirst()
                .orElseThrow();
    }

    public String unit(Indicator indicator) {
        return switch (this) {
            case VALUE -> indicator.unit();
            case CHANGE_PERCENT -> "percent";
            case RETURN_INDEX -> "index";
        };
    }

    /**
     * The default is the level, or the percentage of a fund, which has no level.
     *
     * @throws RejectedException if the indicator has no such measure
     */
    public static Measure parse(String text, Indicator indicator) {
        if (text == null) {
            return indicator.hasLevel() ? VALUE : CHANGE_PERCENT;
        }
        Measure measure =
                switch (text) {
                    case "value" -> VALUE;
                    case "changePercent" -> CHANGE_PERCENT;
                    case "returnIndex" -> RETURN_INDEX;
                    default ->
                        throw RejectedException.invalid("measure must be one of value, changePercent, returnIndex.");
                };
        if (measure == VALUE && !indicator.hasLevel()) {
            throw RejectedException.invalid(
                    indicator.code() + " has no level in the strip: use changePercent or returnIndex.");
        }
        if (measure == RETURN_INDEX && indicator.hasLevel()) {
            throw RejectedException.invalid(
                    indicator.code() + " has a level, so it has no return index: use value or changePercent.");
        }
        return measure;
    }
}
