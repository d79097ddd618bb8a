package id.detak.series;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.series.ImpliedCloses.Difference;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.NativeQuery;
import org.hibernate.query.Query;

/**
 * The tables {@code observation}, {@code observation_conflict} and {@code close_difference}. Every query uses an index
 * on the key, which starts with indicator_id.
 */
@ApplicationScoped
public class Observations {

    /** The columns of numbers from pages, which {@code other_observation} has, too. */
    static final String PAGE_COLUMNS =
            "indicator_id, observed_at, value, change, change_percent, previous_close, quality, reason, trading_day, capture_id";

    static final String COLUMNS = PAGE_COLUMNS + ", open, high, low, import_id";

    static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);
    static final Instant LATER_THAN_ALL = Instant.parse("9999-12-31T00:00:00Z");
    /** Most callers need a day or two. */
    private static final int FIRST_PAGE = 500;

    private static final int PAGE = 20_000;

    private final Session session;
    private final SeriesConfig config;

    Observations(Session session, SeriesConfig config) {
        this.session = session;
        this.config = config;
    }

    /** @return false if the key exists; the stored observation stays as it is */
    @Transactional(MANDATORY)
    boolean insert(Observation o) {
        return bindNumbers(session.createNativeMutationQuery("""
                insert into observation (indicator_id, observed_at, value, change, change_percent, previous_close, quality, reason, trading_day, capture_id)
                values (:indicatorId, :observedAt, :value, :change, :changePercent, :previousClose, :quality, :reason, :tradingDay, :captureId)
                on conflict (indicator_id, observed_at) do nothing
                """), o)
                        .setParameter("previousClose", o.previousClose(), BigDecimal.class)
                        .setParameter("quality", o.qualityWord())
                        .setParameter(
                                "reason", o.reason() == null ? null : o.reason().word(), String.class)
                        .setParameter("tradingDay", o.tradingDay())
                        .executeUpdate()
                == 1;
    }

    /** Stores a conflict: a different value for an existing key. The first value counts. */
    @Transactional(MANDATORY)
    void insertConflict(Observation o) {
        bindNumbers(session.createNativeMutationQuery("""
                insert into observation_conflict (indicator_id, observed_at, capture_id, value, change, change_percent)
                values (:indicatorId, :observedAt, :captureId, :value, :change, :changePercent)
                on conflict do nothing
                """), o).executeUpdate();
    }

    /** The values of a capture that differ from the stored ones. */
    public List<Conflict> conflictsOf(UUID captureId) {
        return session.createNativeQuery("""
                select i.code, c.value, c.change, c.change_percent, o.capture_id
                from observation_conflict c
                join indicator i on i.id = c.indicator_id
                left join observation o on o.indicator_id = c.indicator_id and o.observed_at = c.observed_at
                where c.capture_id = :capture order by i.id
                """, Conflict.class)
                .setParameter("capture", captureId)
                .getResultList();
    }

    /** @param standing the capture whose value counts, or null */
    public record Conflict(String code, BigDecimal value, BigDecimal change, BigDecimal changePercent, UUID standing) {}

    private static MutationQuery bindNumbers(MutationQuery query, Observation o) {
        return query.setParameter("indicatorId", o.indicatorId())
                .setParameter("observedAt", o.observedAt())
                .setParameter("value", o.value(), BigDecimal.class)
                .setParameter("change", o.change(), BigDecimal.class)
                .setParameter("changePercent", o.changePercent(), BigDecimal.class)
                .setParameter("captureId", o.captureId(), UUID.class);
    }

    @Transactional(MANDATORY)
    void delete(Observation o) {
        session.createNativeMutationQuery("delete from observation where indicator_id = :id and observed_at = :at")
                .setParameter("id", o.indicatorId())
                .setParameter("at", o.observedAt())
                .executeUpdate();
    }

    /** Updates what a {@link QualityJudge} decides, except for the trading days. */
    @Transactional(MANDATORY)
    void updateQualities(int indicatorId, List<Observation> judged) {
        for (int i = 0; i < judged.size(); i += PAGE) {
            List<Observation> page = judged.subList(i, Math.min(i + PAGE, judged.size()));
            session.createNativeMutationQuery("""
                    update observation o set quality = m.quality, reason = m.reason, previous_close = m.previous_close
                    from unnest(cast(:instants as timestamptz[]), cast(:qualities as text[]), cast(:reasons as text[]), cast(:closes as numeric[]))
                        m(at, quality, reason, previous_close)
                    where o.indicator_id = :id and o.observed_at = m.at
                    """)
                    .setParameter("id", indicatorId)
                    .setParameter("instants", column(page, o -> o.observedAt().toString()))
                    .setParameter("qualities", column(page, Observation::qualityWord))
                    .setParameter(
                            "reasons",
                            column(
                                    page,
                                    o -> o.reason() == null ? null : o.reason().word()))
                    .setParameter(
                            "closes",
                            column(
                                    page,
                                    o -> o.previousClose() == null
                                            ? null
                                            : o.previousClose().toPlainString()))
                    .executeUpdate();
        }
    }

    private static String[] column(List<Observation> observations, Function<Observation, String> column) {
        return observations.stream().map(column).toArray(String[]::new);
    }

    /** Updates the trading days of observations, by their instants. */
    @Transactional(MANDATORY)
    void updateTradingDays(int indicatorId, Map<Instant, LocalDate> days) {
        if (days.isEmpty()) {
            return;
        }
        session.createNativeMutationQuery("""
                update observation o set trading_day = m.day
                from unnest(cast(:instants as timestamptz[]), cast(:days as date[])) m(at, day)
                where o.indicator_id = :id and o.observed_at = m.at
                """)
                .setParameter("id", indicatorId)
                .setParameter("instants", TextArrays.of(days.keySet(), Function.identity()))
                .setParameter("days", TextArrays.of(days.values(), Function.identity()))
                .executeUpdate();
    }

    @Transactional(MANDATORY)
    void insertDifference(Difference difference) {
        session.createNativeMutationQuery("""
                insert into close_difference (indicator_id, trading_day, stated, tolerance, observed_at, capture_id)
                values (:id, :day, :stated, :tolerance, :at, :capture)
                on conflict do nothing
                """)
                .setParameter("id", difference.statement().indicatorId())
                .setParameter("day", difference.tradingDay())
                .setParameter("stated", difference.stated())
                .setParameter("tolerance", difference.tolerance())
                .setParameter("at", difference.observedAt())
                .setParameter("capture", difference.captureId())
                .executeUpdate();
    }

    @Transactional(MANDATORY)
    void deleteDifferences(int indicatorId, LocalDate from, LocalDate to) {
        session.createNativeMutationQuery(
                        "delete from close_difference where indicator_id = :id and trading_day >= :from and trading_day <= :to")
                .setParameter("id", indicatorId)
                .setParameter("from", from)
                .setParameter("to", to)
                .executeUpdate();
    }

    Optional<Observation> at(int indicatorId, Instant instant) {
        return one("where indicator_id = :id and observed_at = :at", indicatorId, instant);
    }

    /** The observations of an indicator at these instants. */
    List<Observation> at(int indicatorId, Collection<Instant> instants) {
        return list(query(
                        "from observation where indicator_id = :id and observed_at = any(cast(:instants as timestamptz[]))")
                .setParameter("id", indicatorId)
                .setParameter("instants", TextArrays.of(instants, Function.identity())));
    }

    /** The observations of all indicators at these instants. */
    List<Observation> at(Collection<Instant> instants) {
        return list(query("""
                from indicator i
                cross join unnest(cast(:instants as timestamptz[])) t(at)
                join observation o on o.indicator_id = i.id and o.observed_at = t.at
                """).setParameter("instants", TextArrays.of(instants, Function.identity())));
    }

    public Optional<Observation> lastTrusted(int indicatorId) {
        return lastTrustedBefore(indicatorId, LATER_THAN_ALL);
    }

    public Optional<Observation> lastTrustedBefore(int indicatorId, Instant instant) {
        return one(
                "where indicator_id = :id and observed_at < :at and quality in ('ok', 'unchecked') order by observed_at desc limit 1",
                indicatorId,
                instant);
    }

    /**
     * The observations around an instant and at it; each may be null.
     *
     * @param since the suspect ones after the last trusted one, oldest first, as many as a {@link QualityJudge} needs
     * @param last includes implied ones
     * @param next includes implied ones
     * @param superseded those at the instant that no longer count
     */
    record Neighbours(
            Observation lastTrusted,
            List<Observation> since,
            Observation last,
            Observation at,
            Observation next,
            List<Observation> superseded) {}

    private record NeighbourRow(
            int place,
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

    /** One query instead of six, since it runs for every recorded quote. */
    Neighbours around(int indicatorId, Instant instant) {
        List<NeighbourRow> rows = session.createNativeQuery(NEIGHBOURS, NeighbourRow.class)
                .setParameter("id", indicatorId)
                .setParameter("at", instant)
                .setParameter("memory", QualityJudge.memory(config))
                .getResultList();
        Map<Integer, Observation> byPlace = new HashMap<>();
        List<Observation> superseded = new ArrayList<>(0);
        List<Observation> seen = new ArrayList<>();
        for (NeighbourRow row : rows) {
            switch (row.place) {
                case SEEN -> seen.add(row.toObservation());
                case SUPERSEDED -> superseded.add(row.toObservation());
                default -> byPlace.put(row.place, row.toObservation());
            }
        }
        Observation lastTrusted = byPlace.get(0);
        List<Observation> since = seen.stream()
                .filter(o -> lastTrusted == null || o.observedAt().isAfter(lastTrusted.observedAt()))
                .sorted(Comparator.comparing(Observation::observedAt))
                .toList();
        return new Neighbours(lastTrusted, since, byPlace.get(2), byPlace.get(3), byPlace.get(4), superseded);
    }

    private static final int SEEN = 1;
    private static final int SUPERSEDED = 5;
    private static final String NEIGHBOURS = "(select 0, " + COLUMNS + """
             from observation where indicator_id = :id and observed_at < :at and quality in ('ok', 'unchecked') order by observed_at desc limit 1)
            union all (select 1,\s""" + COLUMNS + """
             from observation where indicator_id = :id and observed_at < :at and quality <> 'implied' order by observed_at desc limit :memory)
            union all (select 2,\s""" + COLUMNS + """
             from observation where indicator_id = :id and observed_at < :at order by observed_at desc limit 1)
            union all (select 3,\s""" + COLUMNS
            + """
             from observation where indicator_id = :id and observed_at = :at)
            union all (select 4,\s""" + COLUMNS + """
             from observation where indicator_id = :id and observed_at > :at order by observed_at limit 1)
            union all (select 5,\s""" + COLUMNS + """
             from observation_superseded where indicator_id = :id and observed_at = :at)
            """;

    /**
     * Reads a series from an instant on in chronological order, page by page, so that memory use is bounded.
     *
     * @param reader returns whether to continue
     */
    public void forEachFrom(int indicatorId, Instant from, Predicate<Observation> reader) {
        int limit = FIRST_PAGE;
        for (Instant next = from; next != null; limit = PAGE) {
            List<Observation> page = list(query(
                            "from observation where indicator_id = :id and observed_at >= :from order by observed_at limit :limit")
                    .setParameter("id", indicatorId)
                    .setParameter("from", next)
                    .setParameter("limit", limit));
            for (Observation observation : page) {
                if (!reader.test(observation)) {
                    return;
                }
            }
            next = page.size() < limit
                    ? null
                    : page.get(page.size() - 1).observedAt().plus(1, ChronoUnit.MICROS);
        }
    }

    private Optional<Observation> one(String condition, int indicatorId, Instant instant) {
        return list(query("from observation " + condition)
                        .setParameter("id", indicatorId)
                        .setParameter("at", instant))
                .stream()
                .findFirst();
    }

    /** The observation of one indicator in a capture. */
    Optional<Observation> of(int indicatorId, UUID captureId) {
        return list(query("""
                from observation
                where indicator_id = :id and observed_at = (select observed_at from capture where id = :capture) and capture_id = :capture
                """).setParameter("id", indicatorId).setParameter("capture", captureId)).stream()
                .findFirst();
    }

    /** The observations of a range, both ends included, newest first. Includes suspect and implied ones. */
    public List<Observation> between(int indicatorId, Instant from, Instant to, int most) {
        return list(query(
                        "from observation where indicator_id = :id and observed_at >= :from and observed_at <= :to order by observed_at desc limit :most")
                .setParameter("id", indicatorId)
                .setParameter("from", from)
                .setParameter("to", to)
                .setParameter("most", most));
    }

    /** The newest observation of each indicator that has one, by one index lookup for each. */
    public List<Observation> latest() {
        return latest("quality <> 'implied'");
    }

    /** The newest trusted observation of each indicator that has one, by one index lookup for each. */
    public List<Observation> latestTrusted() {
        return latest("quality in ('ok', 'unchecked')");
    }

    /**
     * Starts from {@code series}, whose rows are on the same node; Citus refuses a lateral join from a reference table.
     */
    private List<Observation> latest(String condition) {
        return list(query(
                "from (select o.* from series s cross join lateral (select * from observation where indicator_id = s.indicator_id and "
                        + condition + " order by observed_at desc limit 1) o) o order by indicator_id"));
    }

    /** The observations of a capture, ordered by indicator. */
    public List<Observation> of(UUID captureId, Instant observedAt) {
        return list(query("""
                from indicator i
                join observation o on o.indicator_id = i.id and o.observed_at = :at and o.capture_id = :capture
                order by i.id
                """).setParameter("at", observedAt).setParameter("capture", captureId));
    }

    /** The part of a trading day of an indicator that ends at its newest instant. */
    public record DayPart(int indicatorId, LocalDate tradingDay, Instant begin, Instant newest) {}

    /**
     * By indicator, oldest first: the first trusted observation of each part, and those that were the latest at evenly
     * spaced instants of it, also if they belong to an earlier day. Costs one index lookup for each sample, independent
     * of the number of observations in between.
     */
    public Map<Integer, List<Observation>> sampled(List<DayPart> parts, int samples) {
        return list(query("""
                from (select o.*, n
                from unnest(cast(:ids as integer[]), cast(:days as date[]), cast(:begins as timestamptz[]), cast(:ends as timestamptz[])) w(id, day, start, stop)
                join series s on s.indicator_id = w.id
                cross join generate_series(0, :samples) n
                cross join lateral (
                    (select * from observation
                     where n = 0 and indicator_id = s.indicator_id and observed_at >= w.start and observed_at <= w.stop
                       and trading_day = w.day and quality in ('ok', 'unchecked')
                     order by observed_at limit 1)
                    union all
                    (select * from observation
                     where n > 0 and indicator_id = s.indicator_id and quality in ('ok', 'unchecked')
                       and observed_at <= w.stop - (w.stop - w.start) * (:samples - n) / :samples
                     order by observed_at desc limit 1)) o) o
                order by indicator_id, n
                """)
                        .setParameter("ids", TextArrays.of(parts, DayPart::indicatorId))
                        .setParameter("days", TextArrays.of(parts, DayPart::tradingDay))
                        .setParameter("begins", TextArrays.of(parts, DayPart::begin))
                        .setParameter("ends", TextArrays.of(parts, DayPart::newest))
                        .setParameter("samples", samples))
                .stream()
                .collect(Collectors.groupingBy(Observation::indicatorId));
    }

    /** An instant of an indicator. */
    public record Moment(int indicatorId, Instant at) {}

    /** An instant, and the next observation after it. */
    public record Following(int indicatorId, Instant at, Instant next, BigDecimal value) {}

    /** The trusted value after each moment; one index lookup for each. */
    public List<Following> following(List<Moment> moments) {
        return session.createNativeQuery("""
                select s.indicator_id, w.at, o.observed_at, o.value
                from unnest(cast(:ids as integer[]), cast(:times as timestamptz[])) w(id, at)
                join series s on s.indicator_id = w.id
                cross join lateral (select observed_at, value from observation
                                    where indicator_id = s.indicator_id and observed_at > w.at and value is not null and quality in ('ok', 'unchecked')
                                    order by observed_at limit 1) o
                """, Following.class)
                .setParameter("ids", TextArrays.of(moments, Moment::indicatorId))
                .setParameter("times", TextArrays.of(moments, Moment::at))
                .getResultList();
    }

    private NativeQuery<ObservationRow> query(String fromClause) {
        return session.createNativeQuery("select " + COLUMNS + " " + fromClause, ObservationRow.class);
    }

    private static List<Observation> list(Query<ObservationRow> query) {
        return query.getResultList().stream().map(ObservationRow::toObservation).toList();
    }
}
