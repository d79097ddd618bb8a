package id.detak.intake;

import id.detak.alert.RuleEvaluation;
import id.detak.capture.Capture;
import id.detak.capture.ReparseCandidates;
import id.detak.capture.ReparseCandidates.Readable;
import id.detak.capture.Sources;
import id.detak.database.Notification.Topic;
import id.detak.database.PgNotifications;
import id.detak.intake.NewLabels.Admitted;
import id.detak.intake.NewLabels.ReadStrip;
import id.detak.series.ReparsedQuotes;
import id.detak.series.ReparsedQuotes.Change;
import id.detak.series.ReparsedQuotes.Reading;
import id.detak.series.history.TimeRange;
import id.detak.strip.ParseTimeoutException;
import id.detak.strip.Strip;
import id.detak.strip.StripParser;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Parses the stored captures again with the current parser, in order of time, and corrects the observations. Each batch
 * is a separate transaction, so that the command can be stopped and restarted, and polls wait for one batch at most.
 * Rules do not notify about the corrections, because they are history.
 */
@ApplicationScoped
public class Reparse {

    private static final int BATCH = 200;
    private static final int BATCH_TIMEOUT_SECONDS = 600;

    private final ReparseCandidates captures;
    private final StripParser parser;
    private final Sources sources;
    private final NewLabels newLabels;
    private final ReparsedQuotes reparsedQuotes;
    private final RuleEvaluation evaluation;
    private final PgNotifications notifications;

    Reparse(
            ReparseCandidates captures,
            StripParser parser,
            Sources sources,
            NewLabels newLabels,
            ReparsedQuotes reparsedQuotes,
            RuleEvaluation evaluation,
            PgNotifications notifications) {
        this.captures = captures;
        this.parser = parser;
        this.sources = sources;
        this.newLabels = newLabels;
        this.reparsedQuotes = reparsedQuotes;
        this.evaluation = evaluation;
        this.notifications = notifications;
    }

    /**
     * The number of changes that were made or, with {@code --check}, would be made.
     *
     * @param captures captures that were parsed
     * @param found captures in which a strip is found now, but was not before
     * @param lost captures whose strip is no longer understood; they are left unchanged
     * @param created new observations
     * @param changed observations with other values
     * @param gone observations that the parser no longer finds
     */
    public record Outcome(long captures, long found, long lost, long created, long changed, long gone) {

        static final Outcome NOTHING = new Outcome(0, 0, 0, 0, 0, 0);

        public boolean isClean() {
            return found == 0 && created == 0 && changed == 0 && gone == 0;
        }

        private Outcome plus(Outcome other) {
            return new Outcome(
                    captures + other.captures,
                    found + other.found,
                    lost + other.lost,
                    created + other.created,
                    changed + other.changed,
                    gone + other.gone);
        }
    }

    /**
     * @param source limits the run to captures of this source; null means all
     * @param write whether to store the changes; false only reports them
     * @param each receives each change after it was committed
     */
    public Outcome run(String source, TimeRange range, boolean write, Consumer<Change> each) {
        Outcome outcome = Outcome.NOTHING;
        Readable last = null;
        do {
            Readable after = last;
            List<Readable> next = QuarkusTransaction.requiringNew()
                    .timeout(BATCH_TIMEOUT_SECONDS)
                    .call(() -> captures.next(source, range.from(), range.to(), after, BATCH));
            Map<Readable, ReadStrip> strips = parse(next);
            Batch batch = QuarkusTransaction.requiringNew()
                    .timeout(BATCH_TIMEOUT_SECONDS)
                    .call(() -> read(next, strips, write));
            batch.changes.forEach(each);
            outcome = outcome.plus(batch.outcome);
            last = batch.last;
        } while (last != null);
        return outcome;
    }

    public boolean isSource(String name) {
        return QuarkusTransaction.requiringNew().call(() -> captures.isSource(name));
    }

    /** @param last the last capture of the batch, or null at the end */
    private record Batch(Outcome outcome, List<Change> changes, Readable last) {}

    /** Outside a transaction, since large pages may take seconds. */
    private Map<Readable, ReadStrip> parse(List<Readable> batch) {
        Map<Readable, ReadStrip> strips = new LinkedHashMap<>();
        batch.forEach(capture ->
                strip(capture).ifPresent(strip -> strips.put(capture, new ReadStrip(capture.source(), strip))));
        return strips;
    }

    private Batch read(List<Readable> batch, Map<Readable, ReadStrip> strips, boolean write) {
        Map<ReadStrip, Admitted> admitted = newLabels.admit(strips.values());
        List<Reading> readings = new ArrayList<>();
        strips.forEach((capture, read) -> {
            Admitted parts = admitted.get(read);
            readings.add(new Reading(
                    capture.id(), read.isPolled() ? read.source() : null, capture.observedAt(), parts.quotes()));
            if (write && isChanged(capture, read.strip(), parts.unknown())) {
                captures.reread(capture, read.strip().text(), read.strip().clock(), parts.unknown());
            }
        });
        long found = strips.keySet().stream()
                .filter(capture -> !capture.outcome().broughtStrip())
                .count();
        long lost = batch.stream()
                .filter(capture -> capture.outcome().broughtStrip() && !strips.containsKey(capture))
                .count();
        List<Change> changes = write ? reparsedQuotes.write(readings) : reparsedQuotes.compare(readings);
        if (write && !changes.isEmpty()) {
            changes.stream().map(Change::indicator).distinct().forEach(evaluation::reload);
            notifications.publish(Topic.SERIES);
        }
        return new Batch(
                new Outcome(
                        batch.size(),
                        found,
                        lost,
                        changes.stream().filter(Reparse::isNew).count(),
                        changes.stream()
                                .filter(change -> !isNew(change) && change.now() != null)
                                .count(),
                        changes.stream().filter(change -> change.now() == null).count()),
                changes,
                batch.size() < BATCH ? null : batch.get(batch.size() - 1));
    }

    private static boolean isNew(Change change) {
        return change.before() == null || change.before().isImplied();
    }

    /** Prefers the stored page, because it may hold more than what an older parser took for the strip. */
    private Optional<Strip> strip(Readable capture) {
        Optional<String> page = capture.pageKept()
                ? QuarkusTransaction.requiringNew().call(() -> captures.page(capture))
                : Optional.empty();
        return page.flatMap(text -> parse(() -> parser.parse(text, sources.locator(capture.source()))))
                .or(() -> Optional.ofNullable(capture.strip()).flatMap(strip -> parse(() -> parser.parse(strip))));
    }

    /** Parses a strip; empty if the parser understands nothing. */
    private static Optional<Strip> parse(Supplier<Optional<Strip>> parser) {
        try {
            return parser.get().filter(Reparse::isUnderstood);
        } catch (ParseTimeoutException e) {
            return Optional.empty();
        }
    }

    private static boolean isUnderstood(Strip strip) {
        return !strip.quotes().isEmpty();
    }

    private static boolean isChanged(Readable capture, Strip strip, List<String> unknown) {
        return !capture.outcome().broughtStrip()
                || !Objects.equals(capture.strip(), strip.text())
                || !Objects.equals(capture.stripClock(), Capture.stripClock(strip.clock()))
                || !capture.unknown().equals(unknown);
    }
}
