package id.detak.alert;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import id.detak.alert.AlertViews.Measured;
import id.detak.alert.AlertViews.Worst;
import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.Measurement;
import id.detak.alert.rule.Rule;
import id.detak.alert.rule.RuleMeasure;
import id.detak.alert.rule.RuleProgress;
import id.detak.alert.rule.RuleRun;
import id.detak.alert.rule.RuleType;
import id.detak.alert.rule.Sample;
import id.detak.alert.rule.Samples;
import id.detak.alert.rule.Transition;
import id.detak.alert.rule.Transition.Cause;
import id.detak.capture.PollSchedule;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.Wib;
import id.detak.series.Observation;
import id.detak.series.Observations;
import id.detak.series.history.TimeRange;
import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Runs a rule over the stored observations, by the code that evaluates it live. */
@ApplicationScoped
class Backtest {

    /** Years of all indicators may be read, which takes longer than the default limit of a transaction (60 s). */
    static final int MAX_SECONDS = 600;

    private static final BigDecimal DAYS_OF_A_MONTH = new BigDecimal("30.4375");
    /** A rule that fires more often is of no use; the report stays readable. */
    private static final int MAX_FIRINGS = 1000;

    private final Indicators indicators;
    private final Observations observations;
    private final Calendars calendars;
    private final PollSchedule schedule;
    private final Clock clock;

    Backtest(
            Indicators indicators, Observations observations, Calendars calendars, PollSchedule schedule, Clock clock) {
        this.indicators = indicators;
        this.observations = observations;
        this.calendars = calendars;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** The rule of a request, whose name may be missing. */
    @JsonDeserialize(using = CandidateReader.class)
    record Candidate(Rule rule) {}

    static final class CandidateReader extends JsonDeserializer<Candidate> {
        @Override
        public Candidate deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            ObjectNode rule = parser.readValueAsTree();
            if (!rule.hasNonNull("name")) {
                rule.put("name", "backtest");
            }
            return new Candidate(context.readTreeAsValue(rule, Rule.class));
        }
    }

    /**
     * A firing that the rule would have had.
     *
     * @param worst the lowest value while it fired (the highest for a rule about rises)
     * @param resolvedAt null if it would still fire
     */
    @Schema(name = "BacktestFiring")
    record Firing(
            String code,
            OffsetDateTime firedAt,
            LocalDate tradingDay,
            @JsonUnwrapped Measured measured,
            @JsonUnwrapped Worst worst,
            OffsetDateTime resolvedAt,
            BigDecimal resolvedValue,
            Cause resolvedCause) {}

    /**
     * @param count number of firings
     * @param perMonth firings per month of the time covered, or null if that is less than a day
     * @param firings the first thousand, oldest first
     */
    @Schema(name = "Backtest")
    record Report(
            long count,
            BigDecimal perMonth,
            OffsetDateTime from,
            OffsetDateTime to,
            long observations,
            List<IndicatorReport> indicators,
            List<Firing> firings) {}

    @Schema(name = "BacktestIndicator")
    record IndicatorReport(
            String code, long count, long observations, OffsetDateTime from, OffsetDateTime to, AlertState state) {}

    private record Run(
            String code,
            long observations,
            Instant from,
            Instant to,
            long firingCount,
            List<Firing> firings,
            AlertState state) {

        IndicatorReport report() {
            return new IndicatorReport(code, firingCount, observations, Wib.local(from), Wib.local(to), state);
        }
    }

    /** @param range firings outside it do not count; observations before it still fill the windows */
    @Transactional
    @TransactionConfiguration(timeout = MAX_SECONDS)
    Report run(Rule rule, TimeRange range) {
        Instant end = range.to() == null ? clock.instant() : range.to();
        List<Run> runs = indicators.all().stream()
                .filter(indicator -> rule.appliesTo(indicator.code()))
                .map(indicator -> run(rule, indicator, range.from(), end))
                .toList();
        Instant first = runs.stream()
                .map(Run::from)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        Instant last = runs.stream()
                .map(Run::to)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        long count = runs.stream().mapToLong(Run::firingCount).sum();
        List<Firing> firings = runs.stream()
                .flatMap(run -> run.firings().stream())
                .sorted(Comparator.comparing(Firing::firedAt))
                .limit(MAX_FIRINGS)
                .toList();
        return new Report(
                count,
                perMonth(count, first, last),
                Wib.local(first),
                Wib.local(last),
                runs.stream().mapToLong(Run::observations).sum(),
                runs.stream().map(Run::report).toList(),
                firings);
    }

