package id.detak.series;

import id.detak.strip.Quality;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The table {@code observation}. Every query goes by its key (indicator_id, observed_at). */
@ApplicationScoped
public class Observations {

    private static final String COLUMNS = "indicator_id, observed_at, value, change, change_percent, previous_close, quality, reason, trading_day, capture_id";

    private final EntityManager em;

    Observations(EntityManager em) {
        this.em = em;
    }

    /** @return false where the key is taken; then nothing changes */
    boolean insert(Observation o) {
        return bindNumbers(em.createNativeQuery("""
                insert into observation (indicator_id, observed_at, value, change, change_percent, previous_close, quality, reason, trading_day, capture_id)
                values (:indicatorId, :observedAt, :value, :change, :changePercent, :previousClose, :quality, :reason, :tradingDay, :captureId)
                on conflict (indicator_id, observed_at) do nothing
                """), o)
                .setParameter("previousClose", o.previousClose(), BigDecimal.class).setParameter("quality", word(o.quality())).setParameter("reason", o.reason() == null ? null : o.reason().word(), String.class)
                .setParameter("tradingDay", o.tradingDay()).executeUpdate() == 1;
    }

    /** The first stands; the other is kept beside it. */
    void insertConflict(Observation o) {
        bindNumbers(em.createNativeQuery("""
                insert into observation_conflict (indicator_id, observed_at, capture_id, value, change, change_percent)
                values (:indicatorId, :observedAt, :captureId, :value, :change, :changePercent)
                on conflict do nothing
                """), o).executeUpdate();
    }

    /** What a capture said otherwise than what stands. */
    public List<Conflict> conflictsOf(UUID captureId) {
        List<?> rows = em.createNativeQuery("""
                select i.code, c.value, c.change, c.change_percent, o.capture_id
                from observation_conflict c
                join indicator i on i.id = c.indicator_id
                join observation o on o.indicator_id = c.indicator_id and o.observed_at = c.observed_at
                where c.capture_id = :capture order by i.id
                """, Object[].class).setParameter("capture", captureId).getResultList();
        return rows.stream().map(Object[].class::cast)
                .map(row -> new Conflict((String) row[0], (BigDecimal) row[1], (BigDecimal) row[2], (BigDecimal) row[3], (UUID) row[4])).toList();
    }

    /** @param standing the capture whose number stands */
    public record Conflict(String code, BigDecimal value, BigDecimal change, BigDecimal changePercent, UUID standing) {
    }

    private static org.hibernate.query.Query<?> bindNumbers(Query query, Observation o) {
        return query.unwrap(org.hibernate.query.Query.class)
                .setParameter("indicatorId", o.indicatorId()).setParameter("observedAt", o.observedAt())
                .setParameter("value", o.value(), BigDecimal.class).setParameter("change", o.change(), BigDecimal.class)
                .setParameter("changePercent", o.changePercent(), BigDecimal.class).setParameter("captureId", o.captureId(), UUID.class);
    }

    Optional<Observation> at(int indicatorId, Instant instant) {
        return one("where indicator_id = :id and observed_at = :at", indicatorId, instant);
    }

    Optional<Observation> lastBefore(int indicatorId, Instant instant) {
        return one("where indicator_id = :id and observed_at < :at order by observed_at desc limit 1", indicatorId, instant);
    }

    Optional<Observation> lastTrustedBefore(int indicatorId, Instant instant) {
        return one("where indicator_id = :id and observed_at < :at and quality <> 'suspect' order by observed_at desc limit 1", indicatorId, instant);
    }

    /** The last trusted value of a trading day, as known at the instant. */
    Optional<BigDecimal> closeOf(int indicatorId, LocalDate day, Instant instant) {
        List<?> rows = em.createNativeQuery("""
                select value from observation
                where indicator_id = :id and trading_day = :day and observed_at < :at and quality <> 'suspect' and value is not null
                order by observed_at desc limit 1
                """, BigDecimal.class).setParameter("id", indicatorId).setParameter("day", day).setParameter("at", instant).getResultList();
        return rows.stream().findFirst().map(BigDecimal.class::cast);
    }

    private Optional<Observation> one(String condition, int indicatorId, Instant instant) {
        List<?> rows = em.createNativeQuery("select " + COLUMNS + " from observation " + condition, Object[].class)
                .setParameter("id", indicatorId).setParameter("at", instant).getResultList();
        return rows.stream().findFirst().map(Object[].class::cast).map(Observations::observation);
    }

    /** The newest observation of each indicator that has one: one look into the key's index for each. */
    public List<Observation> latest() {
        return list(em.createNativeQuery("""
                select %s
                from indicator i
                cross join lateral (select * from observation where indicator_id = i.id order by observed_at desc limit 1) o
                order by i.id
                """.formatted(COLUMNS), Object[].class));
    }

    /** What a capture brought, in the order of the indicators. */
    public List<Observation> of(UUID captureId, Instant observedAt) {
        return list(em.createNativeQuery("""
                select %s
                from indicator i
                join observation o on o.indicator_id = i.id and o.observed_at = :at and o.capture_id = :capture
                order by i.id
                """.formatted(COLUMNS), Object[].class).setParameter("at", observedAt).setParameter("capture", captureId));
    }

    /**
     * The trusted observations that stood at evenly spaced moments of the {@code span} before an indicator's newest one, oldest
     * first: one look into the key's index for each, however much is stored in between.
     */
    public List<Observation> sampled(int indicatorId, Instant newest, Duration span, int samples) {
        return list(em.createNativeQuery("""
                select %s
                from generate_series(1, :samples) n
                cross join lateral (select * from observation
                                    where indicator_id = :id and quality <> 'suspect'
                                      and observed_at <= cast(:newest as timestamptz) - make_interval(secs => :span * (:samples - n) / :samples)
                                    order by observed_at desc limit 1) o
                order by n
                """.formatted(COLUMNS), Object[].class).setParameter("id", indicatorId).setParameter("newest", newest).setParameter("span", (double) span.toSeconds())
                .setParameter("samples", samples));
    }

    private static List<Observation> list(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().map(Object[].class::cast).map(Observations::observation).toList();
    }

    private static Observation observation(Object[] row) {
        return new Observation(((Number) row[0]).intValue(), (Instant) row[1], (BigDecimal) row[2], (BigDecimal) row[3], (BigDecimal) row[4],
                (BigDecimal) row[5], Quality.valueOf(((String) row[6]).toUpperCase(Locale.ROOT)),
                row[7] == null ? null : SuspectReason.of((String) row[7]), day(row[8]), (UUID) row[9]);
    }

    static LocalDate day(Object column) {
        return column instanceof java.sql.Date date ? date.toLocalDate() : (LocalDate) column;
    }

    static String word(Quality quality) {
        return quality.name().toLowerCase(Locale.ROOT);
    }
}
