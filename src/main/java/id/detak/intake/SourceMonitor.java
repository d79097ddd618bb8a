package id.detak.intake;

import id.detak.capture.Capture;
import id.detak.capture.Captures;
import id.detak.capture.FetchOutcome;
import id.detak.capture.PollSchedule;
import id.detak.capture.SourceProblem.Kind;
import id.detak.capture.SourceProblem;
import id.detak.capture.SourceProblems;
import id.detak.notify.Channel;
import id.detak.notify.Channels;
import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import id.detak.notify.Outbox.Parcel;
import id.detak.notify.Outbox;
import id.detak.notify.Severity;
import id.detak.platform.PublicUrl;
import id.detak.platform.Wib;
import id.detak.strip.Strip;
import id.detak.strip.StripParser;
import jakarta.enterprise.context.ApplicationScoped;
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
 * Watches the sources themselves: a rule that sees no numbers says nothing. One that cannot be read for some polls, or reads
 * worse than before, is told on all channels, once; again each day; and when it is over. Call within the transaction that
 * keeps the poll.
 */
@ApplicationScoped
class SourceMonitor {

    /** Strips that one is held against. */
    private static final int COMPARED = 12;
    /** What has been missing for so long is expected no more. */
    private static final Duration EXPECTED = Duration.ofDays(7);
    private static final Duration REMIND = Duration.ofDays(1);
    private static final Duration LONGEST_PATIENCE = Duration.ofHours(1);
    private static final int FEWEST_POLLS = 2;
    private static final int MISSED_POLLS = 3;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'WIB'", Locale.ENGLISH).withZone(Wib.ZONE);

    private final Captures captures;
    private final SourceProblems troubles;
    private final PollSchedule schedule;
    private final StripParser parser;
    private final Channels channels;
    private final Outbox outbox;
    private final PublicUrl publicUrl;

    SourceMonitor(Captures captures, SourceProblems troubles, PollSchedule schedule, StripParser parser, Channels channels, Outbox outbox, PublicUrl publicUrl) {
        this.captures = captures;
        this.troubles = troubles;
        this.schedule = schedule;
        this.parser = parser;
        this.channels = channels;
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    /** How a strip reads worse than those of the source before it, or, while that lasts, than those before it began. */
    Optional<String> complaint(String source, Instant at, Strip strip) {
        Instant before = troubles.since(source).filter(since -> since.isAfter(at.minus(EXPECTED))).orElse(at);
        // mostly they are all the same
        List<String> texts = captures.strips(source, before, COMPARED);
        Map<String, Optional<Strip>> parsed = texts.stream().distinct().collect(Collectors.toMap(Function.identity(), parser::parse));
        return StripComparison.complaint(strip, texts.stream().flatMap(text -> parsed.get(text).stream()).toList());
    }

    /** @param complaint how its strip reads worse than before, or null */
    void heed(Capture capture, String complaint) {
        Optional<SourceProblem> before = troubles.lock(capture.source());
        if (captures.isOutrun(capture)) {
            return; // it had to wait, and what came after it has had its say
        }
        if (capture.outcome().broughtStrip() && complaint == null) {
            before.ifPresent(trouble -> end(trouble, capture));
            return;
        }
        Kind kind = kind(capture.outcome());
        String reason = complaint == null ? String.valueOf(capture.reason()) : complaint;
        SourceProblem trouble = before.map(there -> there.addPoll(kind, reason)).orElseGet(() -> new SourceProblem(capture.source(), kind, reason, capture.observedAt()));
        tellWhereDue(trouble, capture);
        troubles.persist(trouble);
    }

    private static Kind kind(FetchOutcome outcome) {
        return switch (outcome) {
            case OK, UNCHANGED -> Kind.INCOMPLETE;
            case NO_STRIP, FAILED -> Kind.NO_STRIP;
            case UNREACHABLE, HTTP_ERROR, REFUSED, TOO_LARGE -> Kind.UNREACHABLE;
        };
    }

    private void tellWhereDue(SourceProblem trouble, Capture capture) {
        Instant now = capture.observedAt();
        if (!trouble.isNotified() && isPatienceOver(trouble, now)) {
            tell(trouble, MessageEvent.FIRING, now, capture);
        } else if (trouble.isNotified() && !now.isBefore(trouble.remindAt())) {
            tell(trouble, MessageEvent.REMINDER, now, capture);
        } else {
            return;
        }
        trouble.notified(now, now.plus(REMIND));
    }

    /** A layout does not come back by itself within minutes; a server often does. Failures are tried again sooner than a poll is due. */
    private boolean isPatienceOver(SourceProblem trouble, Instant now) {
        Duration interval = schedule.interval(now);
        Duration missed = interval.multipliedBy(MISSED_POLLS);
        Duration patience = switch (trouble.kind()) {
            case NO_STRIP, INCOMPLETE -> interval.dividedBy(2);
            case UNREACHABLE -> missed.compareTo(LONGEST_PATIENCE) < 0 ? missed : LONGEST_PATIENCE;
        };
        return trouble.polls() >= FEWEST_POLLS && Duration.between(trouble.since(), now).compareTo(patience) >= 0;
    }

    private void end(SourceProblem trouble, Capture capture) {
        if (trouble.isNotified()) {
            tell(trouble, MessageEvent.RESOLVED, capture.observedAt(), capture);
        }
        troubles.delete(trouble);
    }

    private void tell(SourceProblem trouble, MessageEvent event, Instant at, Capture capture) {
        Severity severity = trouble.kind() == Kind.INCOMPLETE ? Severity.WARNING : Severity.CRITICAL;
        Message message = new Message(null, event, trouble.id(), "Source " + trouble.source(), severity, null, Wib.local(at), null, null, null, text(trouble, event, at), capture.id(),
                publicUrl.of("/"), trouble.source());
        outbox.put(List.of(new Parcel(channels.all().stream().filter(Channel::enabled).map(Channel::id).toList(), null, message, null)));
    }

    private static String text(SourceProblem trouble, MessageEvent event, Instant at) {
        String since = TIME.format(trouble.since());
        if (event == MessageEvent.RESOLVED) {
            boolean given = trouble.kind() == Kind.INCOMPLETE && Duration.between(trouble.since(), at).compareTo(EXPECTED) >= 0;
            return given ? "What " + trouble.source() + " has not shown since " + since + " is expected no more: its page is taken as it is now."
                    : trouble.source() + " is read again. It was not, or not wholly, since " + since + ".";
        }
        String what = switch (trouble.kind()) {
            case UNREACHABLE -> "Nothing can be read from " + trouble.source() + " since " + since + ": " + trouble.reason() + " Rules see no new numbers.";
            case NO_STRIP -> "The page of " + trouble.source() + " gives no numbers since " + since + ": " + trouble.reason() + " Its layout may have changed. Rules see no new numbers; the pages are kept.";
            case INCOMPLETE -> "The page of " + trouble.source() + " reads worse since " + since + ". " + trouble.reason() + " Its layout may have changed; the pages are kept.";
        };
        return event == MessageEvent.REMINDER ? "Still: " + what : what;
    }
}
