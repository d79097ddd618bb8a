package id.detak.intake;

import id.detak.alert.RuleEvaluation;
import id.detak.capture.Capture;
import id.detak.capture.Captures;
import id.detak.capture.Captures.StoredCapture;
import id.detak.capture.FetchAttempt;
import id.detak.capture.FetchOutcome;
import id.detak.capture.Sources;
import id.detak.capture.Via;
import id.detak.database.Notification.Topic;
import id.detak.database.PgNotifications;
import id.detak.intake.NewLabels.Admitted;
import id.detak.series.Recorder;
import id.detak.series.Recorder.Recorded;
import id.detak.strip.ParseTimeoutException;
import id.detak.strip.Quote;
import id.detak.strip.Strip;
import id.detak.strip.StripParser;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The single entry point for pages: stores a page's capture and observations and evaluates the rules in one
 * transaction, whether the page was polled, posted or imported.
 */
@ApplicationScoped
public class Intake {

    /** Time limit of a transaction that takes one page: rules with windows of years may have to read all of them. */
    static final int TIMEOUT_SECONDS = 300;

    private final StripParser parser;
    private final Sources sources;
    private final NewLabels newLabels;
    private final Captures captures;
    private final Recorder recorder;
    private final RuleEvaluation evaluation;
    private final SourceMonitor sourceMonitor;
    private final PgNotifications notifications;

    Intake(
            StripParser parser,
            Sources sources,
            NewLabels newLabels,
            Captures captures,
            Recorder recorder,
            RuleEvaluation evaluation,
            SourceMonitor sourceMonitor,
            PgNotifications notifications) {
        this.parser = parser;
        this.sources = sources;
        this.newLabels = newLabels;
        this.captures = captures;
        this.recorder = recorder;
        this.evaluation = evaluation;
        this.sourceMonitor = sourceMonitor;
        this.notifications = notifications;
    }

    /** Parses the page and takes it in the caller's transaction, or in a new one. */
    public IntakeResult take(Arrival arrival) {
        return take(parse(arrival));
    }

    /** Takes a parsed page in the caller's transaction, or in a new one. */
    IntakeResult take(ParsedArrival parsed) {
        return QuarkusTransaction.joiningExisting().timeout(TIMEOUT_SECONDS).call(() -> record(parsed));
    }

    /**
     * Parses the page or, if it is unchanged, the strip of its capture. Call it outside a transaction: a large page may
     * take seconds.
     */
    ParsedArrival parse(Arrival arrival) {
        try {
            return new ParsedArrival(
                    arrival,
                    arrival.content()
                            .match(
                                    page -> parser.parse(page.text(), sources.locator(arrival.source())),
                                    unchanged ->
                                            captures.strip(unchanged.capture()).flatMap(parser::parse),
                                    page -> Optional.empty(),
                                    nothing -> Optional.empty()));
        } catch (ParseTimeoutException e) {
            return new ParsedArrival(arrival.unprocessable(e.getMessage()), Optional.empty());
        }
    }

    private IntakeResult record(ParsedArrival parsed) {
        Arrival arrival = parsed.arrival();
        Reading reading = read(parsed);
        StoredCapture stored = captures.store(reading.attempt());
        List<Recorded> recorded = recorder.record(stored.capture(), reading.quotes());
        switch (arrival.via()) {
            case POLL -> evaluation.evaluate(recorded, true);
            case POST -> evaluation.evaluate(recorded, false);
            case IMPORT -> evaluation.reload(recorded);
        }
        if (!stored.repeated()) {
            if (arrival.via() == Via.POLL) {
                sourceMonitor.onPoll(stored.capture(), reading.attempt().complaint());
            }
            notifications.publish(Topic.CAPTURE, stored.capture().id());
        }
        return new IntakeResult(stored.capture(), recorded);
    }

    private Reading read(ParsedArrival parsed) {
        Arrival arrival = parsed.arrival();
        return arrival.content()
                .match(
                        page -> read(arrival, page.text(), parsed.strip()),
                        unchanged -> readUnchanged(arrival, unchanged.capture(), parsed.strip()),
                        page -> reading(arrival, FetchOutcome.FAILED, page.reason(), page.text(), null),
                        nothing -> reading(arrival, nothing.outcome(), nothing.reason(), null, null));
    }

    private Reading readUnchanged(Arrival arrival, UUID original, Optional<Strip> strip) {
        return strip.flatMap(read -> captures.findByIdOptional(original)
                        .map(since -> reading(arrival, FetchOutcome.UNCHANGED, null, null, read, since)))
                .orElseGet(() -> reading(
                        arrival,
                        FetchOutcome.FAILED,
                        "The page is unchanged, but the original could not be stored.",
                        null,
                        null));
    }

    private Reading read(Arrival arrival, String page, Optional<Strip> strip) {
        if (strip.isEmpty()) {
            return reading(arrival, FetchOutcome.NO_STRIP, "The page contains no indicator strip.", page, null);
        }
        if (strip.get().quotes().isEmpty()) {
            return reading(
                    arrival,
                    FetchOutcome.NO_STRIP,
                    "No item of the page's indicator strip could be parsed.",
                    page,
                    strip.get());
        }
        boolean same = captures.lastWithStrip(arrival.source())
                .filter(last -> Captures.isSameContent(last, page))
                .isPresent();
        return reading(arrival, same ? FetchOutcome.UNCHANGED : FetchOutcome.OK, null, page, strip.get());
    }

    private Reading reading(Arrival arrival, FetchOutcome outcome, String reason, String page, Strip strip) {
        return reading(arrival, outcome, reason, page, strip, null);
    }

    private Reading reading(
            Arrival arrival, FetchOutcome outcome, String reason, String page, Strip strip, Capture unchangedSince) {
        boolean polledStrip = arrival.via() == Via.POLL && outcome.broughtStrip() && strip != null;
        String complaint = polledStrip
                ? sourceMonitor
                        .complaint(arrival.source(), arrival.observedAt(), strip)
                        .orElse(null)
                : null;
        Admitted admitted = strip == null
                ? new Admitted(List.of(), List.of())
                : newLabels.admit(arrival.via(), arrival.source(), arrival.observedAt(), strip);
        FetchAttempt attempt = new FetchAttempt(
                arrival.source(),
                arrival.via(),
                arrival.url(),
                arrival.observedAt(),
                arrival.serverDate(),
                outcome,
                arrival.httpStatus(),
                reason,
                page,
                strip == null ? null : strip.text(),
                strip == null ? null : strip.clock(),
                admitted.unknown(),
                complaint,
                unchangedSince);
        return new Reading(attempt, admitted.quotes());
    }

    private record Reading(FetchAttempt attempt, List<Quote> quotes) {}
}
