package id.detak.series.history;

import id.detak.http.SingleFlight;
import id.detak.indicator.Calendars;
import id.detak.series.SeriesVersions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The changes of all indicators, for which all their days are read: made once, and kept until a series or the calendar is another. */
@ApplicationScoped
public class CachedChanges {

    private final Changes changes;
    private final SeriesVersions versions;
    private final Calendars calendars;
    private final SingleFlight<Basis, List<Changes.Item>> makings = new SingleFlight<>();
    private volatile Kept kept;

    CachedChanges(Changes changes, SeriesVersions versions, Calendars calendars) {
        this.changes = changes;
        this.versions = versions;
        this.calendars = calendars;
    }

    private record Basis(long version, String calendar) {
    }

    private record Kept(Basis basis, List<Changes.Item> items) {
    }

    public List<Changes.Item> now() {
        return of(versions.ofAll(), calendars.version());
    }

    /** By version and calendar as they were read before. */
    List<Changes.Item> of(long version, String calendar) {
        Basis basis = new Basis(version, calendar);
        Kept there = kept;
        return there != null && there.basis.equals(basis) ? there.items : makings.get(basis, () -> make(basis));
    }

    private List<Changes.Item> make(Basis basis) {
        List<Changes.Item> items = changes.all();
        kept = new Kept(basis, items);
        return items;
    }
}
