package id.detak.series;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.indicator.Indicator;
import id.detak.series.LevelChanges.LevelChange;
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
    private final LevelChanges levelChanges;

    DayChanges(Bars bars, LevelChanges levelChanges) {
        this.bars = bars;
        this.levelChanges = levelChanges;
    }

    public DayChange of(Indicator indicator, LatestQuotes.Item item) {
        return DayChange.of(item, () -> closeBefore(indicator, item));
    }

    /** The close of the last trading day before the quote, on the same level, or null. */
    private BigDecimal closeBefore(Indicator indicator, LatestQuotes.Item item) {
        LocalDate day = item.tradingDay();
        LocalDate earliest = day.minusDays(LONGEST_BREAK_DAYS);
        LocalDate first = levelChanges
                .last(indicator.id())
                .map(LevelChange::tradingDay)
                .filter(earliest::isBefore)
                .orElse(earliest);
        return bars.days(indicator.id(), first, day.minusDays(1)).stream()
                .filter(bar -> bar.key().measure() == Measure.VALUE)
                .reduce((earlier, later) -> later)
                .map(Bar::close)
                .orElse(null);
    }
}
