package id.detak.alert;

import id.detak.alert.AlertText.Facts;
import id.detak.alert.Alerts.Alert;
import id.detak.alert.RuleWatch.Change;
import id.detak.alert.Rules.Stored;
import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.PercentChange;
import id.detak.alert.rule.RuleProgress;
import id.detak.alert.rule.RuleRun;
import id.detak.alert.rule.RuleType;
import id.detak.alert.rule.Sample;
import id.detak.alert.rule.Transition;
import id.detak.capture.PollSchedule;
import id.detak.database.TransientFailures;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.notify.MessageEvent;
import id.detak.notify.Outbox;
import id.detak.platform.PublicUrl;
import id.detak.series.Observation;
import id.detak.series.Observations;
import id.detak.series.SeriesVersions;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What time alone decides: that an indicator has fallen silent, and that a firing alert is to be told of again. Every process
 * looks; the rows' locks see to it that one acts.
 */
@ApplicationScoped
public class AlertTimer {

    private static final Duration EVERY = Duration.ofSeconds(5);
    /** A rule for all is about what the strip still shows: what was not seen for so long when the rule was made is none of its business. */
    private static final Duration STILL_SHOWN = Duration.ofDays(7);

    private final Rules rules;
    private final RuleStates states;
    private final RuleWatches watches;
    private final Alerts alerts;
    private final AlertTransitions consequences;
    private final Outbox outbox;
    private final Indicators indicators;
    private final Observations observations;
    private final SeriesVersions versions;
    private final Calendars calendars;
    private final PollSchedule schedule;
    private final PublicUrl publicUrl;
    private final Clock clock;
    private ScheduledExecutorService thread;
    private boolean troubled;

    AlertTimer(Rules rules, RuleStates states, RuleWatches watches, Alerts alerts, AlertTransitions consequences, Outbox outbox, Indicators indicators, Observations observations, SeriesVersions versions,
            Calendars calendars, PollSchedule schedule, PublicUrl publicUrl, Clock clock) {
        this.rules = rules;
        this.states = states;
        this.watches = watches;
        this.alerts = alerts;
        this.consequences = consequences;
        this.outbox = outbox;
        this.indicators = indicators;
        this.observations = observations;
        this.versions = versions;
        this.calendars = calendars;
        this.schedule = schedule;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    public void start() {
        thread = Executors.newSingleThreadScheduledExecutor(runnable -> new Thread(runnable, "detak-alert-clock"));
        thread.scheduleWithFixedDelay(this::tick, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    public void stop() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    private void tick() {
        try {
            look();
            troubled = false;
        } catch (RuntimeException | Error e) {
            if (!troubled && TransientFailures.isTransient(e)) {
                Log.warnf("The database cannot be asked for silence and reminders: %s. Trying on.", TransientFailures.rootMessage(e));
            } else if (!troubled) {
                Log.error("The look for silence and reminders failed.", e);
            }
            troubled = true;
        }
    }

    /** One look at what is due by now. */
    void look() {
        watches.makeReady();
        Instant now = clock.instant();
        List<Stored> silent = QuarkusTransaction.requiringNew().call(rules::all).stream().filter(stored -> stored.rule().enabled() && stored.rule().type() == RuleType.SILENT).toList();
        if (!silent.isEmpty()) {
            List<Indicator> all = QuarkusTransaction.requiringNew().call(indicators::all);
            for (Stored rule : silent) {
                all.stream().filter(indicator -> rule.rule().isAbout(indicator.code())).forEach(indicator -> apart("The look for silence of " + indicator.code(), () -> listen(rule, indicator, now)));
            }
        }
        QuarkusTransaction.requiringNew().call(alerts::due).forEach(alert -> apart("The reminder of alert " + alert, () -> remind(alert)));
    }

    /** One that fails does not keep the others waiting. */
    private static void apart(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (TransientFailures.isTransient(e)) {
                throw e;
            }
            Log.errorf(e, "%s failed.", what);
        }
    }

    private void listen(Stored rule, Indicator indicator, Instant now) {
        if (QuarkusTransaction.requiringNew().call(() -> silence(rule, indicator, now)).isPresent()) {
            QuarkusTransaction.requiringNew().run(() -> {
                versions.write(List.of(indicator.id()));
                // asked again now that nobody else can write: something may have come
                silence(rule, indicator, now).ifPresent(change -> consequences.take(Map.of(indicator, List.of(change))));
            });
        }
    }

    private Optional<Change> silence(Stored rule, Indicator indicator, Instant now) {
        RuleProgress progress = states.of(indicator.id(), rule.id()).orElse(RuleProgress.NONE);
        Optional<Observation> last = observations.lastTrusted(indicator.id());
        boolean shown = last.isPresent() ? !rule.rule().isForAll() || last.get().observedAt().isAfter(rule.createdAt().minus(STILL_SHOWN)) : !rule.rule().isForAll();
        if (progress.state() == AlertState.FIRING || !shown || rules.find(rule.id()).filter(stored -> stored.rule().equals(rule.rule())).isEmpty()) {
            return Optional.empty();
        }
        Sample seen = last.map(o -> new Sample(o.observedAt(), o.tradingDay(), o.value(), null, null, null)).orElse(new Sample(rule.createdAt(), null, null, null, null, null));
        RuleRun run = new RuleRun(rule.rule(), progress);
        // an import of old rows, or a rule that is made over an old silence, tells of nothing past
        Instant since = seen.at().isAfter(rule.createdAt()) ? seen.at() : rule.createdAt();
        Optional<Transition> fired = run.silence(seen, since, schedule.nextExpectedBy(since), now, calendars.of(indicator.kind()));
        return fired.map(transition -> new Change(rule, List.of(transition), run.progress()));
    }

    private void remind(UUID alertId) {
        QuarkusTransaction.requiringNew().run(() -> {
            Alert alert = alerts.find(alertId).orElseThrow();
            Optional<Stored> rule = rules.find(alert.ruleId()).filter(stored -> stored.rule().remind() != null);
            if (rule.isEmpty()) {
                return;
            }
            Instant now = clock.instant();
            double seconds = Duration.between(now, rule.get().rule().remind().after(now)).toMillis() / 1000.0;
            if (!alerts.putOff(alertId, seconds)) {
                return;
            }
            outbox.put(List.of(consequences.parcel(rule.get().id(), rule.get().rule(), alertId, reminder(alert), alert.captureId())));
        });
    }

    /** What it is now, held against what it was held against. */
    private Facts reminder(Alert alert) {
        Optional<Observation> last = observations.lastTrusted(alert.indicatorId());
        BigDecimal value = last.map(Observation::value).orElse(null);
        BigDecimal percent = switch (alert.rule().type()) {
            case DROP_OVER, CHANGE_OVER, NEW_LOW, NEW_HIGH, DAY_CHANGE -> AlertTransitions.rounded(PercentChange.change(alert.reference(), value));
            case BELOW, ABOVE, SILENT -> null;
        };
        return new Facts(MessageEvent.REMINDER, alert.code(), last.map(Observation::observedAt).orElse(alert.firedAt()), value, percent, alert.reference(), alert.referenceAt(), null,
                alert.rule().isWorstByValue() ? alert.worstValue() : alert.worstPercent(), publicUrl.of("/alerts/" + alert.id()));
    }
}
