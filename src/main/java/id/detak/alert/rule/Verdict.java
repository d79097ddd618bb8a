package id.detak.alert.rule;

import java.math.BigDecimal;

/**
 * A measurement compared with a rule's threshold; {@code HELD} is between the threshold and the level at which the
 * alert resolves.
 */
enum Verdict {
    NO_DATA,
    CLEAR,
    HELD,
    MET;

    static Verdict of(Rule rule, Measurement m) {
        return switch (rule.type()) {
            case DAY_CHANGE, DROP_OVER -> fallen(m.percent(), rule.percent().negate(), negated(rule.resolvePercent()));
            case CHANGE_OVER ->
                rule.percent().signum() < 0
                        ? fallen(m.percent(), rule.percent(), rule.resolvePercent())
                        : risen(m.percent(), rule.percent(), rule.resolvePercent());
            case BELOW ->
                m.level() == null
                        ? NO_DATA
                        : m.level().compareTo(rule.level()) < 0
                                ? MET
                                : rule.resolveLevel() == null || m.level().compareTo(rule.resolveLevel()) >= 0
                                        ? CLEAR
                                        : HELD;
            case ABOVE ->
                m.level() == null
                        ? NO_DATA
                        : m.level().compareTo(rule.level()) > 0
                                ? MET
                                : rule.resolveLevel() == null || m.level().compareTo(rule.resolveLevel()) <= 0
                                        ? CLEAR
                                        : HELD;
            case NEW_LOW -> beyond(m, -1, rule.resolvePercent());
            case NEW_HIGH -> beyond(m, 1, rule.resolvePercent());
            case SILENT -> CLEAR;
        };
    }

    private static Verdict fallen(BigDecimal percent, BigDecimal threshold, BigDecimal resolve) {
        return percent == null
                ? NO_DATA
                : percent.compareTo(threshold) <= 0
                        ? MET
                        : resolve == null || percent.compareTo(resolve) > 0 ? CLEAR : HELD;
    }

    private static Verdict risen(BigDecimal percent, BigDecimal threshold, BigDecimal resolve) {
        return percent == null
                ? NO_DATA
                : percent.compareTo(threshold) >= 0
                        ? MET
                        : resolve == null || percent.compareTo(resolve) < 0 ? CLEAR : HELD;
    }

    private static Verdict beyond(Measurement m, int direction, BigDecimal resolve) {
        return m.percent() == null
                ? NO_DATA
                : m.percent().signum() == direction ? MET : m.fromExtreme().compareTo(resolve) >= 0 ? CLEAR : HELD;
    }

    private static BigDecimal negated(BigDecimal number) {
        return number == null ? null : number.negate();
    }
}
