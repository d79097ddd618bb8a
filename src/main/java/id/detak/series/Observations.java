package id.detak.series;

import id.detak.series.ImpliedCloses.Difference;
import id.detak.strip.Quality;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.hibernate.Session;

/** The tables {@code observation}, {@code observation_conflict} and {@code close_difference}. Every query goes by the keys, which begin with indicator_id. */
@ApplicationScoped
public class Observations {

    private static final String COLUMNS = "indicator_id, observed_at, value, change, change_percent, previous_close, quality, reason, trading_day, capture_id";

    static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);
    private static final Instant LATER_THAN_ALL = Instant.parse("9999-12-31T00:00:00Z");
    /** Mostly a day or two are wanted. */
    private static final int FIRST_PAGE = 500;
    private static final int PAGE = 20_000;

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
                left join observation o on o.indicator_id = c.indicator_id and o.observed_at = c.observed_at
                where c.capture_id = :capture order by i.id
                """, Object[].class).setParameter("capture", captureId).getResultList();
        return rows.stream().map(Object[].class::cast)
                .map(row -> new Conflict((String) row[0], (BigDecimal) row[1], (BigDecimal) row[2], (BigDecimal) row[3], (UUID) row[4])).toList();
    }

    /** @param standing the capture whose number stands, or null */
    public record Conflict(String code, BigDecimal value, BigDecimal change, BigDecimal changePercent, UUID standing) {
    }

    private static org.hibernate.query.Query<?> bindNumbers(Query query, Observation o) {
        return query.unwrap(org.hibernate.query.Query.class)
                .setParameter("indicatorId", o.indicatorId()).setParameter("observedAt", o.observedAt())
                .setParameter("value", o.value(), BigDecimal.class).setParameter("change", o.change(), BigDecimal.class)
                .setParameter("changePercent", o.changePercent(), BigDecimal.class).setParameter("captureId", o.captureId(), UUID.class);
    }

    void delete(Observation o) {
        em.createNativeQuery("delete from observation where indicator_id = :id and observed_at = :at").setParameter("id", o.indicatorId())
                .setParameter("at", o.observedAt()).executeUpdate();
    }

    /** Gives an observation the quality that it has been judged to have. */
    void judge(Observation o) {
        em.createNativeQuery("update observation set quality = :quality, reason = :reason, previous_close = :previousClose where indicator_id = :id and observed_at = :at")
                .unwrap(org.hibernate.query.Query.class).setParameter("quality", word(o.quality())).setParameter("reason", o.reason() == null ? null : o.reason().word(), String.class)
                .setParameter("previousClose", o.previousClose(), BigDecimal.class).setParameter("id", o.indicatorId()).setParameter("at", o.observedAt()).executeUpdate();
    }

    /** Gives observations the trading day that they belong to. */
    void move(int indicatorId, Map<Instant, LocalDate> days) {
        if (days.isEmpty()) {
            return;
        }
        em.createNativeQuery("""
                update observation o set trading_day = m.day
                from unnest(cast(:instants as timestamptz[]), cast(:days as date[])) m(at, day)
                where o.indicator_id = :id and o.observed_at = m.at
                """).setParameter("id", indicatorId).setParameter("instants", days.keySet().stream().map(Instant::toString).toArray(String[]::new))
                .setParameter("days", days.values().stream().map(LocalDate::toString).toArray(String[]::new)).executeUpdate();
    }

    void insertDifference(Difference difference) {
        em.createNativeQuery("""
                insert into close_difference (indicator_id, trading_day, stated, tolerance, observed_at, capture_id)
                values (:id, :day, :stated, :tolerance, :at, :capture)
                on conflict do nothing
                """).setParameter("id", difference.statement().indicatorId()).setParameter("day", difference.tradingDay()).setParameter("stated", difference.stated())
                .setParameter("tolerance", difference.tolerance()).setParameter("at", difference.observedAt()).setParameter("capture", difference.captureId()).executeUpdate();
    }

    void deleteDifferences(int indicatorId, LocalDate from, LocalDate to) {
        em.createNativeQuery("delete from close_difference where indicator_id = :id and trading_day >= :from and trading_day <= :to")
                .setParameter("id", indicatorId).setParameter("from", from).setParameter("to", to).executeUpdate();
    }

    Optional<Observation> at(int indicatorId, Instant instant) {
        return one("where indicator_id = :id and observed_at = :at", indicatorId, instant);
    }

    /** Of all indicators. */
    List<Observation> at(Collection<Instant> instants) {
        return list(em.createNativeQuery(String.format(Locale.ROOT, """
                select %s
                from indicator i
                cross join unnest(cast(:instants as timestamptz[])) t(at)
                join observation o on o.indicator_id = i.id and o.observed_at = t.at
                """, COLUMNS), Object[].class).setParameter("instants", instants.stream().map(Instant::toString).toArray(String[]::new)));
    }

    public Optional<Observation> lastTrusted(int indicatorId) {
        return lastTrustedBefore(indicatorId, LATER_THAN_ALL);
    }

    public Optional<Observation> lastTrustedBefore(int indicatorId, Instant instant) {
        return one("where indicator_id = :id and observed_at < :at and quality in ('ok', 'unchecked') order by observed_at desc limit 1", indicatorId, instant);
    }

    /**
     * What stands around an instant and at it; each may be null.
     *
     * @param lastSeen suspect ones too
     * @param last implied ones too
     * @param next implied ones too
     * @param superseded what stood at it and counts no more
     */
    record Neighbours(Observation lastTrusted, Observation lastSeen, Observation last, Observation at, Observation next, List<Observation> superseded) {
    }

    /** One question in place of six: it is asked for each quote that comes in. */
    Neighbours around(int indicatorId, Instant instant) {
        List<?> rows = em.createNativeQuery(String.format(Locale.ROOT, """
                (select 0, %1$s from observation where indicator_id = :id and observed_at < :at and quality in ('ok', 'unchecked') order by observed_at desc limit 1)
                union all
                (select 1, %1$s from observation where indicator_id = :id and observed_at < :at and quality <> 'implied' order by observed_at desc limit 1)
                union all
                (select 2, %1$s from observation where indicator_id = :id and observed_at < :at order by observed_at desc limit 1)
                union all
                (select 3, %1$s from observation where indicator_id = :id and observed_at = :at)
                union all
                (select 4, %1$s from observation where indicator_id = :id and observed_at > :at order by observed_at limit 1)
                union all
                (select 5, %1$s from observation_superseded where indicator_id = :id and observed_at = :at)
                """, COLUMNS), Object[].class).setParameter("id", indicatorId).setParameter("at", instant).getResultList();
        Observation[] found = new Observation[5];
        List<Observation> superseded = new ArrayList<>(0);
        for (Object element : rows) {
            Object[] row = (Object[]) element;
            int place = ((Number) row[0]).intValue();
            Observation observation = observation(Arrays.copyOfRange(row, 1, row.length));
            if (place < found.length) {
                found[place] = observation;
            } else {
                superseded.add(observation);
            }
        }
        return new Neighbours(found[0], found[1], found[2], found[3], found[4], superseded);
    }

    /**
     * Reads a series from an instant on, in the order of time and a page at a time, so that it may be stopped early and memory
     * does not grow.
     *
     * @param reader says whether to read on
     */
    public void forEachFrom(int indicatorId, Instant from, Predicate<Observation> reader) {
        em.unwrap(Session.class).doWork(connection -> {
            Instant next = from;
            for (int limit = FIRST_PAGE; next != null; limit = PAGE) {
                next = readPage(connection, indicatorId, next, limit, reader);
            }
        });
    }

    /** @return where the next page begins, or null where there is none */
    private static Instant readPage(Connection connection, int indicatorId, Instant from, int limit, Predicate<Observation> reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select " + COLUMNS + " from observation where indicator_id = ? and observed_at >= ? order by observed_at limit ?")) {
            statement.setInt(1, indicatorId);
            statement.setObject(2, from.atOffset(ZoneOffset.UTC));
            statement.setInt(3, limit);
            try (ResultSet rows = statement.executeQuery()) {
                Observation last = null;
                int count = 0;
                while (rows.next()) {
                    last = observation(rows);
                    count++;
                    if (!reader.test(last)) {
                        return null;
                    }
                }
                return count < limit ? null : last.observedAt().plus(1, ChronoUnit.MICROS);
            }
        }
    }

    private static Observation observation(ResultSet row) throws SQLException {
        String reason = row.getString(8);
        return new Observation(row.getInt(1), row.getObject(2, OffsetDateTime.class).toInstant(), row.getBigDecimal(3), row.getBigDecimal(4), row.getBigDecimal(5),
                row.getBigDecimal(6), quality(row.getString(7)), reason == null ? null : SuspectReason.of(reason), row.getObject(9, LocalDate.class), row.getObject(10, UUID.class));
    }

    private Optional<Observation> one(String condition, int indicatorId, Instant instant) {
        List<?> rows = em.createNativeQuery("select " + COLUMNS + " from observation " + condition, Object[].class)
                .setParameter("id", indicatorId).setParameter("at", instant).getResultList();
        return rows.stream().findFirst().map(Object[].class::cast).map(Observations::observation);
    }

    /** What a capture brought of one indicator. */
    Optional<Observation> of(int indicatorId, UUID captureId) {
        return list(em.createNativeQuery(String.format(Locale.ROOT, """
                select %s from observation
                where indicator_id = :id and observed_at = (select observed_at from capture where id = :capture) and capture_id = :capture
                """, COLUMNS), Object[].class).setParameter("id", indicatorId).setParameter("capture", captureId)).stream().findFirst();
    }

    /** The newest first, suspect and implied ones too. */
    public List<Observation> between(int indicatorId, Instant from, Instant to, int most) {
        return list(em.createNativeQuery("select " + COLUMNS + " from observation where indicator_id = :id and observed_at >= :from and observed_at <= :to order by observed_at desc limit :most", Object[].class)
                .setParameter("id", indicatorId).setParameter("from", from).setParameter("to", to).setParameter("most", most));
    }

    /** The newest observation of each indicator that has one: one look into the key's index for each. */
    public List<Observation> latest() {
        return list(em.createNativeQuery(String.format(Locale.ROOT, """
                select %s
                from indicator i
                cross join lateral (select * from observation where indicator_id = i.id and quality <> 'implied' order by observed_at desc limit 1) o
                order by i.id
                """, COLUMNS), Object[].class));
    }

    /** The newest trusted observation of each indicator that has one: one look into the key's index for each. */
    public List<Observation> latestTrusted() {
        return list(em.createNativeQuery(String.format(Locale.ROOT, """
                select %s
                from indicator i
                cross join lateral (select * from observation where indicator_id = i.id and quality in ('ok', 'unchecked') order by observed_at desc limit 1) o
                """, COLUMNS), Object[].class));
    }

    /** What a capture brought, in the order of the indicators. */
    public List<Observation> of(UUID captureId, Instant observedAt) {
        return list(em.createNativeQuery(String.format(Locale.ROOT, """
                select %s
                from indicator i
                join observation o on o.indicator_id = i.id and o.observed_at = :at and o.capture_id = :capture
                order by i.id
                """, COLUMNS), Object[].class).setParameter("at", observedAt).setParameter("capture", captureId));
    }

    /**
     * The trusted observations that stood at evenly spaced moments of the {@code span} before an indicator's newest one, oldest
     * first: one look into the key's index for each, however much is stored in between.
     */
    public List<Observation> sampled(int indicatorId, Instant newest, Duration span, int samples) {
        return list(em.createNativeQuery(String.format(Locale.ROOT, """
                select %s
                from generate_series(1, :samples) n
                cross join lateral (select * from observation
                                    where indicator_id = :id and quality in ('ok', 'unchecked')
                                      and observed_at <= cast(:newest as timestamptz) - make_interval(secs => :span * (:samples - n) / :samples)
                                    order by observed_at desc limit 1) o
                order by n
                """, COLUMNS), Object[].class).setParameter("id", indicatorId).setParameter("newest", newest).setParameter("span", (double) span.toSeconds())
                .setParameter("samples", samples));
    }

    private static List<Observation> list(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().map(Object[].class::cast).map(Observations::observation).toList();
    }

    static Observation observation(Object[] row) {
        return new Observation(((Number) row[0]).intValue(), (Instant) row[1], (BigDecimal) row[2], (BigDecimal) row[3], (BigDecimal) row[4],
                (BigDecimal) row[5], quality((String) row[6]),
                row[7] == null ? null : SuspectReason.of((String) row[7]), day(row[8]), (UUID) row[9]);
    }

    static LocalDate day(Object column) {
        return column instanceof java.sql.Date date ? date.toLocalDate() : (LocalDate) column;
    }

    private static Quality quality(String word) {
        return switch (word) {
            case "ok" -> Quality.OK;
            case "unchecked" -> Quality.UNCHECKED;
            case "suspect" -> Quality.SUSPECT;
            case "implied" -> Quality.IMPLIED;
            default -> throw new IllegalStateException("no quality: " + word);
        };
    }

    static String word(Quality quality) {
        return switch (quality) {
            case OK -> "ok";
            case UNCHECKED -> "unchecked";
            case SUSPECT -> "suspect";
            case IMPLIED -> "implied";
        };
    }
}
