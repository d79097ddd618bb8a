package id.detak.alert.rule;

import id.detak.alert.rule.Extreme.Stood;
import id.detak.alert.rule.Past.Seen;
import id.detak.indicator.TradingCalendar;
import java.math.BigDecimal;
import java.time.Instant;

/** Measures the samples of one indicator, which come in the order of time. Rules that look at the same share one. */
public sealed interface Gauge {

    /** Which gauge a rule looks at. {@code window} is null where the type has none. */
    record Key(RuleType type, Span window) {

        public static Key of(Rule rule) {
            return switch (rule.type()) {
                case BELOW, ABOVE -> new Key(RuleType.BELOW, null);
                default -> new Key(rule.type(), rule.window());
            };
        }

        public Gauge make(TradingCalendar calendar) {
            return switch (type) {
                case DAY_CHANGE -> new DayChange();
                case DROP_OVER -> new Drop(window, calendar);
                case CHANGE_OVER -> new ChangeOver(window, calendar);
                case BELOW, ABOVE -> new Level();
                case NEW_LOW -> new NewExtreme(window, calendar, Extreme.lowest());
                case NEW_HIGH -> new NewExtreme(window, calendar, Extreme.highest());
                case SILENT -> new Presence();
            };
        }
    }

    Measured take(Sample sample);

    /** How far back samples matter that come at or after the instant. */
    default Instant reach(Instant instant) {
        return instant;
    }

    final class DayChange implements Gauge {
        @Override
        public Measured take(Sample sample) {
            return new Measured(sample.level(), sample.dayPercent(), sample.previousClose(), null, null);
        }
    }

    final class Level implements Gauge {
        @Override
        public Measured take(Sample sample) {
            return new Measured(sample.level(), sample.dayPercent(), null, null, null);
        }
    }

    /** That there is something is all that counts. */
    final class Presence implements Gauge {
        @Override
        public Measured take(Sample sample) {
            return new Measured(sample.level(), sample.dayPercent(), null, sample.at(), null);
        }
    }

    final class Drop implements Gauge {
        private final Sliding window;
        private final Extreme highest = Extreme.highest();

        Drop(Span window, TradingCalendar calendar) {
            this.window = new Sliding(window, calendar);
        }

        @Override
        public Measured take(Sample sample) {
            if (sample.level() == null) {
                return Measured.NOTHING;
            }
            highest.moveTo(reach(sample.at()));
            highest.add(sample.at(), sample.level());
            Stood high = highest.get();
            return new Measured(sample.level(), Percent.change(high.level, sample.level()), high.level, high.from, null);
        }

        @Override
        public Instant reach(Instant instant) {
            return window.startOf(instant);
        }
    }

    final class ChangeOver implements Gauge {
        private final Sliding window;
        private final Past past = new Past();

        ChangeOver(Span window, TradingCalendar calendar) {
            this.window = new Sliding(window, calendar);
        }

        @Override
        public Measured take(Sample sample) {
            if (sample.level() == null) {
                return Measured.NOTHING;
            }
            past.add(sample.at(), sample.level());
            Seen then = past.at(reach(sample.at()));
            return then == null ? Measured.NOTHING
                    : new Measured(sample.level(), Percent.change(then.level(), sample.level()), then.level(), then.at(), null);
        }

        @Override
        public Instant reach(Instant instant) {
            return window.startOf(instant);
        }
    }

    final class NewExtreme implements Gauge {
        private final Sliding window;
        private final Extreme extreme;

        NewExtreme(Span window, TradingCalendar calendar, Extreme extreme) {
            this.window = new Sliding(window, calendar);
            this.extreme = extreme;
        }

        @Override
        public Measured take(Sample sample) {
            if (sample.level() == null) {
                return Measured.NOTHING;
            }
            extreme.moveTo(reach(sample.at()));
            Stood before = extreme.get();
            extreme.add(sample.at(), sample.level());
            if (before == null) {
                return Measured.NOTHING;
            }
            BigDecimal away = Percent.change(extreme.get().level, sample.level());
            return new Measured(sample.level(), Percent.change(before.level, sample.level()), before.level, before.from, away == null ? null : away.abs());
        }

        @Override
        public Instant reach(Instant instant) {
            return window.startOf(instant);
        }
    }
}
