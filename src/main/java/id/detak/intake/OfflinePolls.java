package id.detak.intake;

import id.detak.capture.Captures;
import id.detak.capture.PollSchedule;
import id.detak.capture.Sources;
import id.detak.capture.Sources.Source;
import id.detak.capture.Sources.State;
import id.detak.database.DatabaseWatch;
import id.detak.database.LeaseTable.Claim;
import id.detak.database.TransientFailures;
import id.detak.database.WriteStatus;
import id.detak.intake.SourceFetcher.Fetched;
import id.detak.intake.spool.Spool;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Polls by a schedule in memory while the database is unavailable, and until the spool has been written, oldest page
 * first. So no poll of this process overtakes an older one, and polling continues while the spool is written.
 */
@ApplicationScoped
public class OfflinePolls {

    private static final int MAX_CONCURRENT = 4;
    private static final int CHECK_INTERVAL_MILLIS = 50;
    private static final int TAKE_OVER_INTERVAL_SECONDS = 30;
    /**
     * While the spool is written, polls keep to half the rate of writing. Otherwise the spool might never become empty.
     */
    private static final int WRITES_PER_POLL = 2;

    private static final Duration INITIAL_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);

    /** The longest pause that a server can ask for, and a second to compare with. */
    private static final Duration MAX_PAUSE = Duration.ofDays(1).plusSeconds(1);

    /** Stands for a poll without a claim, which no claim may replace. */
    private static final Claim WITHOUT_CLAIM = new Claim("", Long.MAX_VALUE);

    private final Sources sources;
    private final SourceFetcher fetcher;
    private final Intake intake;
    private final PollSchedule schedule;
    private final Spool spool;
    private final SpoolWriter writer;
    private final DatabaseWatch watch;
    private final WriteStatus writes;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, Arrival> lastPages = new ConcurrentHashMap<>();
    /** The claims of the polls in progress, by source. */
    private final Map<String, Claim> inProgress = new ConcurrentHashMap<>();

    private ScheduledExecutorService executor;
    private ExecutorService workers;
    private volatile boolean active;
    private volatile boolean writingSpool;
    private final AtomicInteger writesSincePoll = new AtomicInteger();
    private Duration backoff = INITIAL_BACKOFF;
    private Instant retryAt = Instant.EPOCH;
    private String loggedReason = "";

    OfflinePolls(
            Sources sources,
            SourceFetcher fetcher,
            Intake intake,
            PollSchedule schedule,
            Spool spool,
            DatabaseWatch watch,
            WriteStatus writes,
            Clock clock) {
        this.sources = sources;
        this.fetcher = fetcher;
        this.intake = intake;
        this.schedule = schedule;
        this.spool = spool;
        this.writer = new SpoolWriter(spool, intake, clock);
        this.watch = watch;
        this.writes = writes;
        this.clock = clock;
        // before anything is claimed, so that no new poll overtakes pages left by an earlier process
        takeOver();
    }

    /**
     * What this process knows about a source.
     *
     * @param claim the claim of this process's last poll, or null
     * @param ahead whether this process knows more than the source's row in the database
     */
    private record Known(Source source, Claim claim, Instant due, boolean ahead) {

        State state(Instant now) {
            Duration retryAfter =
                    source.notBefore() != null && source.notBefore().isAfter(now)
                            ? Duration.between(now, source.notBefore())
                            : null;
            return new State(source.failures(), source.etag(), source.lastModified(), source.validated(), retryAfter);
        }
    }

    public void start() {
        sources.configuredWithoutState()
                .forEach(source -> known.putIfAbsent(source.name(), new Known(source, null, clock.instant(), false)));
        workers = Executors.newFixedThreadPool(MAX_CONCURRENT, runnable -> new Thread(runnable, "detak-offline-poll"));
        // two threads, since a database that hangs blocks the one that writes
        executor = Executors.newScheduledThreadPool(2, runnable -> new Thread(runnable, "detak-offline"));
        executor.scheduleWithFixedDelay(
                () -> runIfActive(this::pollDueSources), 0, CHECK_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        executor.scheduleWithFixedDelay(
                () -> runIfActive(this::writeSpool), 0, CHECK_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        executor.scheduleWithFixedDelay(
                this::takeOver, TAKE_OVER_INTERVAL_SECONDS, TAKE_OVER_INTERVAL_SECONDS, TimeUnit.SECONDS);
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
        active |= !spool.isEmpty();
    }

    /** Whether this class does the polling. Then nothing may be claimed. */
    boolean isActive() {
        return active;
    }

    /** Polls by the schedule in memory until the database can be written to again. */
    void takeOver(RuntimeException failure) {
        writes.failed(failure);
        active = true;
    }

    /** Remembers the sources in the database for an outage. If a source is overdue, another process is polling it. */
    public void remember(List<Source> stored) {
        Instant now = clock.instant();
        for (Source source : stored) {
            if (!inProgress.containsKey(source.name())) {
                Instant due = source.dueAt().isAfter(now)
                        ? source.dueAt()
                        : now.plus(schedule.delay(now, source.failures(), null));
                known.put(source.name(), new Known(source, null, due, false));
            }
        }
        known.keySet()
                .removeIf(name -> !inProgress.containsKey(name)
                        && stored.stream().noneMatch(source -> source.name().equals(name)));
    }

    Optional<Source> known(String name) {
        return Optional.ofNullable(known.get(name)).map(Known::source);
    }

    /**
     * Begins a poll under a claim. It replaces an earlier claim of this process, whose poll has released the source but
     * whose thread has not ended yet.
     *
     * @return false if this process is polling the source without a claim
     */
    boolean begin(Source source, Claim claim) {
        Claim current = inProgress.merge(
                source.name(), claim, (before, next) -> before.version() < next.version() ? next : before);
        if (!current.equals(claim)) {
            return false;
        }
        Instant now = clock.instant();
        known.put(source.name(), new Known(source, claim, now.plus(schedule.interval(now)), false));
        return true;
    }

    /** Ends the poll of this claim, unless a newer claim has replaced it. */
    void end(Claim claim) {
        inProgress.remove(claim.key(), claim);
    }

    /** Remembers the state after an attempt that is about to be written to the database. */
    void learn(Source source, State state, Duration delay) {
        known.computeIfPresent(
                source.name(),
                (name, before) -> new Known(
                        after(source, state), before.claim(), clock.instant().plus(delay), false));
    }

    /** Keeps a fetched page until it can be written to the database. */
    void spool(Source source, Fetched fetched) {
        Arrival arrival = fetched.arrival();
        boolean broughtStrip = broughtStrip(arrival);
        UUID capture = null;
        String page = text(arrival);
        if (broughtStrip && page != null) {
            Arrival last = lastPages.get(source.name());
            boolean same = last != null && page.equals(text(last));
            Arrival first = same ? last : arrival;
            capture = Captures.idOf(first.source(), first.observedAt(), page);
            lastPages.put(source.name(), first);
            arrival = same ? arrival.with(new Arrival.Unchanged(capture)) : arrival;
        }
        State state = fetched.stateAfter(source, broughtStrip, capture);
        Instant now = clock.instant();
        Duration delay = fetched.delay(schedule, now, state);
        synchronized (this) {
            spool.put(arrival);
            known.compute(
                    source.name(),
                    (name, before) -> new Known(
                            after(source, state),
                            before == null ? null : before.claim(),
                            next(source.dueAt(), now, delay, state.failures()),
                            true));
            active = true;
        }
    }

    /** The text of a whole page, or null. */
    private static String text(Arrival arrival) {
        return arrival.content().match(Arrival.Page::text, unchanged -> null, unprocessable -> null, nothing -> null);
    }

    private boolean broughtStrip(Arrival arrival) {
        return arrival.content()
                .match(
                        page -> intake.parse(arrival)
                                .strip()
                                .filter(strip -> !strip.quotes().isEmpty())
                                .isPresent(),
                        unchanged -> true,
                        unprocessable -> false,
                        nothing -> false);
    }

    private Source after(Source source, State state) {
        Instant notBefore = state.retryAfter() == null ? null : clock.instant().plus(state.retryAfter());
        return new Source(
                source.name(),
                source.url(),
                state.failures(),
                state.etag(),
                state.lastModified(),
                state.validated(),
                source.dueAt(),
                notBefore,
                state.failures() == 0 ? clock.instant() : source.servedAt());
    }

    /**
     * Like {@link id.detak.database.LeaseTable}: counted from the time it was due, to keep the rhythm, or from now
     * after a failure.
     */
    private static Instant next(Instant wasDue, Instant now, Duration delay, int failures) {
        boolean inRhythm = failures == 0
                && wasDue != null
                && !wasDue.isAfter(now)
                && wasDue.plus(delay).isAfter(now);
        return inRhythm ? wasDue.plus(delay) : now.plus(delay);
    }

    private void runIfActive(Runnable work) {
        try {
            if (watch.isAway()) {
                active = true;
            }
            if (active) {
                work.run();
            }
        } catch (RuntimeException e) {
            Log.errorf(e, "Internal error while polling without the database.");
        }
    }

    private void pollDueSources() {
        Instant now = clock.instant();
        for (Known one : known.values()) {
            String name = one.source().name();
            if (isDue(one, now)
                    && !inProgress.containsKey(name)
                    && fetcher.pauseBefore(one.source()).isZero()
                    && mayPoll()
                    && inProgress.putIfAbsent(name, WITHOUT_CLAIM) == null) {
                poll(one);
            }
        }
    }

    /** A time further ahead than any interval was set before the clock was set back. */
    private boolean isDue(Known one, Instant now) {
        Duration longest = one.source().notBefore() == null ? schedule.longest() : MAX_PAUSE;
        return !one.due().isAfter(now) || one.due().isAfter(now.plus(longest));
    }

    private boolean mayPoll() {
        if (watch.isAway() || !writingSpool) {
            return true;
        }
        int writes = writesSincePoll.getAndUpdate(count -> count < WRITES_PER_POLL ? count : count - WRITES_PER_POLL);
        return writes >= WRITES_PER_POLL;
    }

    private void poll(Known one) {
        Source source = one.source();
        Source due = new Source(
                source.name(),
                source.url(),
                source.failures(),
                source.etag(),
                source.lastModified(),
                source.validated(),
                one.due(),
                null,
                source.servedAt());
        try {
            workers.execute(() -> {
                try {
                    spool(due, fetcher.fetch(due));
                } catch (RuntimeException e) {
                    Log.errorf(e, "Polling %s without the database failed.", due.name());
                } finally {
                    inProgress.remove(due.name(), WITHOUT_CLAIM);
                }
            });
        } catch (RejectedExecutionException e) {
            inProgress.remove(due.name(), WITHOUT_CLAIM);
        }
    }

    /** Writes the spool while the database is available, and returns to its schedule when the spool is empty. */
    private void writeSpool() {
        Instant now = clock.instant();
        boolean waits = now.isBefore(retryAt) && !retryAt.isAfter(now.plus(MAX_BACKOFF));
        if (watch.isAway() || waits) {
            return;
        }
        int written = 0;
        try {
            while (!executor.isShutdown() && writer.writeOldest()) {
                written++;
                writesSincePoll.incrementAndGet();
                writingSpool = true;
            }
            returnToDatabase();
            backoff = INITIAL_BACKOFF;
            loggedReason = "";
            writes.succeeded();
        } catch (RuntimeException e) {
            onFailedWrite(e);
        } finally {
            writingSpool = false;
            writesSincePoll.set(0);
            if (written > 0) {
                Log.infof("Wrote or set aside %d attempts from the spool; %d are waiting.", written, spool.size());
            }
        }
    }

    private void onFailedWrite(RuntimeException e) {
        String reason = TransientFailures.rootMessage(e);
        // the stack trace once, since the next try comes within seconds
        boolean known = TransientFailures.isTransient(e) || reason.equals(loggedReason);
        Log.warnf(
                known ? null : e,
                "The spool (%d attempts) cannot be written to the database yet: %s",
                spool.size(),
                reason);
        loggedReason = reason;
        retryAt = clock.instant().plus(backoff);
        backoff = backoff.multipliedBy(2).compareTo(MAX_BACKOFF) < 0 ? backoff.multipliedBy(2) : MAX_BACKOFF;
        if (!writer.isWaitingForOneAttempt()) {
            writes.failed(e);
        }
    }

    private synchronized void returnToDatabase() {
        if (!spool.isEmpty() || executor.isShutdown()) {
            return;
        }
        // the database may have granted a claim whose answer was lost
        sources.freeMineBut(inProgress.keySet());
        Instant now = clock.instant();
        known.values().stream().filter(Known::ahead).forEach(one -> {
            sources.resume(one.source().name(), one.claim(), one.state(now), Duration.between(now, one.due()));
            known.computeIfPresent(
                    one.source().name(), (name, same) -> new Known(same.source(), same.claim(), same.due(), false));
        });
        lastPages.clear();
        active = false;
    }
}
