package id.detak.series;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.indicator.Indicator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

/** Deletes what an import stored, and updates everything derived from it. */
@ApplicationScoped
@Transactional(MANDATORY)
public class ImportedObservations {

    /** The rows that one transaction deletes; polls of the indicator wait for it. */
    private static final int PART = 20_000;

    private final Session session;
    private final DerivedDataUpdate derivedDataUpdate;
    private final SeriesVersions versions;

    ImportedObservations(Session session, DerivedDataUpdate derivedDataUpdate, SeriesVersions versions) {
        this.session = session;
        this.derivedDataUpdate = derivedDataUpdate;
        this.versions = versions;
    }

    /**
     * A deleted part.
     *
     * @param deleted the instants of its observations, oldest first
     * @param rejudged observations whose verdicts changed because of it, in chronological order
     * @param isLast whether nothing of the import is left in the series
     */
    public record Deleted(List<Instant> deleted, List<Rejudged> rejudged, boolean isLast) {}

    /** Deletes the oldest part of what an import stored in a range of a series, both ends included. */
    public Deleted deletePart(Indicator indicator, int importId, Instant first, Instant last) {
        versions.write(List.of(indicator.id()));
        List<Instant> deleted = session.createNativeQuery("""
                with part as (
                    select observed_at from observation
                    where indicator_id = :id and observed_at >= :first and observed_at <= :last and import_id = :import
                    order by observed_at limit :most),
                deleted as (
                    delete from observation
                    where indicator_id = :id and observed_at >= :first and observed_at <= :last and import_id = :import
                      and observed_at <= (select max(observed_at) from part)
                    returning observed_at)
                select observed_at from deleted order by observed_at
                """, Instant.class)
                .setParameter("id", indicator.id())
                .setParameter("first", first)
                .setParameter("last", last)
                .setParameter("import", importId)
                .setParameter("most", PART)
                .getResultList();
        if (deleted.size() < PART) {
            deleteBeside(indicator.id(), importId, first, last);
        }
        List<Rejudged> rejudged = deleted.isEmpty()
                ? List.of()
                : derivedDataUpdate.update(indicator, deleted.get(0), deleted.get(deleted.size() - 1));
        return new Deleted(deleted, rejudged, deleted.size() < PART);
    }

    /** Its conflicts with other numbers, and its numbers that were voided. */
    private void deleteBeside(int indicatorId, int importId, Instant first, Instant last) {
        for (String table : List.of("observation_conflict", "observation_superseded")) {
            session.createNativeMutationQuery(
                            "delete from " + table
                                    + " where indicator_id = :id and observed_at >= :first and observed_at <= :last and import_id = :import")
                    .setParameter("id", indicatorId)
                    .setParameter("first", first)
                    .setParameter("last", last)
                    .setParameter("import", importId)
                    .executeUpdate();
        }
    }
}
