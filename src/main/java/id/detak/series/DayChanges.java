package id.detak.series;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.indicator.Indicator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.LocalDate;

/** Calculates the change of an indicator since the previous close. */
@ApplicationScoped
@Transactional(MANDATORY)
public class DayChanges {

    private static final int LONGEST_BREAK_DAYS = 15;

    private final Bars bars;

    DayChanges(Bars bars) {
        this.bars = bars;
    }

    public DayChange of(Indicator indicator, LatestQuotes.Item item) {
        return DayChange.of(item, () -> closeBefore(indicator, item));
    }

    /** The close of the last trading day before the quote, or null. */
    private BigDecimal closeBefore(Indicator indicator, LatestQuotes.Item item) {
        LocalDate day = item.tradingDay();
        return bars.days(indicator.id(), day.minusDays(LONGEST_BREAK_DAYS), day.minusDays(1)).stream()
                .filter(bar -> bar.key().measure() == Measure.VALUE)
                .reduce((earlier, later) -> later)
                .map(Bar::close)
                .orElse(null);
    }
}
