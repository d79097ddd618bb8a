package id.detak.alert;

import id.detak.database.TransientFailures;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Evaluates every few seconds what time alone decides: silent indicators, due reminders, and checks of other features.
 * Every replica does so; locks on the rows make sure that one acts.
 */
@ApplicationScoped
public class AlertTimer {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final RuleWatches watches;
    private final SilenceCheck silence;
    private final Reminders reminders;
    private final Instance<TimedCheck> others;
    private ScheduledExecutorService thread;
    private boolean failing;

    AlertTimer(RuleWatches watches, SilenceCheck silence, Reminders reminders, Instance<TimedCheck> others) {
        this.watches = watches;
        this.silence = silence;
        this.reminders = reminders;
        this.others = others;
    }

    public void start() {
        thread = Executors.newSingleThreadScheduledExecutor(runnable -> new Thread(runnable, "detak-alert-timer"));
        thread.scheduleWithFixedDelay(this::tick, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    public void stop() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    private void tick() {
        try {
            run();
            failing = false;
        } catch (RuntimeException | Error e) {
            if (!failing && TransientFailures.isTransient(e)) {
                Log.warnf(
                        "Silent indicators, reminders and sources cannot be checked; the database is unavailable: %s. Retrying.",
                        TransientFailures.rootMessage(e));
            } else if (!failing) {
                Log.error("Checking silent indicators, reminders and sources failed.", e);
            }
            failing = true;
        }
    }

    void run() {
        watches.preload();
        silence.run();
        reminders.run();
        others.forEach(TimedCheck::run);
    }

    /**
     * Runs one of several tasks; if it fails, the others still run, unless the database is unavailable to all of them.
     */
    static void isolate(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            if (TransientFailures.isTransient(e)) {
                throw e;
            }
            Log.errorf(e, "%s failed.", what);
        }
    }
}
