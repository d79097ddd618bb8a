package id.detak.series;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/**
 * Finds the observations at which the level changed, where calculations start over. They are few and have a partial
 * index.
 */
@ApplicationScoped
public class LevelChanges {

    private final Session session;
    private final SeriesVersions versions;

    LevelChanges(Session session, SeriesVersions versions) {
        this.session = session;
        this.versions = versions;
    }

    /** @param tradingDay the first day whose bar is on the new level; the bar leaves out earlier values */
    public record LevelChange(int indicatorId, Instant observedAt, LocalDate tradingDay) {}

    /** The last level change of an indicator. */
    public Optional<LevelChange> last(int indicatorId) {
        return last(indicatorId, Observations.LATER_THAN_ALL);
    }

    /** The last level change at or before an instant. */
    Optional<LevelChange> last(int indicatorId, Instant until) {
        return session.createNativeQuery("""
                select indicator_id, observed_at, trading_day from observation
                where indicator_id = :id and reason = 'level-changed' and observed_at <= :until order by observed_at desc limit 1
                """, LevelChange.class)
                .setParameter("id", indicatorId)
                .setParameter("until", until)
                .uniqueResultOptional();
    }

    /** Whether the level changed after an instant, so that the bar of a week or month may leave out earlier values. */
    boolean isAfter(int indicatorId, Instant instant) {
        return last(indicatorId)
                .filter(change -> change.observedAt().isAfter(instant))
                .isPresent();
    }

    /** The last level change of each indicator that has one, by one index lookup for each. */
    List<LevelChange> lastOfAll() {
        if (!versions.hasAnyLevelChanges()) {
            return List.of();
        }
        return session.createNativeQuery("""
                select o.* from series s
                cross join lateral (select indicator_id, observed_at, trading_day from observation
                                    where indicator_id = s.indicator_id and reason = 'level-changed' order by observed_at desc limit 1) o
                """, LevelChange.class).getResultList();
    }

    /** The level changes of an indicator, oldest first. */
    List<LevelChange> of(int indicatorId) {
        return session.createNativeQuery("""
                select indicator_id, observed_at, trading_day from observation
                where indicator_id = :id and reason = 'level-changed' order by observed_at
                """, LevelChange.class)
                .setParameter("id", indicatorId)
                .getResultList();
    }
}
