package id.detak.alert.rule;

import id.detak.alert.rule.Transition.Cause;
import id.detak.indicator.TradingCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One rule on its way through one indicator's samples: ok → pending → firing → resolved, and again. */
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

    /** @return the steps that the sample makes, mostly none */
    public List<Transition> step(Sample sample, Measurement measured) {
        if (rule.type() == RuleType.SILENT) {
            return present(sample, measured);
        }
        if (rule.type() != RuleType.DAY_CHANGE) {
            return judge(sample, measured);
        }
        if (progress.day() != null && sample.tradingDay().isBefore(progress.day())) {
            return List.of();
        }
        List<Transition> steps = progress.day() != null && sample.tradingDay().isAfter(progress.day()) ? endDay(sample, measured) : List.of();
        if (!sample.tradingDay().equals(progress.day())) {
            progress = progress.on(sample.tradingDay());
        }
        List<Transition> judged = judge(sample, measured);
        return steps.isEmpty() ? judged : judged.isEmpty() ? steps : List.of(steps.get(0), judged.get(0));
    }

    /**
     * A sample that came after later ones were seen. It may make the rule fire, and count for it; but what is firing or has resolved
     * since goes by what is newer, and a confirmation is not broken off by what was before it.
     */
    public List<Transition> stepLate(Sample sample, Measurement measured) {
        boolean before = progress.since() != null && sample.at().isBefore(progress.since());
        boolean over = switch (progress.state()) {
            case FIRING -> true;
            case RESOLVED -> before;
            case PENDING -> before && Verdict.of(rule, measured) != Verdict.MET;
            case OK, NO_DATA -> false;
        };
        return over ? List.of() : step(sample, measured);
    }

    /** A fall of a day is over with the day; what falls on the next is another. */
    private List<Transition> endDay(Sample sample, Measurement measured) {
        return switch (progress.state()) {
            case FIRING -> List.of(go(AlertState.RESOLVED, Cause.NEW_DAY, sample, measured));
            case PENDING -> List.of(go(AlertState.OK, Cause.NEW_DAY, sample, measured));
            default -> List.of();
        };
    }

    private List<Transition> judge(Sample sample, Measurement measured) {
        Verdict verdict = Verdict.of(rule, measured);
        return switch (progress.state()) {
            case FIRING -> {
                worsen(sample, measured);
                yield verdict == Verdict.CLEAR ? List.of(resolve(sample, measured)) : List.of();
            }
            case PENDING -> verdict == Verdict.MET ? confirm(sample, measured)
                    : verdict == Verdict.NO_DATA ? List.of() : List.of(go(AlertState.OK, Cause.VALUE, sample, measured));
            case OK, RESOLVED, NO_DATA -> switch (verdict) {
                case MET -> begin(sample, measured);
                case NO_DATA -> progress.state() == AlertState.NO_DATA ? List.of() : List.of(go(AlertState.NO_DATA, Cause.VALUE, sample, measured));
                case CLEAR, HELD -> progress.state() == AlertState.NO_DATA ? List.of(go(AlertState.OK, Cause.VALUE, sample, measured)) : List.of();
            };
        };
    }

    private List<Transition> begin(Sample sample, Measurement measured) {
        Transition pending = go(AlertState.PENDING, Cause.VALUE, sample, measured);
        List<Transition> fired = confirm(sample, measured);
        if (fired.isEmpty()) {
            return List.of(pending);
        }
        Transition firing = fired.get(0);
        return List.of(new Transition(pending.from(), firing.to(), firing.cause(), firing.at(), firing.tradingDay(), firing.alertId(), firing.value(), firing.changePercent(),
                firing.reference(), firing.referenceAt(), firing.captureId()));
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
        Transition resolved = go(AlertState.RESOLVED, Cause.VALUE, sample, measured);
        if (rule.coolDown() != null) {
            progress = progress.coolingUntil(rule.coolDown().after(sample.at()));
        }
        return resolved;
    }

    private Transition go(AlertState to, Cause cause, Sample sample, Measurement measured) {
        Transition transition = transition(to, cause, sample, measured, progress.alertId());
        progress = progress.to(to, sample.at());
        return transition;
    }

    private Transition transition(AlertState to, Cause cause, Sample sample, Measurement measured, UUID alertId) {
        BigDecimal reference = rule.type().hasLevel() ? rule.level() : measured.reference();
        return new Transition(progress.state(), to, cause, sample.at(), sample.tradingDay(), alertId, sample.level(), measured.percent(), reference, measured.referenceAt(),
                sample.captureId());
    }

    private void worsen(Sample sample, Measurement measured) {
        boolean byLevel = rule.isWorstByValue();
        BigDecimal now = byLevel ? measured.level() : measured.percent();
        BigDecimal worst = byLevel ? progress.worstValue() : progress.worstPercent();
        if (now != null && (worst == null || (rule.isDownwards() ? now.compareTo(worst) < 0 : now.compareTo(worst) > 0))) {
            progress = progress.worst(sample.level(), measured.percent(), sample.at());
        }
    }

    private List<Transition> present(Sample sample, Measurement measured) {
        return switch (progress.state()) {
            case FIRING -> List.of(resolve(sample, measured));
            case NO_DATA -> List.of(go(AlertState.OK, Cause.VALUE, sample, measured));
            default -> List.of();
        };
    }

    /**
     * Of a rule about silence: what has become of it by now, where nothing came since the last sample.
     *
     * @param last what was seen last; where nothing ever was, one without numbers, as old as the rule
     * @param since when the silence began to count: at the last sample, or when the rule was made
     * @param expected when the next was to be there: before, nothing is missing
     */
    public Optional<Transition> silence(Sample last, Instant since, Instant expected, Instant now, TradingCalendar calendar) {
        if (progress.state() == AlertState.FIRING) {
            return Optional.empty();
        }
        Instant opened = calendar.openedFor(rule.window().length(), since);
        Instant due = expected.isAfter(opened) ? expected : opened;
        Instant at = progress.coolUntil() != null && progress.coolUntil().isAfter(due) ? progress.coolUntil() : due;
        if (at.isAfter(now)) {
            return Optional.empty();
        }
        Sample silent = new Sample(at, calendar.tradingDayAt(at), last.level(), null, null, null);
        return Optional.of(fire(Cause.SILENCE, silent, new Measurement(last.level(), null, null, last.at(), null)));
    }

    /** The rule is another now, or none, or what it fired on was wrong: an alert under way ends. */
    public Optional<Transition> end(Cause cause, Instant at, TradingCalendar calendar) {
        if (progress.state() != AlertState.FIRING) {
            return Optional.empty();
        }
        return Optional.of(go(AlertState.RESOLVED, cause, new Sample(at, calendar.tradingDayAt(at), null, null, null, null), Measurement.NOTHING));
    }
}
