package id.detak.intake;

import id.detak.access.AuditLog;
import id.detak.alert.AlertRetraction;
import id.detak.alert.rule.Transition.Cause;
import id.detak.database.Notification.Topic;
import id.detak.database.PgNotifications;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.platform.RejectedException;
import id.detak.series.ImportedObservations;
import id.detak.series.ImportedObservations.Deleted;
import id.detak.series.csv.FileImport;
import id.detak.series.csv.FileImports;
import id.detak.series.csv.FileImports.Range;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes an import back: its observations, its conflicts, and those of its numbers that were voided. A large one takes
 * several transactions; if it is stopped, it can be run again.
 */
@ApplicationScoped
public class ImportUndo {

    private static final int TIMEOUT_SECONDS = 600;

    private final FileImports imports;
    private final ImportedObservations observations;
    private final Indicators indicators;
    private final AlertRetraction retraction;
    private final AuditLog audit;
    private final PgNotifications notifications;

    ImportUndo(
            FileImports imports,
            ImportedObservations observations,
            Indicators indicators,
            AlertRetraction retraction,
            AuditLog audit,
            PgNotifications notifications) {
        this.imports = imports;
        this.observations = observations;
        this.indicators = indicators;
        this.retraction = retraction;
        this.audit = audit;
        this.notifications = notifications;
    }

    /**
     * An import that was taken back.
     *
     * @param deleted number of observations
     */
    public record Undone(FileImport fileImport, long deleted) {}

    /** @throws RejectedException if there is no such import, or it was undone before */
    public Undone undo(int id, String by) {
        FileImport found = imports.get(id);
        if (found.undoneAt() != null && imports.ranges(id).isEmpty()) {
            throw RejectedException.conflict("Import " + id + " was undone before.");
        }
        // no batch of the import is stored after that, so the ranges are final
        imports.markUndone(id, by);
        List<Range> ranges = imports.ranges(id);
        long deleted = 0;
        for (Range range : ranges) {
            for (boolean more = true; more; ) {
                Deleted part = QuarkusTransaction.requiringNew()
                        .timeout(TIMEOUT_SECONDS)
                        .call(() -> deletePart(id, range));
                deleted += part.deleted().size();
                more = !part.isLast();
            }
        }
        long count = deleted;
        QuarkusTransaction.requiringNew()
                .run(() -> audit.add(by, "import.undo", id + " " + found.file(), "observations deleted " + count));
        return new Undone(imports.get(id), deleted);
    }

    private Deleted deletePart(int id, Range range) {
        Indicator indicator = indicators.all().stream()
                .filter(candidate -> candidate.id() == range.indicatorId())
                .findFirst()
                .orElse(null);
        if (indicator == null) {
            imports.deleteRange(id, range.indicatorId());
            return new Deleted(List.of(), List.of(), true);
        }
        Deleted part = observations.deletePart(indicator, id, range.first(), range.last());
        if (part.isLast()) {
            imports.deleteRange(id, range.indicatorId());
        }
        Map<Instant, Cause> uncounted = new LinkedHashMap<>(AlertRetraction.doubted(part.rejudged()));
        part.deleted().forEach(at -> uncounted.put(at, Cause.VOIDED));
        retraction.retract(indicator, uncounted);
        notifications.publish(Topic.SERIES);
        return part;
    }
}
