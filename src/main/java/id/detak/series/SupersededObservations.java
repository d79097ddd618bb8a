package id.detak.series;

import static id.detak.series.Observations.COLUMNS;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.platform.Word;
import id.detak.series.SupersededObservation.Cause;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.hibernate.query.Query;

/** The table {@code observation_superseded}. */
@ApplicationScoped
public class SupersededObservations {

    private final Session session;

    SupersededObservations(Session session) {
        this.session = session;
    }

    /** The superseded observations of an indicator in a range, both ends included, newest first. */
    public List<SupersededObservation> between(int indicatorId, Instant from, Instant to, int most) {
        return list(query(
                        "indicator_id = :id and observed_at >= :from and observed_at <= :to order by observed_at desc, superseded_at desc limit :most")
                .setParameter("id", indicatorId)
                .setParameter("from", from)
                .setParameter("to", to)
                .setParameter("most", most));
    }

    /** The most recently voided observation of an instant. */
    public Optional<SupersededObservation> voidedAt(int indicatorId, Instant instant) {
        return between(indicatorId, instant, instant, 100).stream()
                .filter(SupersededObservation::isVoided)
                .findFirst();
    }

    /** The superseded observations of a capture. */
    public List<SupersededObservation> of(UUID captureId, Instant observedAt) {
        return list(query(
                        "indicator_id in (select id from indicator) and observed_at = :at and capture_id = :capture order by indicator_id, superseded_at")
                .setParameter("at", observedAt)
                .setParameter("capture", captureId));
    }

    /** The superseded observations of all indicators at these instants. */
    List<SupersededObservation> at(Collection<Instant> instants) {
        return list(query(
                        "indicator_id in (select id from indicator) and observed_at = any(cast(:instants as timestamptz[]))")
                .setParameter("instants", TextArrays.of(instants, Function.identity())));
    }

    boolean isEmpty(int indicatorId, Instant from, Instant to) {
        return between(indicatorId, from, to, 1).isEmpty();
    }

    /** Moves an observation here, so that it no longer counts. */
    @Transactional(MANDATORY)
    void add(SupersededObservation old) {
        Observation o = old.observation();
        session.createNativeMutationQuery(
                        "with deleted as (delete from observation where indicator_id = :id and observed_at = :observedAt returning "
                                + COLUMNS + ") insert into observation_superseded (" + COLUMNS
                                + ", superseded_at, cause, note, superseded_by) select " + COLUMNS
                                + ", :at, :cause, :note, :by from deleted")
                .setParameter("id", o.indicatorId())
                .setParameter("observedAt", o.observedAt())
                .setParameter("at", old.at())
                .setParameter("cause", old.cause().word())
                .setParameter("note", old.note(), String.class)
                .setParameter("by", old.by(), String.class)
                .executeUpdate();
    }

    /** Moves an observation back, so that it counts again. */
    @Transactional(MANDATORY)
    void restore(SupersededObservation old) {
        Observation o = old.observation();
        session.createNativeMutationQuery(
                        "with restored as (delete from observation_superseded where indicator_id = :id and observed_at = :observedAt and superseded_at = :at returning "
                                + COLUMNS + ") insert into observation (" + COLUMNS + ") select " + COLUMNS
                                + " from restored")
                .setParameter("id", o.indicatorId())
                .setParameter("observedAt", o.observedAt())
                .setParameter("at", old.at())
                .executeUpdate();
    }

    /**
     * Voids the observations of a range, both ends included, except for closes derived from other observations.
     *
     * @return their instants, oldest first
     */
    @Transactional(MANDATORY)
    List<Instant> voidBetween(int indicatorId, Instant from, Instant to, Instant at, String note, String by) {
        return session.createNativeQuery(
                        """
                with deleted as (
                    delete from observation
                    where indicator_id = :id and observed_at >= :from and observed_at <= :to and not (quality = 'implied' and capture_id is not null)
                    returning\s""" + COLUMNS + "), voided as (insert into observation_superseded (" + COLUMNS
                                + ", superseded_at, cause, note, superseded_by) select " + COLUMNS + """
                , :at, 'void', :note, :by from deleted returning observed_at)
                select observed_at from voided order by observed_at
                """,
                        Instant.class)
                .setParameter("id", indicatorId)
                .setParameter("from", from)
                .setParameter("to", to)
                .setParameter("at", at)
                .setParameter("note", note)
                .setParameter("by", by)
                .getResultList();
    }

    /**
     * Restores the most recently voided observation of each instant of a range where no other one took its place.
     *
     * @return their instants, oldest first
     */
    @Transactional(MANDATORY)
    List<Instant> restoreBetween(int indicatorId, Instant from, Instant to) {
        session.createNativeMutationQuery("""
                delete from observation o
                where o.indicator_id = :id and o.observed_at >= :from and o.observed_at <= :to and o.quality = 'implied' and o.capture_id is not null
                  and exists (select from observation_superseded v where v.indicator_id = o.indicator_id and v.observed_at = o.observed_at and v.cause = 'void')
                """)
                .setParameter("id", indicatorId)
                .setParameter("from", from)
                .setParameter("to", to)
                .executeUpdate();
        return session.createNativeQuery(
                        """
                with last as (
                    select indicator_id, observed_at, max(superseded_at) as superseded_at from observation_superseded
                    where indicator_id = :id and observed_at >= :from and observed_at <= :to and cause = 'void'
                    group by indicator_id, observed_at),
                restored as (
                    delete from observation_superseded v
                    where v.indicator_id = :id and v.observed_at >= :from and v.observed_at <= :to and v.cause = 'void'
                      and v.superseded_at = (select l.superseded_at from last l where l.observed_at = v.observed_at)
                      and not exists (select from observation o where o.indicator_id = v.indicator_id and o.observed_at = v.observed_at)
                    returning\s""" + COLUMNS + "), inserted as (insert into observation (" + COLUMNS + ") select " + COLUMNS
                                + """
                 from restored returning observed_at)
                select observed_at from inserted order by observed_at
                """,
                        Instant.class)
                .setParameter("id", indicatorId)
                .setParameter("from", from)
                .setParameter("to", to)
                .getResultList();
    }

    /** The number of observations and voided ones in a range, both ends included, but not above a limit. */
    long countBetween(String table, int indicatorId, Instant from, Instant to, int most) {
        return session.createNativeQuery(
                        "select count(*) from (select from " + table
                                + " where indicator_id = :id and observed_at >= :from and observed_at <= :to limit :most) o",
                        Long.class)
                .setParameter("id", indicatorId)
                .setParameter("from", from)
                .setParameter("to", to)
                .setParameter("most", most)
                .getSingleResult();
    }

    private record SupersededRow(
            Instant supersededAt,
            String cause,
            String note,
            String supersededBy,
            int indicatorId,
            Instant observedAt,
            BigDecimal value,
            BigDecimal change,
            BigDecimal changePercent,
            BigDecimal previousClose,
            String quality,
            String reason,
            LocalDate tradingDay,
            UUID captureId,
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            Integer importId)
            implements ObservationColumns {}

    private NativeQuery<SupersededRow> query(String condition) {
        return session.createNativeQuery(
                "select superseded_at, cause, note, superseded_by, " + COLUMNS + " from observation_superseded where "
                        + condition,
                SupersededRow.class);
    }

    private static List<SupersededObservation> list(Query<SupersededRow> query) {
        return query.getResultList().stream()
                .map(row -> new SupersededObservation(
                        row.toObservation(),
                        row.supersededAt,
                        Word.of(Cause.class, row.cause),
                        row.note,
                        row.supersededBy))
                .toList();
    }
}
