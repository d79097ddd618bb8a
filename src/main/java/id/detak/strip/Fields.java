package id.detak.strip;

import java.math.BigDecimal;
import java.util.List;

/**
 * The numbers of one piece, as printed. A field that is not there is an empty list or null.
 *
 * @param values  the readings of the value, likelier one first
 * @param changes the readings of the change, likelier one first
 */
record Fields(List<BigDecimal> values, List<BigDecimal> changes, BigDecimal percent) {

    /** Whether the day before had a price at all: a cut that says otherwise is none. */
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
