package id.detak.series;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Supplier;

/**
 * How an indicator moved since the previous close, as pages and metrics show it. A currency pair's printed sign is turned round on most
 * pages (the rupiah's gain, not the rate's), so its move goes by the values, and is unknown where these do not tell. Where a quote
 * says nothing of its move, as rows of a file may, it is that from the stored close.
 */
public record DayChange(BigDecimal change, BigDecimal percent) {

    private static final BigDecimal HUNDRED = new BigDecimal(100);

    /** @param closeBefore the stored close of the trading day before, or null: for quotes that say nothing of their move */
    static DayChange of(LatestQuotes.Item item, Supplier<BigDecimal> closeBefore) {
        boolean pair = item.code().indexOf('/') > 0;
        boolean stated = item.change() != null || item.changePercent() != null;
        if (!pair && (stated || item.value() == null)) {
            return new DayChange(item.change(), item.changePercent());
        }
        BigDecimal from = item.previousClose() != null || pair && stated ? item.previousClose() : closeBefore.get();
        if (from == null || from.signum() <= 0 || item.value() == null) {
            return new DayChange(null, null);
        }
        BigDecimal change = item.value().subtract(from);
        return new DayChange(change, change.multiply(HUNDRED).divide(from, 2, RoundingMode.HALF_UP));
    }

    /** The change, or where there is none the percent: its sign tells the direction. */
    public BigDecimal signed() {
        return change != null ? change : percent;
    }
}
