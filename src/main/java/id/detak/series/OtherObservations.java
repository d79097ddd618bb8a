package id.detak.series;

import static id.detak.series.Observations.PAGE_COLUMNS;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.hibernate.query.Query;

/** The table {@code other_observation}: numbers of sources that do not lead. No series, bar or rule uses them. */
@ApplicationScoped
public class OtherObservations {

    private final Session session;

    OtherObservations(Session session) {
        this.session = session;
    }

    /** An observation of a source that does not lead. */
    public record Other(String source, Observation observation) {}

    @Transactional(MANDATORY)
    void insert(String source, Observation o) {
        session.createNativeMutationQuery("""
                insert into other_observation (indicator_id, source, observed_at, value, change, change_percent, previous_close, quality, reason, trading_day, capture_id)
                values (:id, :source, :at, :value, :change, :changePercent, :previousClose, :quality, :reason, :tradingDay, :capture)
                on conflict do nothing
                """)
                .setParameter("id", o.indicatorId())
                .setParameter("source", source)
                .setParameter("at", o.observedAt())
                .setParameter("value", o.value(), BigDecimal.class)
                .setParameter("change", o.change(), BigDecimal.class)
                .setParameter("changePercent", o.changePercent(), BigDecimal.class)
                .setParameter("previousClose", o.previousClose(), BigDecimal.class)
                .setParameter("quality", o.qualityWord())
                .setParameter("reason", o.reason() == null ? null : o.reason().word(), String.class)
                .setParameter("tradingDay", o.tradingDay())
                .setParameter("capture", o.captureId())
                .executeUpdate();
    }

    /**
     * Replaces the polled numbers of a series in a time range, end excluded, with those of one source.
     *
     * @return whether the series has changed
     */
    @Transactional(MANDATORY)
    boolean replaceWith(int indicatorId, String source, Instant from, Instant to) {
        int out = session.createNativeMutationQuery(
                        """
                with moved as (
                    delete from observation o using capture c
                    where o.indicator_id = :id and o.observed_at >= :from and o.observed_at < :to and o.quality <> 'implied'
                      and c.id = o.capture_id and c.via = 'poll' and c.source <> :source
                    returning c.source, o.*)
                insert into other_observation (source,\s""" + PAGE_COLUMNS + ") select source, " + PAGE_COLUMNS + " from moved on conflict do nothing")
                .setParameter("id", indicatorId)
                .setParameter("from", from)
                .setParameter("to", to)
                .setParameter("source", source)
                .executeUpdate();
        int in = session.createNativeMutationQuery(
                        "insert into observation (" + PAGE_COLUMNS + ") select " + PAGE_COLUMNS + """
                 from other_observation where indicator_id = :id and source = :source and observed_at >= :from and observed_at < :to
                on conflict (indicator_id, observed_at) do nothing
                """)
                .setParameter("id", indicatorId)
                .setParameter("from", from)
                .setParameter("to", to)
                .setParameter("source", source)
                .executeUpdate();
        session.createNativeMutationQuery("""
                delete from other_observation x using observation o
                where x.indicator_id = :id and x.source = :source and x.observed_at >= :from and x.observed_at < :to
                  and o.indicator_id = x.indicator_id and o.observed_at = x.observed_at and o.capture_id = x.capture_id
                """)
                .setParameter("id", indicatorId)
                .setParameter("from", from)
                .setParameter("to", to)
                .setParameter("source", source)
                .executeUpdate();
        return out + in > 0;
    }

    /** The polled sources of the numbers of a series in a time range, end excluded. */
    List<String> sourcesBetween(int indicatorId, Instant from, Instant to) {
        return session.createNativeQuery("select distinct c.source " + POLLED + """
                 and o.observed_at >= :from and o.observed_at < :to order by c.source
                """, String.class)
                .setParameter("id", indicatorId)
                .setParameter("from", from)
                .setParameter("to", to)
                .getResultList();
    }

    /** The polled source of the last number of a series before an instant. */
    Optional<String> lastSource(int indicatorId, Instant before) {
        return session.createNativeQuery(
                        "select c.source " + POLLED
                                + " and o.observed_at < :before order by o.observed_at desc limit 1",
                        String.class)
                .setParameter("id", indicatorId)
                .setParameter("before", before)
                .uniqueResultOptional();
    }

    /** The time of the next polled number of a series, or null. */
    Instant nextPolled(int indicatorId, Instant from) {
        return session.createNativeQuery(
                        "select o.observed_at " + POLLED + " and o.observed_at >= :from order by o.observed_at limit 1",
                        Instant.class)
                .setParameter("id", indicatorId)
                .setParameter("from", from)
                .uniqueResult();
    }

    boolean isPolledSince(int indicatorId, Instant from) {
        return nextPolled(indicatorId, from) != null;
    }

    private static final String POLLED = """
            from observation o join capture c on c.id = o.capture_id
            where o.indicator_id = :id and o.quality <> 'implied' and c.via = 'poll'""";

    /** The observations of a range, both ends included, newest first. */
    List<Other> between(int indicatorId, Instant from, Instant to, int most) {
        return list(query(
                        "where indicator_id = :id and observed_at >= :from and observed_at <= :to order by observed_at desc, source limit :most")
                .setParameter("id", indicatorId)
                .setParameter("from", from)
                .setParameter("to", to)
                .setParameter("most", most));
    }

    /** A source that shows an indicator. */
    record Shown(int indicatorId, String source) {}

    /** The newest observation of each of these since an instant, where there is one. */
    List<Other> newest(List<Shown> shown, Instant since) {
        return list(session.createNativeQuery("select source, " + PAGE_COLUMNS + """
                 from (select o.*, w.n from unnest(cast(:ids as integer[]), cast(:sources as text[])) with ordinality w(id, name, n)
                       join series s on s.indicator_id = w.id
                       cross join lateral (select * from other_observation
                                           where indicator_id = s.indicator_id and source = w.name and observed_at >= :since
                                           order by observed_at desc limit 1) o) o
                order by n
                """, OtherRow.class)
                .setParameter("ids", TextArrays.of(shown, Shown::indicatorId))
                .setParameter("sources", TextArrays.of(shown, Shown::source))
                .setParameter("since", since));
    }

    /** The observations of a capture, ordered by indicator. */
    public List<Other> of(UUID captureId, Instant observedAt) {
        return list(query(
                        "where indicator_id in (select id from indicator) and observed_at = :at and capture_id = :capture order by indicator_id")
                .setParameter("at", observedAt)
                .setParameter("capture", captureId));
    }

    private record OtherRow(
            String source,
            int indicatorId,
            Instant observedAt,
            BigDecimal value,
            BigDecimal change,
            BigDecimal changePercent,
            BigDecimal previousClose,
            String quality,
            String reason,
            LocalDate tradingDay,
            UUID captureId)
            implements ObservationColumns {}

    private NativeQuery<OtherRow> query(String condition) {
        return session.createNativeQuery(
                "select source, " + PAGE_COLUMNS + " from other_observation " + condition, OtherRow.class);
    }

    private static List<Other> list(Query<OtherRow> query) {
        return query.getResultList().stream()
                .map(row -> new Other(row.source, row.toObservation()))
                .toList();
    }
}
