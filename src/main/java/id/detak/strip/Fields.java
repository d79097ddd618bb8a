package id.detak.strip;

import java.math.BigDecimal;
import java.util.List;

/**
 * The numbers of one piece as printed. A missing field is an empty list or null.
 *
 * @param values the possible readings of the value, the most likely first
 * @param changes the possible readings of the change, the most likely first
 */
record Fields(List<BigDecimal> values, List<BigDecimal> changes, BigDecimal percent) {

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
