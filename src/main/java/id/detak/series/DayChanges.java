package id.detak.series;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.series.LevelChanges.LevelChange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Calculates the changes of indicators since the previous close. */
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

    /**
     * The changes of quotes, by code, with at most two statements for all of them.
     *
     * @param byCode the indicators of the quotes
     */
    public Map<String, DayChange> of(List<LatestQuotes.Item> quotes, Map<String, Indicator> byCode) {
        Map<String, BigDecimal> closes =
                closesBefore(quotes.stream().filter(DayChange::needsStoredClose).toList(), byCode);
        return quotes.stream()
                .collect(Collectors.toMap(
                        LatestQuotes.Item::code, quote -> DayChange.of(quote, closes.get(quote.code()))));
    }

    /**
     * The closes of the trading days before the quotes, on the same level. An older close would turn the change into
     * one of several days.
     */
    private Map<String, BigDecimal> closesBefore(List<LatestQuotes.Item> quotes, Map<String, Indicator> byCode) {
        if (quotes.isEmpty()) {
            return Map.of();
        }
        Map<Integer, LocalDate> newLevels = levelChanges.lastOfAll().stream()
                .collect(Collectors.toMap(LevelChange::indicatorId, LevelChange::tradingDay));
        Map<Integer, LocalDate> days = new HashMap<>();
        for (LatestQuotes.Item quote : quotes) {
            Indicator indicator = byCode.get(quote.code());
            LocalDate before = calendars.of(indicator.kind()).previousTradingDay(quote.tradingDay());
            LocalDate newLevel = newLevels.get(indicator.id());
            if (newLevel == null || !before.isBefore(newLevel)) {
                days.put(indicator.id(), before);
            }
        }
        Map<Integer, String> codes = byCode.values().stream().collect(Collectors.toMap(Indicator::id, Indicator::code));
        return bars.days(days).stream()
                .collect(Collectors.toMap(bar -> codes.get(bar.key().indicatorId()), Bar::close));
    }
}
