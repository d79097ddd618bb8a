package id.detak.intake;

import id.detak.alert.RuleEvaluation;
import id.detak.capture.ReparseCandidates.Readable;
import id.detak.capture.ReparseCandidates;
import id.detak.database.Notification.Topic;
import id.detak.database.PgNotifications;
import id.detak.series.ReparsedQuotes.Change;
import id.detak.series.ReparsedQuotes.Reading;
import id.detak.series.ReparsedQuotes;
import id.detak.series.history.TimeRange;
import id.detak.strip.Strip;
import id.detak.strip.StripParser;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the stored captures again, in the order of time, with the parser of now. A batch is a transaction, so it may be stopped
 * and started again, and those who record meanwhile wait for no more than that. Nobody is told of what is history by now.
 */
@ApplicationScoped
public class Reparse {

    private static final int BATCH = 200;
    private static final int LONGEST_SECONDS = 600;

    private final ReparseCandidates captures;
    private final StripParser parser;
    private final ReparsedQuotes rereading;
    private final RuleEvaluation evaluation;
    private final PgNotifications notifications;

    Reparse(ReparseCandidates captures, StripParser parser, ReparsedQuotes rereading, RuleEvaluation evaluation, PgNotifications notifications) {
        this.captures = captures;
        this.parser = parser;
        this.rereading = rereading;
        this.evaluation = evaluation;
        this.notifications = notifications;
    }

    /**
     * What came of it, or, of a check, would come.
     *
     * @param captures how many were read
     * @param found how many of them read now, and did not before
     * @param lost how many do not read any more; these are left as they are
     * @param created numbers that were not there
     * @param changed numbers that read otherwise
     * @param gone numbers that are no longer read
     */
    public record Outcome(long captures, long found, long lost, long created, long changed, long gone) {

        static final Outcome NOTHING = new Outcome(0, 0, 0, 0, 0, 0);

        public boolean isClean() {
            return found == 0 && created == 0 && changed == 0 && gone == 0;
        }

        private Outcome plus(Outcome other) {
            return new Outcome(captures + other.captures, found + other.found, lost + other.lost, created + other.created, changed + other.changed, gone + other.gone);
        }
    }

    /**
     * @param source of which captures; null: all
     * @param write false: only says what would change
     * @param each told of each change, once it is stored
     */
    public Outcome run(String source, TimeRange range, boolean write, Consumer<Change> each) {
        Outcome outcome = Outcome.NOTHING;
        Readable last = null;
        do {
            Readable after = last;
            Batch batch = QuarkusTransaction.requiringNew().timeout(LONGEST_SECONDS).call(() -> read(captures.next(source, range.from(), range.to(), after, BATCH), write));
            batch.changes.forEach(each);
            outcome = outcome.plus(batch.outcome);
            last = batch.last;
        } while (last != null);
        return outcome;
    }

    public boolean isSource(String name) {
        return QuarkusTransaction.requiringNew().call(() -> captures.isSource(name));
    }

    /** @param last null where it was the last one */
    private record Batch(Outcome outcome, List<Change> changes, Readable last) {
    }

    private Batch read(List<Readable> batch, boolean write) {
        List<Reading> readings = new ArrayList<>();
        long found = 0;
        long lost = 0;
        for (Readable capture : batch) {
            Optional<Strip> strip = strip(capture);
            if (strip.isPresent()) {
                readings.add(new Reading(capture.id(), capture.observedAt(), strip.get().quotes()));
                found += capture.outcome().broughtStrip() ? 0 : 1;
                if (write && isOtherwise(capture, strip.get())) {
                    captures.reread(capture, strip.get().text(), strip.get().unknown());
                }
            } else {
                lost += capture.outcome().broughtStrip() ? 1 : 0;
            }
        }
        List<Change> changes = write ? rereading.write(readings) : rereading.compare(readings);
        if (write && !changes.isEmpty()) {
            changes.stream().map(Change::indicator).distinct().forEach(evaluation::reload);
            notifications.publish(Topic.SERIES);
        }
        return new Batch(new Outcome(batch.size(), found, lost, changes.stream().filter(change -> isNew(change)).count(),
                changes.stream().filter(change -> !isNew(change) && change.now() != null).count(), changes.stream().filter(change -> change.now() == null).count()),
                changes, batch.size() < BATCH ? null : batch.get(batch.size() - 1));
    }

    private static boolean isNew(Change change) {
        return change.before() == null || change.before().isImplied();
    }

    /** The page, where it is kept, may hold more than what was once taken for the strip. */
    private Optional<Strip> strip(Readable capture) {
        Optional<Strip> ofPage = capture.pageKept() ? captures.page(capture).flatMap(parser::parse) : Optional.empty();
        return ofPage.filter(Reparse::isUnderstood).or(() -> Optional.ofNullable(capture.strip()).flatMap(parser::parse).filter(Reparse::isUnderstood));
    }

    private static boolean isUnderstood(Strip strip) {
        return !strip.quotes().isEmpty();
    }

    private static boolean isOtherwise(Readable capture, Strip strip) {
        return !capture.outcome().broughtStrip() || !Objects.equals(capture.strip(), strip.text()) || !capture.unknown().equals(strip.unknown());
    }
}
