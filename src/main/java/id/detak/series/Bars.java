package id.detak.series;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.platform.Wib;
import id.detak.platform.Word;
import id.detak.series.LevelChanges.LevelChange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.Query;

/** The table {@code bar}. Bars change in the transaction that writes the observations. */
@ApplicationScoped
public class Bars {

    private static final int BATCH = 20_000;
    private static final String COLUMNS =
            "indicator_id, measure, interval, start, open, high, low, close, sum, count, first_at, last_at";

    private final Session session;
    private final LevelChanges levelChanges;

    Bars(Session session, LevelChanges levelChanges) {
        this.session = session;
        this.levelChanges = levelChanges;
    }

    /** Merges bars into the stored ones. No stored bar may count their observations yet. */
    @Transactional(MANDATORY)
    void merge(Collection<Bar> added) {
        List<Bar> all = List.copyOf(added);
        for (int i = 0; i < all.size(); i += BATCH) {
            mergeSome(all.subList(i, Math.min(i + BATCH, all.size())));
        }
    }

    private void mergeSome(List<Bar> bars) {
        session.createNativeMutationQuery("insert into bar (" + COLUMNS + """
                )
                select * from unnest(cast(:indicators as integer[]), cast(:measures as text[]), cast(:intervals as text[]), cast(:starts as timestamptz[]), cast(:opens as numeric[]),
                                     cast(:highs as numeric[]), cast(:lows as numeric[]), cast(:closes as numeric[]), cast(:sums as numeric[]), cast(:counts as integer[]),
                                     cast(:firsts as timestamptz[]), cast(:lasts as timestamptz[]))
                on conflict (indicator_id, measure, interval, start) do update set
                    open = case when excluded.first_at < bar.first_at then excluded.open else bar.open end,
                    high = greatest(bar.high, excluded.high),
                    low = least(bar.low, excluded.low),
                    close = case when excluded.last_at > bar.last_at then excluded.close else bar.close end,
                    sum = bar.sum + excluded.sum,
                    count = bar.count + excluded.count,
                    first_at = least(bar.first_at, excluded.first_at),
                    last_at = greatest(bar.last_at, excluded.last_at)
                """)
                .setParameter("indicators", TextArrays.of(bars, bar -> bar.key().indicatorId()))
                .setParameter(
                        "measures",
                        TextArrays.of(bars, bar -> bar.key().measure().word()))
                .setParameter(
                        "intervals",
                        TextArrays.of(bars, bar -> bar.key().interval().word()))
                .setParameter("starts", TextArrays.of(bars, bar -> bar.key().start()))
                .setParameter("opens", TextArrays.of(bars, Bar::open))
                .setParameter("highs", TextArrays.of(bars, Bar::high))
                .setParameter("lows", TextArrays.of(bars, Bar::low))
                .setParameter("closes", TextArrays.of(bars, Bar::close))
                .setParameter("sums", TextArrays.of(bars, Bar::sum))
                .setParameter("counts", TextArrays.of(bars, Bar::count))
                .setParameter("firsts", TextArrays.of(bars, Bar::firstAt))
                .setParameter("lasts", TextArrays.of(bars, Bar::lastAt))
                .executeUpdate();
    }

    /**
     * Replaces the hour and day bars that start in the range (end excluded) and calculates the longer ones from them.
     */
    @Transactional(MANDATORY)
    void replace(int indicatorId, Instant from, Instant to, LocalDate lastDay, Collection<Bar> bars) {
        session.createNativeMutationQuery("""
                delete from bar
                where indicator_id = :id and (interval = '1h' and start >= :from and start < :to or interval = '1d' and start >= :from and start <= :lastDay)
                """)
                .setParameter("id", indicatorId)
                .setParameter("from", from)
                .setParameter("to", to)
                .setParameter("lastDay", Interval.DAY.start(lastDay))
                .executeUpdate();
        merge(bars.stream()
                .filter(bar -> switch (bar.key().interval()) {
                    case HOUR ->
                        !bar.key().start().isBefore(from) && bar.key().start().isBefore(to);
                    case DAY ->
                        !bar.key().start().isBefore(from) && !bar.key().start().isAfter(Interval.DAY.start(lastDay));
                    default -> false;
                })
                .toList());
        LocalDate firstDay = Wib.date(from);
        List<LevelChange> changes = levelChanges.of(indicatorId);
        for (Interval longer : Interval.GROUPED) {
            if (longer.isByTradingDay()) {
                regroup(indicatorId, changes, longer, longer.start(firstDay), Wib.midnight(longer.lastDay(lastDay)));
            } else {
                regroup(
                        indicatorId,
                        changes,
                        longer,
                        longer.start(from),
                        longer.start(to.minusNanos(1)).plus(longer.length()).minusNanos(1000));
            }
        }
    }

