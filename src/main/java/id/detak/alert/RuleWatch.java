package id.detak.alert;

import id.detak.alert.Rules.Stored;
import id.detak.alert.rule.Gauge;
import id.detak.alert.rule.Measurement;
import id.detak.alert.rule.RuleProgress;
import id.detak.alert.rule.RuleRun;
import id.detak.alert.rule.Sample;
import id.detak.alert.rule.Samples;
import id.detak.alert.rule.Transition;
import id.detak.indicator.Indicator;
import id.detak.indicator.TradingCalendar;
import id.detak.series.Observation;
import io.quarkus.logging.Log;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The rules over one indicator, where each stands, and their windows: all that the next observation is held against. Each
 * observation costs the same, however long the windows are.
 */
final class RuleWatch {

    private final Indicator indicator;
    private final Samples samples;
    private final Map<Gauge.Key, Gauge> gauges = new LinkedHashMap<>();
    private final List<Watched> rules = new ArrayList<>();
    private final TradingCalendar calendar;

    RuleWatch(Indicator indicator, TradingCalendar calendar, List<Stored> about, Map<UUID, RuleProgress> states) {
        this.indicator = indicator;
        this.calendar = calendar;
        this.samples = new Samples(indicator.kind(), calendar);
        for (Stored stored : about) {
            Gauge gauge = gauges.computeIfAbsent(Gauge.Key.of(stored.rule()), key -> key.make(calendar));
            rules.add(new Watched(stored, gauge, new RuleRun(stored.rule(), states.getOrDefault(stored.id(), RuleProgress.NONE))));
        }
    }

    private record Watched(Stored stored, Gauge gauge, RuleRun run) {
    }

    /**
     * What an observation did to a rule.
     *
     * @param transitions none where it only counts on (confirmation, a new worst)
     */
    record Change(Stored rule, List<Transition> transitions, RuleProgress progress) {
    }

    Indicator indicator() {
        return indicator;
    }

    boolean hasRules() {
        return !rules.isEmpty();
    }

    Samples samples() {
        return samples;
    }

    /** How far back observations matter to one at the instant: its windows, and the trading day before. */
    Instant reach(Instant at) {
        Instant dayBefore = calendar.turnOf(calendar.previousTradingDay(calendar.tradingDayAt(at)));
        return gauges.values().stream().map(gauge -> gauge.reach(at)).reduce(dayBefore, (a, b) -> a.isBefore(b) ? a : b);
    }

    /** An observation of before, which decided what it decided. */
    void remember(Observation observation) {
        Sample sample = samples.next(observation);
        gauges.values().forEach(gauge -> gauge.take(sample));
    }

    List<Change> step(Observation observation) {
        return step(observation, false);
    }

    /** One that came after later ones were seen. */
    List<Change> stepLate(Observation observation) {
        return step(observation, true);
    }

    private List<Change> step(Observation observation, boolean late) {
        Sample sample = samples.next(observation);
        Map<Gauge, Measurement> measured = new IdentityHashMap<>();
        gauges.forEach((key, gauge) -> measured.put(gauge, take(key, gauge, sample)));
        List<Change> changes = new ArrayList<>();
        for (Watched watched : rules) {
            RuleProgress before = watched.run.progress();
            List<Transition> transitions = step(watched, sample, measured.get(watched.gauge), late);
            if (watched.run.progress() != before) {
                changes.add(new Change(watched.stored, transitions, watched.run.progress()));
            }
        }
        return changes;
    }

    private static Measurement take(Gauge.Key key, Gauge gauge, Sample sample) {
        try {
            return gauge.take(sample);
        } catch (RuntimeException e) {
            Log.errorf(e, "What came could not be measured by %s.", key);
            return Measurement.NOTHING;
        }
    }

    /** A rule that fails, which is a fault of ours, keeps neither the others nor the recording from going on. */
    private static List<Transition> step(Watched watched, Sample sample, Measurement measured, boolean late) {
        try {
            return late ? watched.run.stepLate(sample, measured) : watched.run.step(sample, measured);
        } catch (RuntimeException e) {
            Log.errorf(e, "The rule %s (%s) could not be held against what came.", watched.stored.rule().name(), watched.stored.id());
            return List.of();
        }
    }
}
