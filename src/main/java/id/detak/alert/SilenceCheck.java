package id.detak.alert;

import id.detak.alert.RuleWatch.Change;
import id.detak.alert.Rules.Stored;
import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.RuleProgress;
import id.detak.alert.rule.RuleRun;
import id.detak.alert.rule.RuleType;
import id.detak.alert.rule.Sample;
import id.detak.capture.PollSchedule;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import id.detak.series.Observation;
import id.detak.series.Observations;
import id.detak.series.SeriesVersions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fires the rules of type {@code silent} whose indicators have had no observation for too long. */
@ApplicationScoped
class SilenceCheck {

    /**
     * A rule for all indicators leaves out those that had disappeared from the strip this long before the rule was
     * created.
     */
    private static final Duration STILL_SHOWN = Duration.ofDays(7);

    /** How far ahead an observation may be, because the clocks of servers differ. */
    private static final Duration TOLERATED = Duration.ofMinutes(5);

    private final Rules rules;
    private final RuleStates states;
    private final AlertTransitions transitions;
    private final Indicators indicators;
    private final Observations observations;
    private final SeriesVersions versions;
    private final Calendars calendars;
    private final PollSchedule schedule;
    private final Clock clock;

    SilenceCheck(
            Rules rules,
            RuleStates states,
            AlertTransitions transitions,
            Indicators indicators,
            Observations observations,
            SeriesVersions versions,
            Calendars calendars,
            PollSchedule schedule,
            Clock clock) {
        this.rules = rules;
        this.states = states;
        this.transitions = transitions;
        this.indicators = indicators;
        this.observations = observations;
        this.versions = versions;
        this.calendars = calendars;
        this.schedule = schedule;
        this.clock = clock;
    }

    private record Due(Stored rule, Indicator indicator) {}

    /**
     * The silence of an indicator.
     *
     * @param seen the last sample; if there was never one, a sample without numbers at the rule's creation
     * @param since its start
     */
    private record Silence(RuleRun run, Sample seen, Instant since, TradingCalendar calendar) {}

    void run() {
        Instant now = clock.instant();
        for (Due due : QuarkusTransaction.requiringNew().call(() -> due(now))) {
            AlertTimer.isolate(
                    "Checking whether " + due.indicator.code() + " is silent",
                    () -> QuarkusTransaction.requiringNew().run(() -> fire(due, now)));
        }
    }

    /** The number of statements does not depend on the number of rules, since every replica asks every few seconds. */
    private List<Due> due(Instant now) {
        return pairs(rules.all(), (rule, indicator, progress, last) -> change(rule, indicator, progress, last, now)
                .map(change -> new Due(rule, indicator)));
    }

    /** When each rule of type {@code silent} fires, at the earliest, if no observation arrives; by rule. */
    Map<UUID, Instant> dueAt(List<Stored> all) {
        record DueAt(UUID rule, Instant at) {}
        return pairs(all, (rule, indicator, progress, last) -> silence(rule, indicator, progress, last)
                        .flatMap(silence -> silence.run.silentAt(
                                silence.since, schedule.nextExpectedBy(silence.since), silence.calendar))
                        .map(at -> new DueAt(rule.id(), at)))
                .stream()
                .collect(Collectors.toMap(DueAt::rule, DueAt::at, (a, b) -> a.isBefore(b) ? a : b));
    }

    private Instant latestSeen() {
        return clock.instant().plus(TOLERATED);
    }

    private interface Check<T> {
        Optional<T> of(Stored rule, Indicator indicator, RuleProgress progress, Observation last);
    }

    /**
     * Checks each enabled rule of type {@code silent} with each indicator. Observations of the future, from before the
     * clock was set back, do not end a silence.
     */
    private <T> List<T> pairs(List<Stored> all, Check<T> check) {
        Instant latestSeen = latestSeen();
        List<Stored> silent = all.stream()
                .filter(stored -> stored.rule().enabled() && stored.rule().type() == RuleType.SILENT)
                .toList();
        if (silent.isEmpty()) {
            return List.of();
        }
        Map<Integer, Observation> last = observations.latestTrusted().stream()
                .flatMap(newest -> newest.observedAt().isAfter(latestSeen)
                        ? observations.lastTrustedBefore(newest.indicatorId(), latestSeen).stream()
                        : Stream.of(newest))
                .collect(Collectors.toMap(Observation::indicatorId, Function.identity()));
        Map<Integer, Map<UUID, RuleProgress>> progress =
                states.ofRules(silent.stream().map(Stored::id).toList());
        List<T> found = new ArrayList<>();
        for (Indicator indicator : indicators.all()) {
            Map<UUID, RuleProgress> ofIndicator = progress.getOrDefault(indicator.id(), Map.of());
            silent.forEach(rule -> check.of(rule, indicator, ofIndicator.get(rule.id()), last.get(indicator.id()))
                    .ifPresent(found::add));
        }
        return found;
    }

    /**
     * Decides again under the indicator's lock: an observation may have been recorded, or the rule changed, meanwhile.
     */
    private void fire(Due due, Instant now) {
        int indicatorId = due.indicator.id();
        versions.write(List.of(indicatorId));
        if (!indicators.exists(due.indicator)) {
            return; // merged or deleted meanwhile
        }
        rules.find(due.rule.id())
                .filter(stored -> stored.rule().equals(due.rule.rule()))
                .flatMap(rule -> change(
                        rule,
                        due.indicator,
                        states.of(indicatorId, rule.id()).orElse(null),
                        observations
                                .lastTrustedBefore(indicatorId, latestSeen())
                                .orElse(null),
                        now))
                .ifPresent(change -> transitions.apply(Map.of(due.indicator, List.of(change))));
    }

    /**
     * @param stored null where the rule has not been evaluated yet
     * @param last null where nothing was ever observed
     */
    private Optional<Change> change(
            Stored rule, Indicator indicator, RuleProgress stored, Observation last, Instant now) {
        return silence(rule, indicator, stored, last).flatMap(silence -> silence.run
                .silence(silence.seen, silence.since, schedule.nextExpectedBy(silence.since), now, silence.calendar)
                .map(transition -> new Change(rule, List.of(transition), silence.run.progress())));
    }

    /** The silence that a rule would fire on; empty if the rule fires already or does not apply. */
    private Optional<Silence> silence(Stored rule, Indicator indicator, RuleProgress stored, Observation last) {
        RuleProgress progress = stored == null ? RuleProgress.NONE : stored;
        if (progress.state() == AlertState.FIRING
                || !rule.rule().appliesTo(indicator.code())
                || rule.rule().isForAll() && !isShown(last, rule.createdAt())) {
            return Optional.empty();
        }
        Sample seen = last == null
                ? new Sample(rule.createdAt(), null, null, null, null, null)
                : new Sample(last.observedAt(), last.tradingDay(), last.value(), null, null, null);
        // silence before the rule was created does not count, nor do imported rows of the past
        Instant since = seen.at().isAfter(rule.createdAt()) ? seen.at() : rule.createdAt();
        return Optional.of(
                new Silence(new RuleRun(rule.rule(), progress), seen, since, calendars.of(indicator.kind())));
    }

    private static boolean isShown(Observation last, Instant ruleCreatedAt) {
        return last != null && last.observedAt().isAfter(ruleCreatedAt.minus(STILL_SHOWN));
    }
}
