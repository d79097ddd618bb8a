package id.detak.series;

import id.detak.strip.Quote;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The change of an indicator since the previous close, as pages and metrics show it.
 *
 * <p>Most pages print a currency pair with the opposite sign (the gain of the rupiah, not of the rate), so its change
 * is calculated from the values and is unknown without them. A quote without a change, such as an imported row, is
 * compared with the stored close.
 */
public record DayChange(BigDecimal change, BigDecimal percent) {

    /** Whether neither the change nor the close that it started from is printed. */
    static boolean needsStoredClose(LatestQuotes.Item item) {
        return item.value() != null && !isStated(item) && item.previousClose() == null;
    }

    /** @param closeBefore the stored close of the previous trading day, or null if it is unknown or not needed */
    static DayChange of(LatestQuotes.Item item, BigDecimal closeBefore) {
        boolean pair = Quote.isCurrencyPair(item.code());
        if (!pair && (isStated(item) || item.value() == null)) {
            return new DayChange(item.change(), item.changePercent());
        }
        BigDecimal from = item.previousClose() != null ? item.previousClose() : closeBefore;
        if (from == null || from.signum() <= 0 || item.value() == null) {
            return new DayChange(null, null);
        }
        return new DayChange(
                item.value().subtract(from), PercentChange.of(from, item.value(), 2, RoundingMode.HALF_UP));
    }

    private static boolean isStated(LatestQuotes.Item item) {
        return item.change() != null || item.changePercent() != null;
    }

    /** The change or, if unknown, the percentage; its sign is the direction. */
    public BigDecimal signed() {
        return change != null ? change : percent;
    }
}
