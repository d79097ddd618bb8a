package id.detak.intake;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.capture.Capture;
import id.detak.capture.Captures;
import id.detak.capture.FetchOutcome;
import id.detak.capture.PollSchedule;
import id.detak.capture.SourceProblem;
import id.detak.capture.SourceProblem.Kind;
import id.detak.capture.SourceProblems;
import id.detak.notify.Channel;
import id.detak.notify.Channels;
import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import id.detak.notify.Outbox;
import id.detak.notify.Outbox.Parcel;
import id.detak.notify.Severity;
import id.detak.platform.PublicUrl;
import id.detak.platform.Wib;
import id.detak.strip.Strip;
import id.detak.strip.StripParser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Notifies all channels about sources that cannot be read, or whose strip is worse than before: once after some polls,
 * again each day, and when the problem is over. Without it, a rule that sees no new numbers would just stay silent.
 */
@ApplicationScoped
@Transactional(MANDATORY)
class SourceMonitor {

    /** Number of earlier strips to compare with. */
    private static final int EARLIER_STRIPS = 12;
    /** After this time, a missing indicator counts as removed from the page. */
    private static final Duration REMOVED_AFTER = Duration.ofDays(7);

    private static final Duration REMIND_AFTER = Duration.ofDays(1);
    private static final Duration MAX_WAIT = Duration.ofHours(1);
    private static final int MIN_POLLS = 2;
    private static final int MISSED_POLLS = 3;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'WIB'", Locale.ENGLISH)
            .withZone(Wib.ZONE);

    private final Captures captures;
    private final SourceProblems problems;
    private final PollSchedule schedule;
    private final StripParser parser;
    private final Channels channels;
    private final Outbox outbox;
    private final PublicUrl publicUrl;

    SourceMonitor(
            Captures captures,
            SourceProblems problems,
            PollSchedule schedule,
            StripParser parser,
            Channels channels,
            Outbox outbox,
            PublicUrl publicUrl) {
        this.captures = captures;
        this.problems = problems;
        this.schedule = schedule;
        this.parser = parser;
        this.channels = channels;
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    /**
     * Returns how a strip is worse than earlier ones of its source. While a problem lasts, the strips before it are the
     * reference.
     */
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
    void onPoll(Capture capture, String complaint) {
        Optional<SourceProblem> before = problems.lock(capture.source());
        if (captures.isOutrun(capture)) {
            return; // a newer poll was stored first and has already decided
        }
        if (capture.outcome().broughtStrip() && complaint == null) {
            before.ifPresent(problem -> end(problem, capture));
            return;
        }
        Kind kind = kind(capture.outcome());
        String reason = complaint == null ? String.valueOf(capture.reason()) : complaint;
        SourceProblem problem = before.map(open -> open.addPoll(kind, reason))
                .orElseGet(() -> new SourceProblem(capture.source(), kind, reason, capture.observedAt()));
        notifyIfDue(problem, capture);
        problems.persist(problem);
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
        if (!problem.isNotified() && hasLastedLongEnough(problem, now)) {
            send(problem, MessageEvent.FIRING, now, capture);
        } else if (problem.isNotified() && !now.isBefore(problem.remindAt())) {
            send(problem, MessageEvent.REMINDER, now, capture);
        } else {
            return;
        }
        problem.notified(now, now.plus(REMIND_AFTER));
    }

    /** A changed layout stays changed, but a server often recovers within minutes. Failed polls are repeated early. */
    private boolean hasLastedLongEnough(SourceProblem problem, Instant now) {
        Duration interval = schedule.interval(now);
        Duration missed = interval.multipliedBy(MISSED_POLLS);
        Duration wait =
                switch (problem.kind()) {
                    case NO_STRIP, INCOMPLETE -> interval.dividedBy(2);
                    case UNREACHABLE -> missed.compareTo(MAX_WAIT) < 0 ? missed : MAX_WAIT;
                };
        return problem.polls() >= MIN_POLLS
                && Duration.between(problem.since(), now).compareTo(wait) >= 0;
    }

    private void end(SourceProblem problem, Capture capture) {
        if (problem.isNotified()) {
            send(problem, MessageEvent.RESOLVED, capture.observedAt(), capture);
        }
        problems.delete(problem);
    }

    private void send(SourceProblem problem, MessageEvent event, Instant at, Capture capture) {
        Severity severity = problem.kind() == Kind.INCOMPLETE ? Severity.WARNING : Severity.CRITICAL;
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
                text(problem, event, at),
                capture.id(),
                publicUrl.of("/"),
                problem.source());
        outbox.put(List.of(new Parcel(
                channels.all().stream()
                        .filter(Channel::enabled)
                        .map(Channel::id)
                        .toList(),
                null,
                message,
                null)));
    }

    private static String text(SourceProblem problem, MessageEvent event, Instant at) {
        String since = TIME.format(problem.since());
        if (event == MessageEvent.RESOLVED) {
            boolean removed = problem.kind() == Kind.INCOMPLETE
                    && Duration.between(problem.since(), at).compareTo(REMOVED_AFTER) >= 0;
            return removed
                    ? "Indicators missing from " + problem.source() + " since " + since + " are no longer expected."
                    : problem.source() + " can be read completely again. The problem began " + since + ".";
        }
        String what =
                switch (problem.kind()) {
                    case UNREACHABLE ->
                        "No page of " + problem.source() + " could be read since " + since + ": " + problem.reason()
                                + " Rules see no new numbers.";
                    case NO_STRIP ->
                        "The page of " + problem.source() + " has had no numbers since " + since + ": "
                                + problem.reason()
                                + " Its layout may have changed. Rules see no new numbers; the pages are kept.";
                    case INCOMPLETE ->
                        "The page of " + problem.source() + " has been incomplete since " + since + ". "
                                + problem.reason() + " Its layout may have changed; the pages are kept.";
                };
        return event == MessageEvent.REMINDER ? "Reminder: " + what : what;
    }
}
