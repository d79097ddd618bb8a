package id.detak.series;

import id.detak.strip.Quote;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Supplier;

/**
 * The change of an indicator since the previous close, as pages and metrics show it.
 *
 * <p>Most pages print a currency pair with the opposite sign (the gain of the rupiah, not of the rate), so its change
 * is calculated from the values and is unknown without them. A quote without a change, such as an imported row, is
 * compared with the stored close.
 */
public record DayChange(BigDecimal change, BigDecimal percent) {

    /** @param closeBefore supplies the stored close of the previous trading day, or null */
    static DayChange of(LatestQuotes.Item item, Supplier<BigDecimal> closeBefore) {
        boolean pair = Quote.isCurrencyPair(item.code());
        boolean stated = item.change() != null || item.changePercent() != null;
        if (!pair && (stated || item.value() == null)) {
            return new DayChange(item.change(), item.changePercent());
        }
        BigDecimal from = item.previousClose() != null || pair && stated ? item.previousClose() : closeBefore.get();
        if (from == null || from.signum() <= 0 || item.value() == null) {
            return new DayChange(null, null);
        }
        return new DayChange(
                item.value().subtract(from), PercentChange.of(from, item.value(), 2, RoundingMode.HALF_UP));
    }

    /** The change or, if unknown, the percentage; its sign is the direction. */
    public BigDecimal signed() {
        return change != null ? change : percent;
    }
}
