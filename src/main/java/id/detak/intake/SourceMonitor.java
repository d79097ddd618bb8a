package id.detak.intake;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.alert.TimedCheck;
import id.detak.capture.Capture;
import id.detak.capture.Captures;
import id.detak.capture.FetchOutcome;
import id.detak.capture.PollSchedule;
import id.detak.capture.SourceProblem;
import id.detak.capture.SourceProblem.Kind;
import id.detak.capture.SourceProblems;
import id.detak.capture.Sources;
import id.detak.capture.Sources.Source;
import id.detak.indicator.Calendars;
import id.detak.notify.Channel;
import id.detak.notify.Channels;
import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import id.detak.notify.Outbox;
import id.detak.notify.Outbox.Parcel;
import id.detak.notify.Severity;
import id.detak.platform.PublicUrl;
import id.detak.platform.Wib;
import id.detak.platform.language.Language;
import id.detak.platform.language.WibTime;
import id.detak.strip.Strip;
import id.detak.strip.StripParser;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Notifies channels about sources that cannot be read, or whose strip is worse than before. It does so after some
 * polls, then each day or when the problem gets worse, and when it is over. Without it, a rule without new numbers
 * would just stay silent.
 */
@ApplicationScoped
class SourceMonitor implements TimedCheck {

    /** Number of earlier strips to compare with. */
    private static final int EARLIER_STRIPS = 12;
    /** After this time, a missing indicator counts as removed from the page. */
    static final Duration REMOVED_AFTER = Duration.ofDays(7);

    private static final Duration REMIND_AFTER = Duration.ofDays(1);
    private static final Duration MAX_WAIT = Duration.ofHours(1);
    /** A strip whose clock is further behind, in market hours, shows old numbers. */
    private static final Duration STALE_AFTER = Duration.ofMinutes(30);

    private static final int MIN_POLLS = 2;
    private static final int MISSED_POLLS = 3;

    private final Captures captures;
    private final SourceProblems problems;
    private final Sources sources;
    private final PollSchedule schedule;
    private final Calendars calendars;
    private final StripParser parser;
    private final Channels channels;
    private final Outbox outbox;
    private final PublicUrl publicUrl;
    private final Clock clock;

