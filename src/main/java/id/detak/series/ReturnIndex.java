package id.detak.series;

import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;

/**
 * A fund has no level in the strip. Its return index starts at 100 before the first day and chains one published percent per
 * trading day, the day's last: a percent seen sixty times in a day counts once. A trading day that nobody observed is a gap
 * (null), not a zero; the chain goes on after it. The chain always begins at the first day stored, whatever range is asked for.
 */
@ApplicationScoped
class ReturnIndex {

    private static final BigDecimal BASE = new BigDecimal(100);
    private static final BigDecimal HUNDRED = new BigDecimal(100);
    private static final int SCALE = 6;

    private final EntityManager em;
    private final Calendars calendars;

    ReturnIndex(EntityManager em, Calendars calendars) {
        this.em = em;
        this.calendars = calendars;
    }

    HistoryAnswer of(Indicator indicator, List<Interval> intervals, TimeRange range, int maxPoints) {
        if (!intervals.contains(Interval.DAY)) {
            throw Problems.badRequest("A return index has a point a trading day: ask for interval 1d or auto.");
        }
        HistoryAnswer.Points points = chain(indicator, range);
        if (points.size() > maxPoints) {
            throw History.tooManyPoints(maxPoints);
        }
        return HistoryAnswer.of(indicator, Measure.RETURN_INDEX, Interval.DAY, points, List.of());
    }

    private HistoryAnswer.Points chain(Indicator indicator, TimeRange range) {
        List<?> rows = em.createNativeQuery("""
                select distinct on (trading_day) trading_day, change_percent, count(*) over (partition by trading_day)
                from observation
                where indicator_id = :id and quality <> 'suspect' and change_percent is not null
                order by trading_day, observed_at desc
                """, Object[].class).setParameter("id", indicator.id()).getResultList();
        TradingCalendar calendar = calendars.of(indicator.kind());
        HistoryAnswer.Points points = HistoryAnswer.Points.bars();
        BigDecimal level = BASE;
        LocalDate last = null;
        for (Object element : rows) {
            Object[] row = (Object[]) element;
            LocalDate day = Observations.day(row[0]);
            if (last == null) {
                add(points, range, calendar.previousTradingDay(day), BASE, BASE, 0);
            } else {
                for (LocalDate gap = calendar.nextTradingDay(last); gap.isBefore(day); gap = calendar.nextTradingDay(gap)) {
                    add(points, range, gap, null, null, 0);
                }
            }
            BigDecimal before = level;
            level = level.multiply(BigDecimal.ONE.add(((BigDecimal) row[1]).divide(HUNDRED)), MathContext.DECIMAL64);
            add(points, range, day, before, level, ((Number) row[2]).intValue());
            last = day;
        }
        return points;
    }

    private static void add(HistoryAnswer.Points points, TimeRange range, LocalDate day, BigDecimal open, BigDecimal close, int count) {
        boolean within = (range.fromDay() == null || !day.isBefore(range.fromDay())) && (range.toDay() == null || !day.isAfter(range.toDay()));
        if (!within) {
            return;
        }
        BigDecimal from = rounded(open);
        BigDecimal to = rounded(close);
        points.add(day.atStartOfDay(TradingCalendar.ZONE).toInstant().toEpochMilli(), from, from == null ? null : from.max(to), from == null ? null : from.min(to), to, count);
    }

    private static BigDecimal rounded(BigDecimal level) {
        return level == null ? null : level.setScale(SCALE, RoundingMode.HALF_EVEN);
    }
}