    private static BigDecimal perMonth(long count, Instant first, Instant last) {
        if (first == null || Duration.between(first, last).toDays() < 1) {
            return null;
        }
        BigDecimal days = BigDecimal.valueOf(Duration.between(first, last).toSeconds())
                .divide(BigDecimal.valueOf(86_400), 4, RoundingMode.HALF_UP);
        return BigDecimal.valueOf(count).multiply(DAYS_OF_A_MONTH).divide(days, 2, RoundingMode.HALF_UP);
    }

    private Run run(Rule rule, Indicator indicator, Instant from, Instant end) {
        Simulation simulation = new Simulation(rule, indicator, calendars.of(indicator.kind()), from);
        observations.forEachFrom(indicator.id(), Instant.EPOCH, observation -> {
            if (observation.observedAt().isAfter(end)) {
                return false;
            }
            if (observation.isTrusted()) {
                simulation.evaluate(observation);
            }
            return true;
        });
        return simulation.end(end);
    }

    private final class Simulation {

        private final Rule rule;
        private final Indicator indicator;
        private final TradingCalendar calendar;
        private final Instant from;
        private final Samples samples;
        private final RuleMeasure measure;
        private final List<Firing> firings = new ArrayList<>();
        private final RuleRun run;
        private Sample last;
        private Instant first;
        private long count;
        private long fired;
        private Transition open;
        private RuleProgress worst;

        Simulation(Rule rule, Indicator indicator, TradingCalendar calendar, Instant from) {
            this.rule = rule;
            this.indicator = indicator;
            this.calendar = calendar;
            this.from = from;
            this.samples = new Samples(indicator.kind(), calendar);
            this.measure = RuleMeasure.Key.of(rule).create(calendar);
            this.run = new RuleRun(rule, RuleProgress.NONE);
        }

        void evaluate(Observation observation) {
            Sample sample = samples.next(observation);
            Measurement measured = measure.measure(sample);
            if (from != null && sample.at().isBefore(from)) {
                last = sample;
                return;
            }
            if (rule.type() == RuleType.SILENT && last != null) {
                run.silence(last, last.at(), schedule.nextExpectedBy(last.at()), sample.at(), calendar)
                        .ifPresent(this::apply);
            }
            count++;
            first = first == null ? sample.at() : first;
            last = sample;
            List<Transition> steps = run.step(sample, measured);
            if (steps.isEmpty() && run.progress().state() == AlertState.FIRING) {
                worst = run.progress();
            }
            steps.forEach(this::apply);
        }

        private void apply(Transition t) {
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
            if (firings.size() == MAX_FIRINGS) {
                return;
            }
            firings.add(new Firing(
                    indicator.code(),
                    Wib.local(open.at()),
                    open.tradingDay(),
                    new Measured(
                            open.value(),
                            AlertTransitions.rounded(open.changePercent()),
                            open.reference(),
                            Wib.local(open.referenceAt()),
                            open.captureId()),
                    new Worst(
                            worst.worstValue(),
                            AlertTransitions.rounded(worst.worstPercent()),
                            Wib.local(worst.worstAt())),
                    end == null ? null : Wib.local(end.at()),
                    end == null ? null : end.value(),
                    end == null ? null : end.cause()));
        }

        Run end(Instant at) {
            if (rule.type() == RuleType.SILENT && last != null) {
                run.silence(last, last.at(), schedule.nextExpectedBy(last.at()), at, calendar)
                        .ifPresent(this::apply);
            }
            if (open != null) {
                close(null);
            }
            return new Run(
                    indicator.code(),
                    count,
                    first,
                    last == null ? null : last.at(),
                    fired,
                    firings,
                    run.progress().state());
        }
    }
}