    SourceMonitor(
            Captures captures,
            SourceProblems problems,
            Sources sources,
            PollSchedule schedule,
            Calendars calendars,
            StripParser parser,
            Channels channels,
            Outbox outbox,
            PublicUrl publicUrl,
            Clock clock) {
        this.captures = captures;
        this.problems = problems;
        this.sources = sources;
        this.schedule = schedule;
        this.calendars = calendars;
        this.parser = parser;
        this.channels = channels;
        this.outbox = outbox;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /**
     * Returns how a strip is worse than earlier ones of its source. While a problem lasts, the strips before it are the
     * reference.
     */
    @Transactional(MANDATORY)
    Optional<String> complaint(String source, Instant at, Strip strip) {
        Instant before = problems.since(source)
                .filter(since -> since.isAfter(at.minus(REMOVED_AFTER)))
                .orElse(at);
        // most of them are equal, so parse each text once
        List<String> texts = captures.strips(source, before, EARLIER_STRIPS);
        Map<String, Optional<Strip>> parsed =
                texts.stream().distinct().collect(Collectors.toMap(Function.identity(), parser::parse));
        return StripComparison.complaint(
                strip, texts.stream().flatMap(text -> parsed.get(text).stream()).toList());
    }

    /**
     * Opens, continues or ends the problem of a source after a poll.
     *
     * @param complaint how the strip is worse than before, or null
     */
    @Transactional(MANDATORY)
    void onPoll(Capture capture, String complaint) {
        Optional<SourceProblem> before = problems.lock(capture.source());
        if (captures.isOutrun(capture, clock.instant())) {
            return; // a newer poll was stored first and has already decided
        }
        Optional<BadPoll> bad = bad(capture, complaint);
        if (bad.isEmpty()) {
            before.ifPresent(problem -> continueOrEnd(problem, capture));
            return;
        }
        SourceProblem problem = before.map(
                        known -> known.addBadPoll(bad.get().kind(), bad.get().reason(), capture.observedAt()))
                .orElseGet(() -> new SourceProblem(
                        capture.source(), bad.get().kind(), bad.get().reason(), capture.observedAt()));
        notifyIfDue(problem, capture);
        problems.persist(problem);
    }

    private record BadPoll(Kind kind, String reason) {}

    private Optional<BadPoll> bad(Capture capture, String complaint) {
        if (!capture.outcome().broughtStrip() || complaint != null) {
            return Optional.of(new BadPoll(
                    kind(capture.outcome()), complaint == null ? String.valueOf(capture.reason()) : complaint));
        }
        return staleFor(capture)
                .map(delay -> new BadPoll(
                        Kind.STALE,
                        "The strip shows the time " + capture.stripClock() + " WIB, but was fetched at "
                                + WibTime.CLOCK.of(capture.observedAt(), Language.ENGLISH) + "."));
    }

    /** How old the strip's numbers are by its own clock, if the market was open long enough to change them. */
    private Optional<Duration> staleFor(Capture capture) {
        Instant at = capture.observedAt();
        return capture.stripDelay()
                .filter(delay -> delay.compareTo(STALE_AFTER) > 0
                        && calendars.exchange().isOpen(at)
                        && calendars.exchange().openLongerThan(STALE_AFTER, at.minus(delay), at));
    }

    private static Kind kind(FetchOutcome outcome) {
        return switch (outcome) {
            case OK, UNCHANGED -> Kind.INCOMPLETE;
            case NO_STRIP, FAILED -> Kind.NO_STRIP;
            case UNREACHABLE, HTTP_ERROR, REFUSED, TOO_LARGE -> Kind.UNREACHABLE;
        };
    }

    private void notifyIfDue(SourceProblem problem, Capture capture) {
        Instant now = capture.observedAt();
        if (problem.isWorseThanNotified()) {
            problem.withdrawAcknowledgement();
            notify(problem, MessageEvent.FIRING, now, capture);
        } else if (!problem.isNotified() && hasLastedLongEnough(problem, now)) {
            notify(problem, MessageEvent.FIRING, now, capture);
        } else if (problem.isNotified() && !problem.isAcknowledged() && !now.isBefore(problem.remindAt())) {
            notify(problem, MessageEvent.REMINDER, now, capture);
        }
    }

    private void notify(SourceProblem problem, MessageEvent event, Instant now, Capture capture) {
        problem.notified(now, now.plus(REMIND_AFTER));
        send(problem, event, now, capture);
    }

    /** A changed layout stays changed, but a server often recovers within minutes. Failed polls are repeated early. */
    private boolean hasLastedLongEnough(SourceProblem problem, Instant now) {
        if (problem.polls() < MIN_POLLS) {
            return false;
        }
        return switch (problem.kind()) {
            case NO_STRIP, INCOMPLETE, STALE ->
                lasted(problem.since(), now, schedule.interval(now).dividedBy(2));
            case UNREACHABLE -> missedThreePolls(problem, now);
        };
    }

    private boolean missedThreePolls(SourceProblem problem, Instant now) {
        Duration missed = schedule.interval(now).multipliedBy(MISSED_POLLS);
        return lasted(problem.kindSince(), now, missed.compareTo(MAX_WAIT) < 0 ? missed : MAX_WAIT);
    }

    private static boolean lasted(Instant since, Instant now, Duration wait) {
        return Duration.between(since, now).compareTo(wait) >= 0;
    }

    /**
     * Reports sources that are not polled because their server asked for a long pause: until its end no poll could
     * report them.
     */
    @Override
    public void run() {
        problems.unreported()
                .forEach(source -> QuarkusTransaction.requiringNew().run(() -> reportIfWaiting(source)));
    }

    private void reportIfWaiting(String source) {
        Instant now = clock.instant();
        Optional<Instant> pollAgain =
                sources.find(source).map(Source::notBefore).filter(notBefore -> notBefore.isAfter(now));
        Optional<SourceProblem> problem = pollAgain
                .flatMap(waiting -> problems.lock(source))
                .filter(open -> open.isOpen()
                        && !open.isNotified()
                        && open.kind() == Kind.UNREACHABLE
                        && missedThreePolls(open, now));
        Optional<Capture> last = problem.flatMap(open -> captures.last(source));
        last.ifPresent(capture -> {
            problem.get().notified(now, now.plus(REMIND_AFTER));
            send(problem.get(), MessageEvent.FIRING, now, capture, pollAgain.get());
        });
    }

    private void continueOrEnd(SourceProblem problem, Capture capture) {
        if (!problem.addGoodPoll(capture.observedAt())) {
            return;
        }
        if (problem.isNotified()) {
            send(problem, MessageEvent.RESOLVED, capture.observedAt(), capture);
        } else {
            problems.delete(problem);
        }
    }

    private void send(SourceProblem problem, MessageEvent event, Instant at, Capture capture) {
        send(problem, event, at, capture, null);
    }

    /** @param pollAgain when the source is polled again, if its server asked for a pause; else null */
    private void send(SourceProblem problem, MessageEvent event, Instant at, Capture capture, Instant pollAgain) {
        Severity severity = problem.kind().isTotal() ? Severity.CRITICAL : Severity.WARNING;
        Message message = new Message(
                null,
                event,
                problem.id(),
                "Source " + problem.source(),
                severity,
                null,
                Wib.local(at),
                null,
                null,
                null,
                null,
                capture.id(),
                publicUrl.of("/"),
                problem.source(),
                null);
        outbox.put(List.of(new Parcel(
                channels.all().stream()
                        .filter(Channel::takesSourceMessages)
                        .map(Channel::id)
                        .toList(),
                null,
                language -> message.withText(language, SourceText.of(problem, event, at, pollAgain, language)),
                null)));
    }
}
