package id.detak.strip;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Checks that value, change and percent of a quote agree: with previous = value − change, percent must equal change /
 * previous × 100 within the rounding of all three, which is half a unit of the last printed digit each. 831 with −12,11
 * stands for anything from 830,5 to 831,5. The formula is multiplied out, so no division loses digits.
 */
final class QuoteCheck {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private QuoteCheck() {}

    /**
     * Returns the quote with the readings of its fields that agree. If several do (1,055 with no change is 1.055 and
     * 1055), or none, it returns the most likely one, marked as suspect if there was a choice.
     */
    static Quote judge(String code, String label, Fields fields) {
        List<Quote> readings = new ArrayList<>();
        for (BigDecimal value : orMissing(fields.values())) {
            for (BigDecimal change : orMissing(fields.changes())) {
                readings.add(judge(code, label, value, change, fields.percent()));
            }
        }
        List<Quote> agreeing =
                readings.stream().filter(quote -> quote.quality() == Quality.OK).toList();
        if (agreeing.size() == 1) {
            return agreeing.get(0);
        }
        Quote likeliest = agreeing.isEmpty() ? readings.get(0) : agreeing.get(0);
        boolean certain = readings.size() == 1 || fields.sure() && !agreeing.isEmpty();
        return certain ? likeliest : suspect(likeliest);
    }

    /** Marks a quote as suspect, because its text could be cut in another way, too. */
    static Quote suspect(Quote quote) {
        return new Quote(
                quote.code(),
                quote.label(),
                quote.value(),
                quote.change(),
                quote.changePercent(),
                null,
                Quality.SUSPECT);
    }

    private static List<BigDecimal> orMissing(List<BigDecimal> readings) {
        return readings.isEmpty() ? Collections.singletonList(null) : readings;
    }

    static Quote judge(String code, String label, BigDecimal value, BigDecimal change, BigDecimal percent) {
        if (value == null || change == null) {
            return new Quote(code, label, value, change, percent, null, Quality.UNCHECKED);
        }
        boolean pair = Quote.isCurrencyPair(code);
        BigDecimal usual = value.subtract(change);
        BigDecimal turned = value.add(change);
        if (percent == null) {
            return new Quote(code, label, value, change, null, null, Quality.UNCHECKED);
        }
        boolean fitsUsual = fits(value, change, percent, usual, false);
        boolean fitsTurned = pair && fits(value, change, percent, turned, true);
        if (!fitsUsual && !fitsTurned) {
            return new Quote(code, label, value, change, percent, null, Quality.SUSPECT);
        }
        BigDecimal previous = fitsUsual ? usual : turned;
        if (fitsUsual && fitsTurned) {
            previous = change.signum() == 0 ? value : null;
        }
        return new Quote(code, label, value, change, percent, previous, Quality.OK);
    }

    /**
     * Change / previous is monotonic in value and in change, so its minimum and maximum are at the corners of the range
     * that rounding allows. If one corner is at or below the percent's upper bound and one at or above its lower bound,
     * a point in between agrees.
     */
    private static boolean fits(
            BigDecimal value, BigDecimal change, BigDecimal percent, BigDecimal previous, boolean turned) {
        if (previous.signum() <= 0) {
            return false;
        }
        BigDecimal low = percent.subtract(halfUnit(percent));
        BigDecimal high = percent.add(halfUnit(percent));
        boolean reachesDown = false;
        boolean reachesUp = false;
        for (BigDecimal v : bounds(value)) {
            for (BigDecimal c : bounds(change)) {
                BigDecimal before = turned ? v.add(c) : v.subtract(c);
                if (before.signum() > 0) {
                    BigDecimal moved = c.multiply(HUNDRED);
                    reachesDown |= moved.compareTo(high.multiply(before)) <= 0;
                    reachesUp |= moved.compareTo(low.multiply(before)) >= 0;
                }
            }
        }
        return reachesDown && reachesUp;
    }

    private static List<BigDecimal> bounds(BigDecimal shown) {
        return List.of(shown.subtract(halfUnit(shown)), shown.add(halfUnit(shown)));
    }

    private static BigDecimal halfUnit(BigDecimal shown) {
        return HALF.scaleByPowerOfTen(-shown.scale());
    }
}
