package id.detak.alert.rule;

import id.detak.alert.rule.Transition.Cause;
import id.detak.indicator.TradingCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Runs one rule over the samples of one indicator: ok → pending → firing → resolved, and again. */
public final class RuleRun {

    private final Rule rule;
    private RuleProgress progress;

    public RuleRun(Rule rule, RuleProgress progress) {
        this.rule = rule;
        this.progress = progress;
    }

    public RuleProgress progress() {
        return progress;
    }

    /** @return the transitions that the sample causes, mostly none */
    public List<Transition> step(Sample sample, Measurement measured) {
        return switch (rule.type()) {
            case SILENT -> evaluatePresence(sample, measured);
            case DAY_CHANGE -> stepWithinDay(sample, measured);
            case DROP_OVER, CHANGE_OVER, BELOW, ABOVE, NEW_LOW, NEW_HIGH -> stepWithinLevel(sample, measured);
        };
    }

    private List<Transition> stepWithinLevel(Sample sample, Measurement measured) {
        return after(sample.levelChanged() ? end(Cause.LEVEL_CHANGED, sample, measured) : List.of(), sample, measured);
    }

    /** A change of level does not matter: the source publishes the change on the day. */
    private List<Transition> stepWithinDay(Sample sample, Measurement measured) {
        if (progress.day() != null && sample.tradingDay().isBefore(progress.day())) {
            return List.of();
        }
        List<Transition> steps = progress.day() != null && sample.tradingDay().isAfter(progress.day())
                ? end(Cause.NEW_DAY, sample, measured)
                : List.of();
        if (!sample.tradingDay().equals(progress.day())) {
            progress = progress.on(sample.tradingDay());
        }
        return after(steps, sample, measured);
    }

    private List<Transition> after(List<Transition> steps, Sample sample, Measurement measured) {
        List<Transition> evaluated = evaluate(sample, measured);
        return steps.isEmpty() ? evaluated : evaluated.isEmpty() ? steps : List.of(steps.get(0), evaluated.get(0));
    }

    /**
     * Evaluates a sample that arrived after later ones. It may fire the rule or count towards a confirmation. Newer
     * samples decide about an alert that is firing or has resolved since, and a sample from before a confirmation does
     * not end it.
     */
    public List<Transition> stepLate(Sample sample, Measurement measured) {
        boolean before = progress.since() != null && sample.at().isBefore(progress.since());
        boolean ignored =
                switch (progress.state()) {
                    case FIRING -> true;
                    case RESOLVED -> before;
                    case PENDING -> before && Verdict.of(rule, measured) != Verdict.MET;
                    case OK, NO_DATA -> false;
                };
        return ignored ? List.of() : step(sample, measured);
    }

    /**
     * An alert about a day ends with the day; a fall on the next day is another alert. An alert about levels ends with
     * their scale.
     */
    private List<Transition> end(Cause cause, Sample sample, Measurement measured) {
        return switch (progress.state()) {
            case FIRING -> List.of(moveTo(AlertState.RESOLVED, cause, sample, measured));
            case PENDING -> List.of(moveTo(AlertState.OK, cause, sample, measured));
            default -> List.of();
        };
    }

    private List<Transition> evaluate(Sample sample, Measurement measured) {
        Verdict verdict = Verdict.of(rule, measured);
        return switch (progress.state()) {
            case FIRING -> {
                worsen(sample, measured);
                yield verdict == Verdict.CLEAR ? List.of(resolve(sample, measured)) : List.of();
            }
            case PENDING ->
                verdict == Verdict.MET
                        ? confirm(sample, measured)
                        : verdict == Verdict.NO_DATA
                                ? List.of()
                                : List.of(moveTo(AlertState.OK, Cause.VALUE, sample, measured));
            case OK, RESOLVED, NO_DATA ->
                switch (verdict) {
                    case MET -> begin(sample, measured);
                    case NO_DATA ->
                        progress.state() == AlertState.NO_DATA
                                ? List.of()
                                : List.of(moveTo(AlertState.NO_DATA, Cause.VALUE, sample, measured));
                    case CLEAR, HELD ->
                        progress.state() == AlertState.NO_DATA
                                ? List.of(moveTo(AlertState.OK, Cause.VALUE, sample, measured))
                                : List.of();
                };
        };
    }

    private List<Transition> begin(Sample sample, Measurement measured) {
        Transition pending = moveTo(AlertState.PENDING, Cause.VALUE, sample, measured);
        List<Transition> fired = confirm(sample, measured);
        if (fired.isEmpty()) {
            return List.of(pending);
        }
        Transition firing = fired.get(0);
        return List.of(new Transition(
                pending.from(),
                firing.to(),
                firing.cause(),
                firing.at(),
                firing.tradingDay(),
                firing.alertId(),
                firing.value(),
                firing.changePercent(),
                firing.reference(),
                firing.referenceAt(),
                firing.captureId()));
    }

