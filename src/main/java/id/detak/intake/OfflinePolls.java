package id.detak.intake;

import id.detak.capture.Captures;
import id.detak.capture.FetchOutcome;
import id.detak.capture.PollSchedule;
import id.detak.capture.Sources.Source;
import id.detak.capture.Sources.State;
import id.detak.capture.Sources;
import id.detak.capture.Via;
import id.detak.database.DatabaseWatch;
import id.detak.database.LeaseTable.Claim;
import id.detak.database.TransientFailures;
import id.detak.intake.SourceFetcher.Fetched;
import id.detak.intake.spool.Spool;
import id.detak.intake.spool.SpooledAttempt;
import id.detak.strip.StripParser;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Polls by the schedule in this process's memory, from when the database cannot be reached until all that was spooled meanwhile has
 * been written, oldest first: so no newer poll of this process overtakes an older one, and none is left out while they are written.
 */
@ApplicationScoped
public class OfflinePolls {

    private static final int AT_ONCE = 4;
    private static final int LOOK_EVERY_MILLIS = 50;
    private static final int TAKE_OVER_EVERY_SECONDS = 30;
    /** While the spool is written, polls keep to half the rate of writing: one that is polled faster than that would never become empty. */
    private static final int WRITTEN_PER_POLL = 2;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** How long one that cannot be written keeps those behind it waiting; one that cannot be read may only meet a disk or a process in trouble. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PATIENCE_OF_READING = Duration.ofMinutes(10);

    private final Sources sources;
    private final SourceFetcher fetching;
    private final Intake intake;
    private final PollSchedule schedule;
    private final Spool spool;
    private final StripParser parser;
    private final DatabaseWatch watch;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, Arrival> lastPages = new ConcurrentHashMap<>();
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private ScheduledExecutorService executor;
    private ExecutorService workers;
    private volatile boolean on;
    private volatile boolean catchingUp;
    private final AtomicInteger writtenBeforePoll = new AtomicInteger();
    private Duration pause = FIRST_PAUSE;
    private Instant notWrittenBefore = Instant.EPOCH;
    private Path stuck;
    private Instant stuckSince;

    OfflinePolls(Sources sources, SourceFetcher fetching, Intake intake, PollSchedule schedule, Spool spool, StripParser parser, DatabaseWatch watch,
            Clock clock) {
        this.sources = sources;
        this.fetching = fetching;
        this.intake = intake;
        this.schedule = schedule;
        this.spool = spool;
        this.parser = parser;
        this.watch = watch;
        this.clock = clock;
        // before anything is claimed: no new poll overtakes what an earlier life has left
        takeOver();
    }

    /**
     * What this process knows of a source.
     *
     * @param claim the one under which this process has asked for it last, or null
     * @param ahead whether this process knows more than the source's row
     */
    private record Known(Source source, Claim claim, Instant due, boolean ahead) {

        State state(Instant now) {
            Duration retryAfter = source.notBefore() != null && source.notBefore().isAfter(now) ? Duration.between(now, source.notBefore()) : null;
            return new State(source.failures(), source.etag(), source.lastModified(), source.validated(), retryAfter);
        }
    }

