package id.detak.alert;

import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.Gauge;
import id.detak.alert.rule.Measurement;
import id.detak.alert.rule.Rule;
import id.detak.alert.rule.RuleProgress;
import id.detak.alert.rule.RuleRun;
import id.detak.alert.rule.RuleType;
import id.detak.alert.rule.Sample;
import id.detak.alert.rule.Samples;
import id.detak.alert.rule.Transition.Cause;
import id.detak.alert.rule.Transition;
import id.detak.capture.PollSchedule;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.TradingCalendar;
import id.detak.series.Observation;
import id.detak.series.Observations;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Runs a rule over what is stored, by the same code that watches live. */
@ApplicationScoped
class Backtest {

    /** More than anybody reads; a rule that fires so often is wrong anyway. */
    private static final int MOST_FIRINGS = 1000;

    private final Observations observations;
    private final Calendars calendars;
    private final PollSchedule schedule;
    private final Clock clock;

    Backtest(Observations observations, Calendars calendars, PollSchedule schedule, Clock clock) {
        this.observations = observations;
        this.calendars = calendars;
        this.schedule = schedule;
        this.clock = clock;
    }

    /**
     * A firing that would have been.
     *
     * @param worstValue at its deepest (of a rule about rises its highest)
     * @param resolvedAt null: it would still fire
     */
    @Schema(name = "BacktestFiring")
    record Firing(String code, OffsetDateTime firedAt, LocalDate tradingDay, BigDecimal value, BigDecimal changePercent, BigDecimal reference, OffsetDateTime referenceAt,
            UUID captureId, BigDecimal worstValue, BigDecimal worstChangePercent, OffsetDateTime worstAt, OffsetDateTime resolvedAt, BigDecimal resolvedValue, Cause resolvedCause) {
    }

    /** What one indicator's history says. */
    record Run(long observations, Instant from, Instant to, long firingCount, List<Firing> firings, AlertState state) {
    }

    /**
     * @param from firings before it do not count, but what is stored before fills the windows; null: from the beginning
     * @param to null: to the end
     */
    Run of(Rule rule, Indicator indicator, Instant from, Instant to) {
        Instant end = to == null ? clock.instant() : to;
        Course course = new Course(rule, indicator, calendars.of(indicator.kind()), from);
        observations.forEachFrom(indicator.id(), Instant.EPOCH, observation -> {
            if (observation.observedAt().isAfter(end)) {
                return false;
            }
            if (observation.isTrusted()) {
                course.take(observation);
            }
            return true;
        });
        return course.end(end);
    }

    private final class Course {

        private final Rule rule;
        private final Indicator indicator;
        private final TradingCalendar calendar;
        private final Instant from;
        private final Samples samples;
        private final Gauge gauge;
        private final List<Firing> firings = new ArrayList<>();
        private final RuleRun run;
        private Sample last;
        private Instant first;
        private long count;
        private long fired;
        private Transition open;
        private RuleProgress worst;

        Course(Rule rule, Indicator indicator, TradingCalendar calendar, Instant from) {
            this.rule = rule;
            this.indicator = indicator;
            this.calendar = calendar;
            this.from = from;
            this.samples = new Samples(indicator.kind(), calendar);
            this.gauge = Gauge.Key.of(rule).make(calendar);
            this.run = new RuleRun(rule, RuleProgress.NONE);
        }

        void take(Observation observation) {
            Sample sample = samples.next(observation);
            Measurement measured = gauge.take(sample);
            if (from != null && sample.at().isBefore(from)) {
                last = sample;
                return;
            }
            if (rule.type() == RuleType.SILENT && last != null) {
                run.silence(last, last.at(), schedule.nextExpectedBy(last.at()), sample.at(), calendar).ifPresent(this::note);
            }
            count++;
            first = first == null ? sample.at() : first;
            last = sample;
            List<Transition> steps = run.step(sample, measured);
            if (steps.isEmpty() && run.progress().state() == AlertState.FIRING) {
                worst = run.progress();
            }
            steps.forEach(this::note);
        }

        private void note(Transition t) {
            if (t.to() == AlertState.FIRING) {
                open = t;
                worst = run.progress();
            } else if (t.from() == AlertState.FIRING) {
                close(t);
                open = null;
            }
        }

        private void close(Transition end) {
            fired++;
            if (firings.size() == MOST_FIRINGS) {
                return;
            }
            firings.add(new Firing(indicator.code(), TradingCalendar.local(open.at()), open.tradingDay(), open.value(), AlertTransitions.rounded(open.changePercent()), open.reference(),
                    TradingCalendar.local(open.referenceAt()), open.captureId(), worst.worstValue(), AlertTransitions.rounded(worst.worstPercent()), TradingCalendar.local(worst.worstAt()),
                    end == null ? null : TradingCalendar.local(end.at()), end == null ? null : end.value(), end == null ? null : end.cause()));
        }

        Run end(Instant at) {
            if (rule.type() == RuleType.SILENT && last != null) {
                run.silence(last, last.at(), schedule.nextExpectedBy(last.at()), at, calendar).ifPresent(this::note);
            }
            if (open != null) {
                close(null);
            }
            return new Run(count, first, last == null ? null : last.at(), fired, firings, run.progress().state());
        }
    }
}
