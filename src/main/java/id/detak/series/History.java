package id.detak.series;

import id.detak.indicator.Indicator;
import id.detak.platform.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What an indicator did over time. Raw points show all that was seen, suspect ones too; bars leave suspect ones out.
 *
 * <p>Bars are added up from the observations when they are asked for: the answer costs what is stored in its range.
 */
@ApplicationScoped
public class History {

    private final EntityManager em;
    private final ReturnIndex returnIndex;

    History(EntityManager em, ReturnIndex returnIndex) {
        this.em = em;
        this.returnIndex = returnIndex;
    }

    /** The finest of the intervals whose points are no more than {@code maxPoints}. */
    @Transactional
    public HistoryAnswer of(Indicator indicator, Measure measure, List<Interval> intervals, TimeRange range, int maxPoints) {
        if (measure == Measure.RETURN_INDEX) {
            return returnIndex.of(indicator, intervals, range, maxPoints);
        }
        for (Interval interval : intervals) {
            HistoryAnswer answer = interval == Interval.RAW ? raw(indicator, measure, range, maxPoints + 1) : bars(indicator, measure, interval, range, maxPoints + 1);
            if (answer.points().size() <= maxPoints) {
                return answer;
            }
        }
        throw tooManyPoints(maxPoints);
    }

    static RuntimeException tooManyPoints(int maxPoints) {
        return Problems.badRequest("More than " + maxPoints + " points: narrow from and to, choose a coarser interval, or raise maxPoints (up to " + HistoryResource.MOST_POINTS + ").");
    }

    private HistoryAnswer raw(Indicator indicator, Measure measure, TimeRange range, int limit) {
        List<?> rows = bind(em.createNativeQuery("""
                select observed_at, %s, quality, reason, capture_id
                from observation
                where indicator_id = :id and %1$s is not null
                  and observed_at >= :from and observed_at <= :to
                order by observed_at limit :limit
                """.formatted(measure.column()), Object[].class), indicator, range, limit).getResultList();
        HistoryAnswer.Points points = HistoryAnswer.Points.raw();
        List<HistoryAnswer.Suspect> suspects = new ArrayList<>();
        for (Object element : rows) {
            Object[] row = (Object[]) element;
            long t = ((Instant) row[0]).toEpochMilli();
            points.add(t, (BigDecimal) row[1], 1);
            if (row[2].equals("suspect")) {
                suspects.add(new HistoryAnswer.Suspect(t, (String) row[3], (UUID) row[4]));
            }
        }
        return HistoryAnswer.of(indicator, measure, Interval.RAW, points, suspects);
    }

    private HistoryAnswer bars(Indicator indicator, Measure measure, Interval interval, TimeRange range, int limit) {
        String within = interval.isByTradingDay() ? "trading_day >= cast(:from as date) and trading_day <= cast(:to as date)" : "observed_at >= :from and observed_at <= :to";
        Query query = em.createNativeQuery("""
                select cast(extract(epoch from %1$s at time zone 'Asia/Jakarta') * 1000 as bigint) as bar,
                       (array_agg(%2$s order by observed_at))[1], max(%2$s), min(%2$s), (array_agg(%2$s order by observed_at desc))[1], count(*)
                from observation
                where indicator_id = :id and quality <> 'suspect' and %2$s is not null and %3$s
                group by bar order by bar limit :limit
                """.formatted(interval.bucket(), measure.column(), within), Object[].class);
        List<?> rows = (interval.isByTradingDay() ? bindDays(query, indicator, range, limit) : bind(query, indicator, range, limit)).getResultList();
        HistoryAnswer.Points points = HistoryAnswer.Points.bars();
        for (Object element : rows) {
            Object[] row = (Object[]) element;
            points.add(((Number) row[0]).longValue(), (BigDecimal) row[1], (BigDecimal) row[2], (BigDecimal) row[3], (BigDecimal) row[4], ((Number) row[5]).intValue());
        }
        return HistoryAnswer.of(indicator, measure, interval, points, List.of());
    }

    private static Query bind(Query query, Indicator indicator, TimeRange range, int limit) {
        return query.setParameter("id", indicator.id()).setParameter("limit", limit)
                .setParameter("from", range.from() == null ? Instant.EPOCH : range.from())
                .setParameter("to", range.to() == null ? FAR : range.to());
    }

    private static Query bindDays(Query query, Indicator indicator, TimeRange range, int limit) {
        return query.setParameter("id", indicator.id()).setParameter("limit", limit)
                .setParameter("from", range.fromDay() == null ? "1970-01-01" : range.fromDay().toString())
                .setParameter("to", range.toDay() == null ? "9999-12-31" : range.toDay().toString());
    }

    private static final Instant FAR = Instant.parse("9999-12-31T00:00:00Z");
}