    public void start() {
        sources.unasked().forEach(source -> known.putIfAbsent(source.name(), new Known(source, null, clock.instant(), false)));
        workers = Executors.newFixedThreadPool(AT_ONCE, runnable -> new Thread(runnable, "detak-offline-poll"));
        // apart, since a database that freezes holds up who writes
        executor = Executors.newScheduledThreadPool(2, runnable -> new Thread(runnable, "detak-offline"));
        executor.scheduleWithFixedDelay(() -> look(this::askWhatIsDue), 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        executor.scheduleWithFixedDelay(() -> look(this::writeOn), 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        executor.scheduleWithFixedDelay(this::takeOver, TAKE_OVER_EVERY_SECONDS, TAKE_OVER_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    public void stop() {
        if (executor != null) {
            executor.shutdown();
            workers.shutdown();
            try {
                executor.awaitTermination(1, TimeUnit.SECONDS);
                workers.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            executor.shutdownNow();
            workers.shutdownNow();
        }
    }

    private synchronized void takeOver() {
        spool.takeOver();
        on |= !spool.isEmpty();
    }

    /** Whether polls go by this: then nothing is claimed. */
    boolean isOn() {
        return on;
    }

    /** What the database says of the sources, for when it can no longer be asked. One that is overdue is being asked by somebody. */
    public void remember(List<Source> active) {
        Instant now = clock.instant();
        for (Source source : active) {
            if (!underWay.contains(source.name())) {
                Instant due = source.dueAt().isAfter(now) ? source.dueAt() : now.plus(schedule.delay(now, source.failures(), null));
                known.put(source.name(), new Known(source, null, due, false));
            }
        }
        known.keySet().removeIf(name -> !underWay.contains(name) && active.stream().noneMatch(source -> source.name().equals(name)));
    }

    Optional<Source> known(String name) {
        return Optional.ofNullable(known.get(name)).map(Known::source);
    }

    /** @return false where the source is being asked already */
    boolean begin(Source source, Claim claim) {
        if (!underWay.add(source.name())) {
            return false;
        }
        Instant now = clock.instant();
        known.put(source.name(), new Known(source, claim, now.plus(schedule.interval(now)), false));
        return true;
    }

    void end(String name) {
        underWay.remove(name);
    }

    /** What an attempt taught, as it is about to be written. */
    void learn(Source source, State state, Duration delay) {
        known.computeIfPresent(source.name(), (name, before) -> new Known(after(source, state), before.claim(), clock.instant().plus(delay), false));
    }

    /** What was fetched waits until it can be written. */
    void keep(Source source, Fetched fetched) {
        Arrival arrival = fetched.arrival();
        boolean broughtStrip = broughtStrip(arrival);
        UUID capture = null;
        if (broughtStrip && arrival.content() instanceof Arrival.Page page) {
            Arrival same = lastPages.get(source.name());
            if (same != null && same.content().equals(page)) {
                capture = captureOf(same, page);
                arrival = new Arrival(arrival.source(), arrival.via(), arrival.url(), arrival.observedAt(), arrival.serverDate(), arrival.httpStatus(),
                        new Arrival.Unchanged(capture));
            } else {
                capture = captureOf(arrival, page);
                lastPages.put(source.name(), arrival);
            }
        }
        State state = fetched.stateAfter(source, broughtStrip, capture);
        Instant now = clock.instant();
        Duration delay = schedule.delay(now, state.failures(), state.retryAfter());
        synchronized (this) {
            spool.put(arrival);
            known.compute(source.name(), (name, before) -> new Known(after(source, state), before == null ? null : before.claim(),
                    next(source.dueAt(), now, delay, state.failures()), true));
            on = true;
        }
    }

    private static UUID captureOf(Arrival arrival, Arrival.Page page) {
        return Captures.idOf(arrival.source(), arrival.observedAt(), page.text());
    }

    private boolean broughtStrip(Arrival arrival) {
        return arrival.content() instanceof Arrival.Unchanged
                || arrival.content() instanceof Arrival.Page page && parser.parse(page.text()).filter(strip -> !strip.quotes().isEmpty()).isPresent();
    }

    private Source after(Source source, State state) {
        Instant notBefore = state.retryAfter() == null ? null : clock.instant().plus(state.retryAfter());
        return new Source(source.name(), source.url(), state.failures(), state.etag(), state.lastModified(), state.validated(), source.dueAt(), notBefore);
    }

    /** As {@link id.detak.database.LeaseTable} has it: counted from when it was due, so that a rhythm is kept; after a failure there is none. */
    private static Instant next(Instant wasDue, Instant now, Duration delay, int failures) {
        boolean inRhythm = failures == 0 && wasDue != null && wasDue.plus(delay).isAfter(now);
        return inRhythm ? wasDue.plus(delay) : now.plus(delay);
    }

    private void look(Runnable work) {
        try {
            if (watch.isAway()) {
                on = true;
            }
            if (on) {
                work.run();
            }
        } catch (RuntimeException e) {
            Log.errorf(e, "Polling without the database met a fault of Detak's.");
        }
    }

    private void askWhatIsDue() {
        Instant now = clock.instant();
        for (Known one : known.values()) {
            if (!one.due().isAfter(now) && !underWay.contains(one.source().name()) && mayAsk() && underWay.add(one.source().name())) {
                ask(one);
            }
        }
    }

    private boolean mayAsk() {
        return watch.isAway() || !catchingUp || writtenBeforePoll.getAndUpdate(written -> written < WRITTEN_PER_POLL ? written : written - WRITTEN_PER_POLL) >= WRITTEN_PER_POLL;
    }

    private void ask(Known one) {
        Source source = one.source();
        Source due = new Source(source.name(), source.url(), source.failures(), source.etag(), source.lastModified(), source.validated(), one.due(), null);
        try {
            workers.execute(() -> {
                try {
                    keep(due, fetching.fetch(due));
                } catch (RuntimeException e) {
                    Log.errorf(e, "The poll of %s without the database failed.", due.name());
                } finally {
                    end(due.name());
                }
            });
        } catch (RejectedExecutionException e) {
            end(due.name());
        }
    }

    /** Writes what waits, as long as the database takes it; then polls go by its rows again. */
    private void writeOn() {
        if (watch.isAway() || clock.instant().isBefore(notWrittenBefore)) {
            return;
        }
        int written = 0;
        try {
            for (Optional<SpooledAttempt> next = spool.oldest(); next.isPresent() && !executor.isShutdown(); next = spool.oldest()) {
                writeOrSetAside(next.get());
                written++;
                writtenBeforePoll.incrementAndGet();
                catchingUp = true;
            }
            goBack();
            pause = FIRST_PAUSE;
        } catch (RuntimeException e) {
            Log.warnf(TransientFailures.isTransient(e) ? null : e, "What waits in the spool (%d) cannot be written yet: %s", spool.size(), TransientFailures.rootMessage(e));
            notWrittenBefore = clock.instant().plus(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        } finally {
            catchingUp = false;
            writtenBeforePoll.set(0);
            if (written > 0) {
                Log.infof("Of what waited in the spool, %d attempts are written or set aside; %d wait.", written, spool.size());
            }
        }
    }

    private synchronized void goBack() {
        if (!spool.isEmpty() || executor.isShutdown()) {
            return;
        }
        // a claim may have been made though its answer was lost
        sources.freeMineBut(underWay);
        Instant now = clock.instant();
        known.values().stream().filter(Known::ahead).forEach(one -> {
            sources.resume(one.source().name(), one.claim(), one.state(now), Duration.between(now, one.due()));
            known.computeIfPresent(one.source().name(), (name, same) -> new Known(same.source(), same.claim(), same.due(), false));
        });
        lastPages.clear();
        on = false;
    }

    private void writeOrSetAside(SpooledAttempt spooled) {
        try {
            write(spooled);
        } catch (RuntimeException e) {
            if (TransientFailures.isTransient(e) || !isStuckForGood(spooled, e)) {
                throw e;
            }
            Log.errorf(e, "What %s brought at %s cannot be written and is set aside.", spooled.source(), spooled.observedAt());
            spool.setAside(spooled);
        }
    }

    private boolean isStuckForGood(SpooledAttempt spooled, RuntimeException failure) {
        Instant now = clock.instant();
        if (!spooled.file().equals(stuck)) {
            stuck = spooled.file();
            stuckSince = now;
        }
        Duration patience = failure instanceof UncheckedIOException ? PATIENCE_OF_READING : PATIENCE;
        return stuckSince.plus(patience).isBefore(now);
    }

    private void write(SpooledAttempt spooled) {
        Optional<Arrival> arrival = spool.read(spooled);
        if (arrival.isEmpty()) {
            take(new Arrival(spooled.source(), Via.POLL, null, spooled.observedAt(), null, null,
                    new Arrival.Nothing(FetchOutcome.FAILED, "What this attempt brought waited for the database in a file that was damaged.")));
            spool.setAside(spooled);
        } else if (isTaken(arrival.get())) {
            spool.remove(spooled);
        } else {
            spool.setAside(spooled);
        }
    }

    /** @return whether it was taken, be it as a page that cannot be */
    private boolean isTaken(Arrival arrival) {
        try {
            take(arrival);
            return true;
        } catch (RuntimeException e) {
            if (TransientFailures.isTransient(e)) {
                throw e;
            }
            Log.errorf(e, "What %s brought at %s could not be taken; the page is kept as it is.", arrival.source(), arrival.observedAt());
            return isTakenAsItIs(arrival.untakable(TransientFailures.rootMessage(e)));
        }
    }

    private boolean isTakenAsItIs(Arrival untakable) {
        try {
            take(untakable);
            return true;
        } catch (RuntimeException e) {
            if (TransientFailures.isTransient(e)) {
                throw e;
            }
            Log.errorf(e, "Nor could the page be kept.");
            return false;
        }
    }

    private void take(Arrival arrival) {
        QuarkusTransaction.requiringNew().timeout(Intake.TIMEOUT_SECONDS).run(() -> intake.take(arrival));
    }
}