    /** @param to inclusive, as from */
    private void regroup(int indicatorId, List<LevelChange> changes, Interval longer, Instant from, Instant to) {
        session.createNativeMutationQuery(
                        "delete from bar where indicator_id = :id and interval = :interval and start >= :from and start <= :to")
                .setParameter("id", indicatorId)
                .setParameter("interval", longer.word())
                .setParameter("from", from)
                .setParameter("to", to)
                .executeUpdate();
        Set<Instant> newLevels = changes.stream()
                .map(change -> longer.isByTradingDay()
                        ? Interval.DAY.start(change.tradingDay())
                        : Interval.hour(change.observedAt()))
                .collect(Collectors.toSet());
        List<Bar> parts = list(
                query("indicator_id = :id and interval = :interval and start >= :from and start <= :to order by start")
                        .setParameter("id", indicatorId)
                        .setParameter("interval", longer.parts().word())
                        .setParameter("from", from)
                        .setParameter("to", to));
        merge(Bar.grouped(parts, longer, newLevels));
    }

    /**
     * Replaces all bars from the start of a day on. A longer bar that began earlier is calculated from the days that
     * are stored.
     */
    @Transactional(MANDATORY)
    void replaceFrom(int indicatorId, Instant from, Collection<Bar> bars) {
        session.createNativeMutationQuery("delete from bar where indicator_id = :id and start >= :from")
                .setParameter("id", indicatorId)
                .setParameter("from", from)
                .executeUpdate();
        merge(bars);
        LocalDate first = Wib.date(from);
        List<LevelChange> changes = levelChanges.of(indicatorId);
        for (Interval longer : Interval.GROUPED) {
            if (longer.isByTradingDay() && longer.firstDay(first).isBefore(first)) {
                regroup(indicatorId, changes, longer, longer.start(first), Wib.midnight(longer.lastDay(first)));
            }
        }
    }

    /** Whether no series has a trusted observation. */
    public boolean areEmpty() {
        return session.createNativeQuery("select not exists (select from bar)", Boolean.class)
                .getSingleResult();
    }

    /** The bar of the values of a trading day. */
    Optional<Bar> day(int indicatorId, LocalDate day) {
        return list(query("indicator_id = :id and measure = 'value' and interval = '1d' and start = :start")
                        .setParameter("id", indicatorId)
                        .setParameter("start", Interval.DAY.start(day)))
                .stream()
                .findFirst();
    }

    /** The bars of the values of one trading day for each indicator, where there is one. */
    List<Bar> days(Map<Integer, LocalDate> dayByIndicator) {
        List<Map.Entry<Integer, LocalDate>> days = List.copyOf(dayByIndicator.entrySet());
        return list(query("""
                (indicator_id, start) in (select * from unnest(cast(:ids as integer[]), cast(:starts as timestamptz[])))
                  and indicator_id = any(cast(:ids as integer[])) and measure = 'value' and interval = '1d'
                """)
                .setParameter("ids", TextArrays.of(days, Map.Entry::getKey))
                .setParameter("starts", TextArrays.of(days, day -> Interval.DAY.start(day.getValue()))));
    }

    /** The most recent day bars of a measure before a day, newest first. */
    List<Bar> lastDays(int indicatorId, Measure measure, LocalDate before, int most) {
        return list(query(
                        "indicator_id = :id and measure = :measure and interval = '1d' and start < :start order by start desc limit :most")
                .setParameter("id", indicatorId)
                .setParameter("measure", measure.word())
                .setParameter("start", Interval.DAY.start(before))
                .setParameter("most", most));
    }

    /** The day bars of all measures of indicators, both ends included, oldest first. */
    public Map<Integer, List<Bar>> days(Collection<Integer> indicatorIds, LocalDate from, LocalDate to) {
        return list(query(
                                "indicator_id in (:ids) and interval = '1d' and start >= :from and start <= :to order by start")
                        .setParameter("ids", indicatorIds)
                        .setParameter("from", Interval.DAY.start(from))
                        .setParameter("to", Interval.DAY.start(to)))
                .stream()
                .collect(Collectors.groupingBy(bar -> bar.key().indicatorId()));
    }

    /** The day bars of all measures, both ends included, oldest first. */
    public List<Bar> days(int indicatorId, LocalDate from, LocalDate to) {
        return list(query("indicator_id = :id and interval = '1d' and start >= :from and start <= :to order by start")
                .setParameter("id", indicatorId)
                .setParameter("from", Interval.DAY.start(from))
                .setParameter("to", Interval.DAY.start(to)));
    }

    List<Bar> from(int indicatorId, Instant from) {
        return list(query("indicator_id = :id and start >= :from")
                .setParameter("id", indicatorId)
                .setParameter("from", from));
    }

    private Query<BarRow> query(String condition) {
        return session.createNativeQuery("select " + COLUMNS + " from bar where " + condition, BarRow.class);
    }

    private static List<Bar> list(Query<BarRow> query) {
        return query.getResultList().stream().map(BarRow::toBar).toList();
    }

    private record BarRow(
            int indicatorId,
            String measure,
            String interval,
            Instant start,
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal close,
            BigDecimal sum,
            int count,
            Instant firstAt,
            Instant lastAt) {

        Bar toBar() {
            return new Bar(
                    new Bar.Key(indicatorId, Measure.ofWord(measure), Word.of(Interval.class, interval), start),
                    open,
                    high,
                    low,
                    close,
                    sum,
                    count,
                    firstAt,
                    lastAt);
        }
    }
}
