package id.detak.series;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Calculates the bars of the observations added to it, for each measure and interval. Ignores suspect observations.
 * Where the level changed, the bars of the values start over.
 */
final class BarSet {

    private static final List<Interval> INTERVALS = List.of(Interval.HOUR, Interval.DAY);

    private final Map<Bar.Key, Builder> bars = new HashMap<>();
    /** The bars that received the last observation, since most observations come in order. */
    private final Builder[] last = new Builder[Measure.BARRED.size() * INTERVALS.size()];

    /** The starts of the hours and trading days in which the level changed. */
    private final Set<Instant> newLevelHours = new HashSet<>();

    private final Set<Instant> newLevelDays = new HashSet<>();

    private LocalDate day;
    private Instant dayStart;

    BarSet add(Observation o) {
        addHours(o);
        if (o.isSuspect()) {
            return this;
        }
        if (o.reason() == QualityReason.LEVEL_CHANGED) {
            newLevelDays.add(Interval.DAY.start(o.tradingDay()));
        }
        if (!o.tradingDay().equals(day)) {
            day = o.tradingDay();
            dayStart = Interval.DAY.start(day);
        }
        add(o, Interval.DAY, dayStart);
        return this;
    }

    BarSet addHours(Observation o) {
        if (!o.isSuspect()) {
            if (o.reason() == QualityReason.LEVEL_CHANGED) {
                newLevelHours.add(Interval.hour(o.observedAt()));
            }
            add(o, Interval.HOUR, Interval.hour(o.observedAt()));
        }
        return this;
    }

    private void add(Observation o, Interval interval, Instant start) {
        for (int i = 0; i < Measure.BARRED.size(); i++) {
            Measure measure = Measure.BARRED.get(i);
            BigDecimal number = measure.of(o);
            if (number == null) {
                continue;
            }
            int slot = i * INTERVALS.size() + INTERVALS.indexOf(interval);
            Builder bar = last[slot];
            if (bar == null
                    || bar.key.indicatorId() != o.indicatorId()
                    || !bar.key.start().equals(start)) {
                bar = bars.computeIfAbsent(new Bar.Key(o.indicatorId(), measure, interval, start), Builder::new);
                last[slot] = bar;
            }
            bar.add(o, number);
        }
    }

    /** The bar of a trading day, or null. */
    Bar day(int indicatorId, LocalDate tradingDay) {
        Builder bar = bars.get(new Bar.Key(indicatorId, Measure.VALUE, Interval.DAY, Interval.DAY.start(tradingDay)));
        return bar == null ? null : bar.toBar();
    }

    /** All bars; the longer ones are calculated from hours and days. */
    Collection<Bar> bars() {
        List<Bar> all =
                new ArrayList<>(bars.values().stream().map(Builder::toBar).toList());
        List<Bar> hours = sorted(all, Interval.HOUR);
        List<Bar> days = sorted(all, Interval.DAY);
        for (Interval longer : Interval.GROUPED) {
            all.addAll(
                    longer.isByTradingDay()
                            ? Bar.grouped(days, longer, newLevelDays)
                            : Bar.grouped(hours, longer, newLevelHours));
        }
        return all;
    }

    private static List<Bar> sorted(List<Bar> bars, Interval interval) {
        return bars.stream()
                .filter(bar -> bar.key().interval() == interval)
                .sorted(Comparator.comparing(bar -> bar.key().start()))
                .toList();
    }

    private static final class Builder {

        private final Bar.Key key;
        private BigDecimal open;
        private BigDecimal high;
        private BigDecimal low;
        private BigDecimal close;
        private BigDecimal sum = BigDecimal.ZERO;
        private int count;
        private Instant firstAt;
        private Instant lastAt;
        /** When the level changed, or null: earlier observations do not count. */
        private Instant startsAt;

        Builder(Bar.Key key) {
            this.key = key;
        }

        void add(Observation o, BigDecimal number) {
            if (o.reason() == QualityReason.LEVEL_CHANGED
                    && key.measure() == Measure.VALUE
                    && (startsAt == null || o.observedAt().isAfter(startsAt))) {
                startOver(o.observedAt());
            }
            if (startsAt != null && o.observedAt().isBefore(startsAt)) {
                return;
            }
            if (firstAt == null || o.observedAt().isBefore(firstAt)) {
                firstAt = o.observedAt();
                open = number;
            }
            if (lastAt == null || o.observedAt().isAfter(lastAt)) {
                lastAt = o.observedAt();
                close = number;
            }
            high = high == null ? number : high.max(number);
            low = low == null ? number : low.min(number);
            if (!o.isImplied()) {
                sum = sum.add(number);
                count++;
            }
            if (o.range() != null && key.interval() == Interval.DAY && key.measure() == Measure.VALUE) {
                extend(o.range());
            }
        }

        /** The open of a file counts as if it was observed at the start of the day, before all that was seen. */
        private void extend(DayRange range) {
            if (range.open() != null && key.start().isBefore(firstAt)) {
                firstAt = key.start();
                open = range.open();
            }
            high = range.high() == null ? high : high.max(range.high());
            low = range.low() == null ? low : low.min(range.low());
        }

        private void startOver(Instant at) {
            startsAt = at;
            open = null;
            high = null;
            low = null;
            close = null;
            sum = BigDecimal.ZERO;
            count = 0;
            firstAt = null;
            lastAt = null;
        }

        Bar toBar() {
            return new Bar(key, open, high, low, close, sum, count, firstAt, lastAt);
        }
    }
}
