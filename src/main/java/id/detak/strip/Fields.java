package id.detak.strip;

import java.math.BigDecimal;
import java.util.List;

/**
 * The numbers of one piece as printed. A missing field is an empty list or null.
 *
 * @param values the possible readings of the value, the most likely first
 * @param changes the possible readings of the change, the most likely first
 * @param sure whether the most likely readings are right if they agree, even if others agree, too
 * @param rest whether the piece prints more numbers, whose meaning is not certain
 * @param origin of the sign of change and percent
 */
record Fields(
        List<BigDecimal> values,
        List<BigDecimal> changes,
        BigDecimal percent,
        boolean sure,
        boolean rest,
        SignOrigin origin) {

    static Fields valueOnly(List<BigDecimal> values) {
        return new Fields(values, List.of(), null, false, true, SignOrigin.PRINTED);
    }

    /** Whether the previous day's value is positive in some reading. A cut without one is wrong. */
    boolean possible() {
        if (values.isEmpty() || changes.isEmpty()) {
            return true;
        }
        for (BigDecimal value : values) {
            for (BigDecimal change : changes) {
                if (value.compareTo(change) > 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
