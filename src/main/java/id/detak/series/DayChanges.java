package id.detak.series;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.indicator.Calendars;
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

    private final Bars bars;
    private final LevelChanges levelChanges;
    private final Calendars calendars;

    DayChanges(Bars bars, LevelChanges levelChanges, Calendars calendars) {
        this.bars = bars;
        this.levelChanges = levelChanges;
        this.calendars = calendars;
    }

    public DayChange of(Indicator indicator, LatestQuotes.Item item) {
        return DayChange.of(item, () -> closeBefore(indicator, item));
    }

    /**
     * The close of the trading day before the quote, on the same level, or null. An older close would turn the change
     * into one of several days.
     */
    private BigDecimal closeBefore(Indicator indicator, LatestQuotes.Item item) {
        LocalDate before = calendars.of(indicator.kind()).previousTradingDay(item.tradingDay());
        boolean otherLevel = levelChanges
                .last(indicator.id())
                .map(LevelChange::tradingDay)
                .filter(before::isBefore)
                .isPresent();
        return otherLevel
                ? null
                : bars.day(indicator.id(), before).map(Bar::close).orElse(null);
    }
}
