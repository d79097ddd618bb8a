package id.detak.alert.rule;

import id.detak.indicator.Calendars;
import id.detak.indicator.Kind;
import id.detak.indicator.MarketHours;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.DataFolder;
import id.detak.platform.Wib;
import id.detak.series.Observation;
import id.detak.strip.Quality;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Feeds one rule with the observations of one indicator, as {@code RuleWatch} does; for tests that read like a story.
 */
final class Series {

    private static final Calendars CALENDARS =
            new Calendars(MarketHours.IDX, new DataFolder(Path.of("target", "no-such-folder")));

    final List<Transition> steps = new ArrayList<>();
    final RuleRun run;
    private final TradingCalendar calendar;
    private final Samples samples;
    private final RuleMeasure gauge;
    private Sample last;

    Series(Kind kind, Rule rule) {
        this.calendar = calendar(kind);
        this.samples = new Samples(kind, calendar);
        this.gauge = RuleMeasure.Key.of(rule).create(calendar);
        this.run = new RuleRun(rule, RuleProgress.NONE);
    }

    static TradingCalendar calendar(Kind kind) {
        return CALENDARS.of(kind);
    }

    static Instant wib(String local) {
        return OffsetDateTime.parse(local + "+07:00").toInstant();
    }

    private static BigDecimal number(String text) {
        return text == null ? null : new BigDecimal(text);
    }

    /** Observes a value alone; the calendar gives the trading day. */
    Series see(String at, String value) {
        return see(at, value, null, null, null);
    }

    Series see(String at, String value, String change, String percent, String previousClose) {
        Instant instant = wib(at);
        return see(observation(instant, value, change, percent, previousClose, calendar.tradingDayAt(instant)));
    }

    /** Observes a percent alone, like that of a fund. */
    Series percent(String at, String percent) {
        return see(at, null, null, percent, null);
    }

    static Observation observation(
            Instant at, String value, String change, String percent, String previousClose, LocalDate day) {
        return new Observation(
                1,
                at,
                number(value),
                number(change),
                number(percent),
                number(previousClose),
                Quality.OK,
                null,
                day,
                UUID.randomUUID());
    }

    Series see(Observation observation) {
        last = samples.next(observation);
        steps.addAll(run.step(last, gauge.measure(last)));
        return this;
    }

    /** Evaluates a poll that arrived late. */
    List<Transition> late(String at, String value) {
        Instant instant = wib(at);
        Sample sample = new Sample(instant, calendar.tradingDayAt(instant), number(value), null, null, null);
        return run.stepLate(sample, new Measurement(sample.level(), null, null, null, null));
    }

    /** Evaluates silence until then. */
    Series nothingUntil(String at) {
        Optional<Transition> silent =
                run.silence(last, last.at(), last.at().plus(Duration.ofMinutes(8)), wib(at), calendar);
        silent.ifPresent(steps::add);
        return this;
    }

    /** The transitions as {@code firing 11-23T10:00}. */
    List<String> story() {
        return steps.stream()
                .map(step -> step.to().word() + " " + local(step.at()))
                .toList();
    }

    /** The times of the firings. */
    List<String> firings() {
        return steps.stream()
                .filter(step -> step.to() == AlertState.FIRING)
                .map(step -> local(step.at()))
                .toList();
    }

    private static String local(Instant instant) {
        return instant.atZone(Wib.ZONE).toLocalDateTime().toString().substring(5);
    }
}
