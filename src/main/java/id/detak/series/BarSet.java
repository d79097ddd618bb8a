package id.detak.series;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The bars over the observations added to it, for each measure and interval. Suspect ones are left out. */
final class BarSet {

    private final Map<Bar.Key, Building> bars = new HashMap<>();
    /** What the last observation went into: most observations come in order. */
    private final Building[] last = new Building[Measure.BARRED.size() * Interval.BARRED.size()];
    private LocalDate day;
    private final Instant[] starts = new Instant[Interval.BARRED.size()];

    BarSet add(Observation o) {
        addHours(o);
        return addDays(o);
    }

    BarSet addHours(Observation o) {
        if (!o.isSuspect()) {
            add(o, 0, Interval.hour(o.observedAt()));
        }
        return this;
    }

    BarSet addDays(Observation o) {
        if (o.isSuspect()) {
            return this;
        }
        if (!o.tradingDay().equals(day)) {
            day = o.tradingDay();
            for (int i = 1; i < starts.length; i++) {
                starts[i] = Interval.BARRED.get(i).start(day);
            }
        }
        for (int i = 1; i < starts.length; i++) {
            add(o, i, starts[i]);
        }
        return this;
    }

    private void add(Observation o, int interval, Instant start) {
        for (int i = 0; i < Measure.BARRED.size(); i++) {
            Measure measure = Measure.BARRED.get(i);
            BigDecimal number = measure.of(o);
            if (number == null) {
                continue;
            }
            int slot = i * Interval.BARRED.size() + interval;
            Building bar = last[slot];
            if (bar == null || bar.key.indicatorId() != o.indicatorId() || !bar.key.start().equals(start)) {
                bar = bars.computeIfAbsent(new Bar.Key(o.indicatorId(), measure, Interval.BARRED.get(interval), start), Building::new);
                last[slot] = bar;
            }
            bar.add(o, number);
        }
    }

    /** The trading day's bar over what was added, or null. */
    Bar day(int indicatorId, LocalDate tradingDay) {
        Building bar = bars.get(new Bar.Key(indicatorId, Measure.VALUE, Interval.DAY, Interval.DAY.start(tradingDay)));
        return bar == null ? null : bar.toBar();
    }

    Collection<Bar> bars() {
        return bars.values().stream().map(Building::toBar).toList();
    }

    private static final class Building {

        private final Bar.Key key;
        private BigDecimal open;
        private BigDecimal high;
        private BigDecimal low;
        private BigDecimal close;
        private BigDecimal sum = BigDecimal.ZERO;
        private int count;
        private Instant firstAt;
        private Instant lastAt;

        Building(Bar.Key key) {
            this.key = key;
        }

        void add(Observation o, BigDecimal number) {
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
        }

        Bar toBar() {
            return new Bar(key, open, high, low, close, sum, count, firstAt, lastAt);
        }
    }
}
