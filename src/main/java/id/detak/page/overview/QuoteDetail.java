package id.detak.page.overview;

import id.detak.page.shared.Direction;
import id.detak.page.shared.QuoteCard;
import id.detak.series.PercentChange;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * The numbers of the indicator in the chart.
 *
 * @param day the range from the day's low to its high without suspect numbers, or null
 * @param year the range from the 52-week low to the 52-week high, or null
 */
record QuoteDetail(QuoteCard quote, Span day, Span year, List<Figure> figures) {

    /** @param position of the latest value, in percent of the way from low to high */
    record Span(String low, String high, BigDecimal position) {

        static BigDecimal position(BigDecimal value, BigDecimal low, BigDecimal high) {
            return high.compareTo(low) == 0
                    ? PercentChange.HUNDRED
                    : value.subtract(low)
                            .multiply(PercentChange.HUNDRED)
                            .divide(high.subtract(low), 1, RoundingMode.HALF_EVEN)
                            .max(BigDecimal.ZERO)
                            .min(PercentChange.HUNDRED);
        }
    }

    /**
     * A key figure.
     *
     * @param name the word of the window, {@code previousClose} or {@code drawdown}
     * @param from the start of the change, or null
     * @param missing why the figure is missing (see {@code Changes}), or null
     */
    record Figure(String name, String text, Direction direction, String from, String missing) {}
}