    private List<Transition> confirm(Sample sample, Measurement measured) {
        progress = progress.counting(progress.seen() + 1);
        boolean cooling = progress.coolUntil() != null && sample.at().isBefore(progress.coolUntil());
        if (cooling || !rule.confirm().isEnough(progress.seen(), progress.since(), sample.at())) {
            return List.of();
        }
        return List.of(fire(Cause.VALUE, sample, measured));
    }

    private Transition fire(Cause cause, Sample sample, Measurement measured) {
        Transition firing = transition(AlertState.FIRING, cause, sample, measured, UUID.randomUUID());
        progress = progress.to(AlertState.FIRING, sample.at()).firing(firing.alertId());
        worsen(sample, measured);
        return firing;
    }

    private Transition resolve(Sample sample, Measurement measured) {
        Transition resolved = moveTo(AlertState.RESOLVED, Cause.VALUE, sample, measured);
        if (rule.coolDown() != null) {
            progress = progress.coolingUntil(rule.coolDown().after(sample.at()));
        }
        return resolved;
    }

    private Transition moveTo(AlertState to, Cause cause, Sample sample, Measurement measured) {
        Transition transition = transition(to, cause, sample, measured, progress.alertId());
        progress = progress.to(to, sample.at());
        return transition;
    }

    private Transition transition(AlertState to, Cause cause, Sample sample, Measurement measured, UUID alertId) {
        BigDecimal reference = rule.type().hasLevel() ? rule.level() : measured.reference();
        return new Transition(
                progress.state(),
                to,
                cause,
                sample.at(),
                sample.tradingDay(),
                alertId,
                sample.level(),
                measured.percent(),
                reference,
                measured.referenceAt(),
                sample.captureId());
    }

    private void worsen(Sample sample, Measurement measured) {
        boolean byLevel = rule.isWorstByValue();
        BigDecimal now = byLevel ? measured.level() : measured.percent();
        BigDecimal worst = byLevel ? progress.worstValue() : progress.worstPercent();
        if (now != null
                && (worst == null || (rule.isDownwards() ? now.compareTo(worst) < 0 : now.compareTo(worst) > 0))) {
            progress = progress.worst(sample.level(), measured.percent(), sample.at());
        }
    }

    private List<Transition> evaluatePresence(Sample sample, Measurement measured) {
        return switch (progress.state()) {
            case FIRING -> List.of(resolve(sample, measured));
            case NO_DATA -> List.of(moveTo(AlertState.OK, Cause.VALUE, sample, measured));
            default -> List.of();
        };
    }

    /**
     * Evaluates a rule about silence at a time without a sample since the last one.
     *
     * @param last the last sample; if there was never one, a sample without numbers at the rule's creation
     * @param since start of the silence: the last sample or the creation of the rule
     * @param expected when the next sample is expected; nothing is missing before
     */
    public Optional<Transition> silence(
            Sample last, Instant since, Instant expected, Instant now, TradingCalendar calendar) {
        return silentAt(since, expected, calendar)
                .filter(at -> !at.isAfter(now))
                .map(at -> {
                    Sample silent = new Sample(at, calendar.tradingDayAt(at), last.level(), null, null, null);
                    return fire(Cause.SILENCE, silent, new Measurement(last.level(), null, null, last.at(), null));
                });
    }

    /** When a rule about silence fires if no sample arrives before; empty while it fires. */
    public Optional<Instant> silentAt(Instant since, Instant expected, TradingCalendar calendar) {
        if (progress.state() == AlertState.FIRING) {
            return Optional.empty();
        }
        Instant opened = calendar.openedFor(rule.window().length(), since);
        Instant due = expected.isAfter(opened) ? expected : opened;
        return Optional.of(
                progress.coolUntil() != null && progress.coolUntil().isAfter(due) ? progress.coolUntil() : due);
    }

    /** Ends a firing alert because its rule was changed or deleted, or its observation does not count any more. */
    public Optional<Transition> end(Cause cause, Instant at, TradingCalendar calendar) {
        if (progress.state() != AlertState.FIRING) {
            return Optional.empty();
        }
        return Optional.of(moveTo(
                AlertState.RESOLVED,
                cause,
                new Sample(at, calendar.tradingDayAt(at), null, null, null, null),
                Measurement.NOTHING));
    }
}
