package id.detak.series;

import id.detak.indicator.Indicator;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.LocalDate;

/** Finds how indicators moved since the previous close. Call within a transaction. */
@ApplicationScoped
public class DayChanges {

    private static final int LONGEST_BREAK_DAYS = 15;

    private final Bars bars;

    DayChanges(Bars bars) {
        this.bars = bars;
    }

    public DayChange of(Indicator indicator, LatestQuotes.Item item) {
        return DayChange.of(item, () -> closeBefore(indicator, item));
    }

    /** The last close of a trading day before, or null. */
    private BigDecimal closeBefore(Indicator indicator, LatestQuotes.Item item) {
        LocalDate day = item.tradingDay();
        return bars.days(indicator.id(), day.minusDays(LONGEST_BREAK_DAYS), day.minusDays(1)).stream().filter(bar -> bar.key().measure() == Measure.VALUE)
                .reduce((earlier, later) -> later).map(Bar::close).orElse(null);
    }
}
