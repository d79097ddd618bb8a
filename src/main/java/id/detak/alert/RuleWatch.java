package id.detak.alert;

import id.detak.alert.Rules.Stored;
import id.detak.alert.rule.Measurement;
import id.detak.alert.rule.RuleMeasure;
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
 * The rules of one indicator with their states and windows: everything needed to evaluate the next observation. Each
 * observation costs the same, however long the windows are.
 */
final class RuleWatch {

    private final Indicator indicator;
    private final Samples samples;
    private final Map<RuleMeasure.Key, RuleMeasure> measures = new LinkedHashMap<>();
    private final List<Watched> rules = new ArrayList<>();
    private final TradingCalendar calendar;

    RuleWatch(Indicator indicator, TradingCalendar calendar, List<Stored> stored, Map<UUID, RuleProgress> states) {
        this.indicator = indicator;
        this.calendar = calendar;
        this.samples = new Samples(indicator.kind(), calendar);
        for (Stored rule : stored) {
            RuleMeasure measure =
                    measures.computeIfAbsent(RuleMeasure.Key.of(rule.rule()), key -> key.create(calendar));
            rules.add(new Watched(
                    rule, measure, new RuleRun(rule.rule(), states.getOrDefault(rule.id(), RuleProgress.NONE))));
        }
    }

    private record Watched(Stored stored, RuleMeasure measure, RuleRun run) {}

    /**
     * The effect of an observation on a rule.
     *
     * @param transitions empty if only the progress changed (a count of a confirmation, a new worst value)
     */
    record Change(Stored rule, List<Transition> transitions, RuleProgress progress) {}

    Indicator indicator() {
        return indicator;
    }

    boolean hasRules() {
        return !rules.isEmpty();
    }

    Samples samples() {
        return samples;
    }

    /**
     * The start of the observations that an evaluation at the instant needs: the longest window, at least the previous
     * trading day.
     */
    Instant windowStart(Instant at) {
        Instant dayBefore = calendar.turnOf(calendar.previousTradingDay(calendar.tradingDayAt(at)));
        return measures.values().stream()
                .map(measure -> measure.windowStart(at))
                .reduce(dayBefore, (a, b) -> a.isBefore(b) ? a : b);
    }

    /** Adds a past observation to the windows without evaluating it again. */
    void replay(Observation observation) {
        Sample sample = samples.next(observation);
        measures.values().forEach(measure -> measure.measure(sample));
    }

    List<Change> step(Observation observation) {
        return step(observation, false);
    }

    /** Evaluates an observation that arrived after later ones were evaluated. */
    List<Change> stepLate(Observation observation) {
        return step(observation, true);
    }

    private List<Change> step(Observation observation, boolean late) {
        Sample sample = samples.next(observation);
        Map<RuleMeasure, Measurement> measured = new IdentityHashMap<>();
        measures.forEach((key, measure) -> measured.put(measure, measure(key, measure, sample)));
        List<Change> changes = new ArrayList<>();
        for (Watched watched : rules) {
            RuleProgress before = watched.run.progress();
            List<Transition> transitions = step(watched, sample, measured.get(watched.measure), late);
            if (watched.run.progress() != before) {
                changes.add(new Change(watched.stored, transitions, watched.run.progress()));
            }
        }
        return changes;
    }

    private static Measurement measure(RuleMeasure.Key key, RuleMeasure measure, Sample sample) {
        try {
            return measure.measure(sample);
        } catch (RuntimeException e) {
            Log.errorf(e, "Measuring an observation by %s failed.", key);
            return Measurement.NOTHING;
        }
    }

    /** An error in one rule does not stop the others or the recording. */
    private static List<Transition> step(Watched watched, Sample sample, Measurement measured, boolean late) {
        try {
            return late ? watched.run.stepLate(sample, measured) : watched.run.step(sample, measured);
        } catch (RuntimeException e) {
            Log.errorf(
                    e, "Evaluating rule %s (%s) failed.", watched.stored.rule().name(), watched.stored.id());
            return List.of();
        }
    }
}
