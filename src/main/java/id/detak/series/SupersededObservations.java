package id.detak.series;

import id.detak.series.SupersededObservation.Cause;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.query.NativeQuery;

/** The table {@code observation_superseded}. Call within a transaction. */
@ApplicationScoped
public class SupersededObservations {

    private static final String NUMBERS = "indicator_id, observed_at, value, change, change_percent, previous_close, quality, reason, trading_day, capture_id";

    private final EntityManager em;

    SupersededObservations(EntityManager em) {
        this.em = em;
    }

    /** Of one indicator, both ends within, the newest first. */
    public List<SupersededObservation> between(int indicatorId, Instant from, Instant to, int most) {
        return select("where indicator_id = :id and observed_at >= :from and observed_at <= :to order by observed_at desc, superseded_at desc limit :most")
                .setParameter("id", indicatorId).setParameter("from", from).setParameter("to", to).setParameter("most", most).getResultList().stream().map(SupersededObservations::superseded).toList();
    }

    /** What a hand voided of that moment last. */
    public Optional<SupersededObservation> voidedAt(int indicatorId, Instant instant) {
        return between(indicatorId, instant, instant, 100).stream().filter(SupersededObservation::isVoided).findFirst();
    }

    /** What a capture had brought. */
    public List<SupersededObservation> of(UUID captureId, Instant observedAt) {
        return select("where indicator_id in (select id from indicator) and observed_at = :at and capture_id = :capture order by indicator_id, superseded_at")
                .setParameter("at", observedAt).setParameter("capture", captureId).getResultList().stream().map(SupersededObservations::superseded).toList();
    }

    /** Of all indicators. */
    List<SupersededObservation> at(Collection<Instant> instants) {
        return select("where indicator_id in (select id from indicator) and observed_at = any(cast(:instants as timestamptz[]))")
                .setParameter("instants", instants.stream().map(Instant::toString).toArray(String[]::new)).getResultList().stream().map(SupersededObservations::superseded).toList();
    }

    boolean isEmpty(int indicatorId, Instant from, Instant to) {
        return between(indicatorId, from, to, 1).isEmpty();
    }

    /** It counts no more from now on. */
    void add(SupersededObservation old) {
        Observation o = old.observation();
        em.createNativeQuery(String.format(Locale.ROOT, """
                with gone as (delete from observation where indicator_id = :id and observed_at = :observedAt returning %1$s)
                insert into observation_superseded (%1$s, superseded_at, cause, note, superseded_by)
                select %1$s, :at, :cause, :note, :by from gone
                """, NUMBERS)).unwrap(NativeQuery.class)
                .setParameter("id", o.indicatorId()).setParameter("observedAt", o.observedAt()).setParameter("at", old.at()).setParameter("cause", old.cause().word())
                .setParameter("note", old.note(), String.class).setParameter("by", old.by(), String.class).executeUpdate();
    }

    /** It counts again. */
    void takeBack(SupersededObservation old) {
        Observation o = old.observation();
        em.createNativeQuery(String.format(Locale.ROOT, """
                with back as (delete from observation_superseded where indicator_id = :id and observed_at = :observedAt and superseded_at = :at returning %1$s)
                insert into observation (%1$s) select %1$s from back
                """, NUMBERS)).setParameter("id", o.indicatorId()).setParameter("observedAt", o.observedAt()).setParameter("at", old.at()).executeUpdate();
    }

    private NativeQuery<Object[]> select(String condition) {
        return em.createNativeQuery("select " + NUMBERS + ", superseded_at, cause, note, superseded_by from observation_superseded " + condition, Object[].class)
                .unwrap(NativeQuery.class);
    }

    private static SupersededObservation superseded(Object[] row) {
        return new SupersededObservation(Observations.observation(Arrays.copyOf(row, 10)), (Instant) row[10], Cause.of((String) row[11]), (String) row[12], (String) row[13]);
    }
}
