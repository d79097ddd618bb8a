package id.detak.dashboard;

import id.detak.series.Latest;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How an indicator moved since the previous close, as the page shows it. A currency pair's printed sign is turned round on most
 * pages (the rupiah's gain, not the rate's), so its move goes by the values, and is unknown where these do not tell.
 */
record DayMove(BigDecimal change, BigDecimal percent) {

    private static final BigDecimal HUNDRED = new BigDecimal(100);

    static DayMove of(Latest.Item item) {
        boolean pair = item.code().indexOf('/') > 0;
        if (!pair) {
            return new DayMove(item.change(), item.changePercent());
        }
        if (item.previousClose() == null || item.previousClose().signum() <= 0) {
            return new DayMove(null, null);
        }
        BigDecimal change = item.value().subtract(item.previousClose());
        return new DayMove(change, change.multiply(HUNDRED).divide(item.previousClose(), 2, RoundingMode.HALF_UP));
    }

    /** {@code up}, {@code down} or {@code flat}. */
    String direction() {
        BigDecimal moved = change != null ? change : percent;
        int sign = moved == null ? 0 : moved.signum();
        return sign > 0 ? "up" : sign < 0 ? "down" : "flat";
    }
}
