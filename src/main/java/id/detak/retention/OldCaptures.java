package id.detak.retention;

import id.detak.platform.Wib;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;

/**
 * Deletes captures without quotes, and those whose observations are deleted. Keeps the newest good one of each source.
 */
@ApplicationScoped
class OldCaptures implements CleanupTask {

    private static final Instant NEVER = Instant.EPOCH;

    private final RetentionSettings keeping;
    private final EntityManager em;

    OldCaptures(RetentionSettings keeping, EntityManager em) {
        this.keeping = keeping;
        this.em = em;
    }

    @Override
    public String name() {
        return "captures";
    }

    @Override
    public boolean isEnabled() {
        return keeping.pagesFrom().isPresent() || keeping.observationsFrom().isPresent();
    }

    /**
     * If several captures have the same page without a strip, the first one stores it, so it stays while one of them
     * must be kept.
     */
    @Override
    public boolean deleteBatch() {
        return QuarkusTransaction.requiringNew().call(() -> em.createNativeQuery("""
                delete from capture where id in (
                    select c.id from capture c
                    where (c.outcome in ('ok', 'unchanged') and c.observed_at < :withQuotes or c.outcome not in ('ok', 'unchanged') and c.observed_at < :without)
                      and not exists (select from indicator i join observation o on o.indicator_id = i.id and o.observed_at = c.observed_at where o.capture_id = c.id)
                      and not exists (select from indicator i join other_observation o on o.indicator_id = i.id and o.observed_at = c.observed_at where o.capture_id = c.id)
                      and not exists (select from observation_conflict x where x.capture_id = c.id)
                      and not exists (select from observation_superseded u where u.capture_id = c.id)
                      and not exists (select from close_difference d where d.capture_id = c.id)
                      and not exists (select from alert a where a.capture_id = c.id)
                      and not exists (select from alert a where a.resolved_capture_id = c.id)
                      and not exists (select from rule_transition t where t.capture_id = c.id)
                      and not exists (select from source s where s.validated = c.id)
                      and exists (select from capture n where n.source = c.source and n.observed_at > c.observed_at and (n.outcome in ('ok', 'unchanged') or c.outcome not in ('ok', 'unchanged')))
                      and not (c.page is not null and exists (select from capture n where n.source = c.source and n.content_hash = c.content_hash and n.observed_at >= :without))
                    limit :most)
                """)
                        .setParameter(
                                "withQuotes",
                                keeping.observationsFrom().map(Wib::midnight).orElse(NEVER))
                        .setParameter("without", keeping.pagesFrom().orElse(NEVER))
                        .setParameter("most", BATCH)
                        .executeUpdate())
                == BATCH;
    }
}
