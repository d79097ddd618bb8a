package id.detak.alert.rule;

import id.detak.alert.rule.RollingReference.Reference;
import id.detak.indicator.TradingCalendar;
import id.detak.series.PercentChange;
import java.math.BigDecimal;
import java.time.Instant;

/** Measures the samples of one indicator in order of time. Rules that measure the same share one. */
public sealed interface RuleMeasure {

    /** Identifies what a rule measures. {@code window} is null if the type has none. */
    record Key(RuleType type, TimeSpan window) {

        public static Key of(Rule rule) {
            return switch (rule.type()) {
                case BELOW, ABOVE -> new Key(RuleType.BELOW, null);
                default -> new Key(rule.type(), rule.window());
            };
        }

        public RuleMeasure create(TradingCalendar calendar) {
            return switch (type) {
                case DAY_CHANGE -> new DayChange();
                case DROP_OVER -> new Drop(window, calendar);
                case CHANGE_OVER -> new ChangeOver(window, calendar);
                case BELOW, ABOVE -> new Level();
                case NEW_LOW -> new NewExtreme(window, calendar, RollingExtreme.lowest());
                case NEW_HIGH -> new NewExtreme(window, calendar, RollingExtreme.highest());
                case SILENT -> new Presence();
            };
        }
    }

    Measurement measure(Sample sample);

    /** The time from which samples affect a measurement at the instant. */
    default Instant windowStart(Instant instant) {
        return instant;
    }

    final class DayChange implements RuleMeasure {
        @Override
        public Measurement measure(Sample sample) {
            return new Measurement(sample.level(), sample.dayPercent(), sample.previousClose(), null, null);
        }
    }

    final class Level implements RuleMeasure {
        @Override
        public Measurement measure(Sample sample) {
            return new Measurement(sample.level(), sample.dayPercent(), null, null, null);
        }
    }

    /** Any sample counts, whatever its value. */
    final class Presence implements RuleMeasure {
        @Override
        public Measurement measure(Sample sample) {
            return new Measurement(sample.level(), sample.dayPercent(), null, sample.at(), null);
        }
    }

    final class Drop implements RuleMeasure {
        private final RollingWindow window;
        private final RollingExtreme highest = RollingExtreme.highest();

        Drop(TimeSpan window, TradingCalendar calendar) {
            this.window = new RollingWindow(window, calendar);
        }

        @Override
        public Measurement measure(Sample sample) {
            if (sample.level() == null) {
                return Measurement.NOTHING;
            }
            if (sample.levelChanged()) {
                highest.clear();
            }
            highest.moveTo(windowStart(sample.at()));
            highest.add(sample.at(), sample.level());
            RollingExtreme.Level high = highest.get();
            return new Measurement(
                    sample.level(), PercentChange.of(high.level, sample.level()), high.level, high.from, null);
        }

        @Override
        public Instant windowStart(Instant instant) {
            return window.startOf(instant);
        }
    }

    final class ChangeOver implements RuleMeasure {
        private final RollingWindow window;
        private final RollingReference past = new RollingReference();

        ChangeOver(TimeSpan window, TradingCalendar calendar) {
            this.window = new RollingWindow(window, calendar);
        }

        @Override
        public Measurement measure(Sample sample) {
            if (sample.level() == null) {
                return Measurement.NOTHING;
            }
            if (sample.levelChanged()) {
                past.clear();
            }
            past.add(sample.at(), sample.level());
            Reference then = past.at(windowStart(sample.at()));
            return then == null
                    ? Measurement.NOTHING
                    : new Measurement(
                            sample.level(),
                            PercentChange.of(then.level(), sample.level()),
                            then.level(),
                            then.at(),
                            null);
        }

        @Override
        public Instant windowStart(Instant instant) {
            return window.startOf(instant);
        }
    }

    final class NewExtreme implements RuleMeasure {
        private final RollingWindow window;
        private final RollingExtreme extreme;

        NewExtreme(TimeSpan window, TradingCalendar calendar, RollingExtreme extreme) {
            this.window = new RollingWindow(window, calendar);
            this.extreme = extreme;
        }

        @Override
        public Measurement measure(Sample sample) {
            if (sample.level() == null) {
                return Measurement.NOTHING;
            }
            if (sample.levelChanged()) {
                extreme.clear();
            }
            extreme.moveTo(windowStart(sample.at()));
            RollingExtreme.Level before = extreme.get();
            extreme.add(sample.at(), sample.level());
            if (before == null) {
                return Measurement.NOTHING;
            }
            BigDecimal away = PercentChange.of(extreme.get().level, sample.level());
            return new Measurement(
                    sample.level(),
                    PercentChange.of(before.level, sample.level()),
                    before.level,
                    before.from,
                    away == null ? null : away.abs());
        }

        @Override
        public Instant windowStart(Instant instant) {
            return window.startOf(instant);
        }
    }
}
