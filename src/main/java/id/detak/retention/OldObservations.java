package id.detak.retention;

import id.detak.platform.Wib;
import id.detak.series.Observation;
import id.detak.series.Observations;
import id.detak.series.SeriesVersions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/**
 * Deletes single observations and keeps their bars. The first day that stays complete is stored before the rows are
 * deleted, so that no bar is computed from only some of its observations.
 */
@ApplicationScoped
class OldObservations implements CleanupTask {

    private final RetentionSettings keeping;
    private final EntityManager em;
    private final Observations observations;
    private final SeriesVersions versions;

    OldObservations(RetentionSettings keeping, EntityManager em, Observations observations, SeriesVersions versions) {
        this.keeping = keeping;
        this.em = em;
        this.observations = observations;
        this.versions = versions;
    }

    @Override
    public String name() {
        return "observations";
    }

    @Override
    public boolean isEnabled() {
        return keeping.observationsFrom().isPresent();
    }

    @Override
    public boolean deleteBatch() {
        LocalDate from = keeping.observationsFrom().orElseThrow();
        List<Integer> series = QuarkusTransaction.requiringNew().call(() -> em.unwrap(Session.class)
                .createNativeQuery("select indicator_id from series order by indicator_id", Integer.class)
                .getResultList());
        boolean more = false;
        for (int id : series) {
            QuarkusTransaction.requiringNew().run(() -> prune(id, from));
            more |= QuarkusTransaction.requiringNew().call(() -> delete(id)) == BATCH;
            more |= QuarkusTransaction.requiringNew().call(() -> deleteOther(id, from)) == BATCH;
        }
        return more;
    }

    /**
     * Stores the first day that keeps its observations. A series that ended long ago keeps its last month and the month
     * before it.
     */
    private void prune(int id, LocalDate from) {
        Optional<LocalDate> own = observations
                .lastTrusted(id)
                .map(Observation::tradingDay)
                .map(day -> day.withDayOfMonth(1).minusMonths(1));
        LocalDate day = own.filter(from::isAfter).orElse(from);
        boolean reachesBack = em.createNativeQuery("""
                select 1 from series
                where indicator_id = :id and (pruned_before is null or pruned_before < :day)
                  and exists (select from observation where indicator_id = :id and observed_at < :from)
                """)
                        .setParameter("id", id)
                        .setParameter("day", day)
                        .setParameter("from", Wib.midnight(day))
                        .getResultList()
                        .size()
                == 1;
        if (own.isPresent() && reachesBack) {
            versions.write(List.of(id));
            em.createNativeQuery("update series set pruned_before = :day where indicator_id = :id")
                    .setParameter("day", day)
                    .setParameter("id", id)
                    .executeUpdate();
        }
    }

    /** Deletes observations of sources that do not lead. */
    private int deleteOther(int id, LocalDate from) {
        return em.createNativeQuery("""
                delete from other_observation where indicator_id = :id and (source, observed_at) in (
                    select source, observed_at from other_observation where indicator_id = :id and observed_at < :from
                    order by observed_at limit :most)
                """)
                .setParameter("id", id)
                .setParameter("from", Wib.midnight(from))
                .setParameter("most", BATCH)
                .executeUpdate();
    }

    /**
     * Keeps the last trusted observation (the next one is compared with it), observations with a conflict, and those at
     * which the level changed, since calculations on the remaining bars start over there.
     */
    private int delete(int id) {
        return em.createNativeQuery("""
                delete from observation where indicator_id = :id and observed_at in (
                    select o.observed_at from observation o
                    where o.indicator_id = :id and o.observed_at < :from
                      and o.observed_at is distinct from (select max(b.observed_at) from observation b
                                                          where b.indicator_id = :id and b.observed_at < :from and b.quality in ('ok', 'unchecked'))
                      and o.reason is distinct from 'level-changed'
                      and not exists (select from observation_conflict c where c.indicator_id = :id and c.observed_at = o.observed_at)
                    order by o.observed_at limit :most)
                """)
                .setParameter("id", id)
                .setParameter("from", versions.keptFrom(id))
                .setParameter("most", BATCH)
                .executeUpdate();
    }
}
