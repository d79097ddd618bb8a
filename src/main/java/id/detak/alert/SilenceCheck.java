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

/** Fires the rules of type {@code silent} whose indicators have had no observation for too long. */
@ApplicationScoped
class SilenceCheck {

    /**
     * A rule for all indicators leaves out those that had disappeared from the strip this long before the rule was
     * created.
     */
    private static final Duration STILL_SHOWN = Duration.ofDays(7);

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
        List<Stored> silent = rules.all().stream()
                .filter(stored -> stored.rule().enabled() && stored.rule().type() == RuleType.SILENT)
                .toList();
        if (silent.isEmpty()) {
            return List.of();
        }
        Map<Integer, Observation> last = observations.latestTrusted().stream()
                .collect(Collectors.toMap(Observation::indicatorId, Function.identity()));
        Map<Integer, Map<UUID, RuleProgress>> progress =
                states.ofRules(silent.stream().map(Stored::id).toList());
        List<Due> due = new ArrayList<>();
        for (Indicator indicator : indicators.all()) {
            Map<UUID, RuleProgress> ofIndicator = progress.getOrDefault(indicator.id(), Map.of());
            silent.stream()
                    .filter(rule -> change(rule, indicator, ofIndicator.get(rule.id()), last.get(indicator.id()), now)
                            .isPresent())
                    .map(rule -> new Due(rule, indicator))
                    .forEach(due::add);
        }
        return due;
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
                        observations.lastTrusted(indicatorId).orElse(null),
                        now))
                .ifPresent(change -> transitions.apply(Map.of(due.indicator, List.of(change))));
    }

    /**
     * @param stored null where the rule has not been evaluated yet
     * @param last null where nothing was ever observed
     */
    private Optional<Change> change(
            Stored rule, Indicator indicator, RuleProgress stored, Observation last, Instant now) {
        RuleProgress progress = stored == null ? RuleProgress.NONE : stored;
        if (progress.state() == AlertState.FIRING
                || !rule.rule().appliesTo(indicator.code())
                || rule.rule().isForAll() && !isShown(last, rule.createdAt())) {
            return Optional.empty();
        }
        Sample seen = last == null
                ? new Sample(rule.createdAt(), null, null, null, null, null)
                : new Sample(last.observedAt(), last.tradingDay(), last.value(), null, null, null);
        RuleRun run = new RuleRun(rule.rule(), progress);
        // silence before the rule was created does not count, nor do imported rows of the past
        Instant since = seen.at().isAfter(rule.createdAt()) ? seen.at() : rule.createdAt();
        return run.silence(seen, since, schedule.nextExpectedBy(since), now, calendars.of(indicator.kind()))
                .map(transition -> new Change(rule, List.of(transition), run.progress()));
    }

    private static boolean isShown(Observation last, Instant ruleCreatedAt) {
        return last != null && last.observedAt().isAfter(ruleCreatedAt.minus(STILL_SHOWN));
    }
}
