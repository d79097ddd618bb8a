package id.detak.series;

import id.detak.indicator.TradingCalendar;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.Session;

/** The table {@code bar}. Call within the transaction that writes the observations. */
@ApplicationScoped
public class Bars {

    private static final int AT_ONCE = 20_000;
    private static final String COLUMNS = "indicator_id, measure, interval, start, open, high, low, close, sum, count, first_at, last_at";

    private final EntityManager em;

    Bars(EntityManager em) {
        this.em = em;
    }

    /** Adds bars over observations that no stored bar counts yet. */
    void merge(Collection<Bar> added) {
        List<Bar> all = List.copyOf(added);
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            mergeSome(all.subList(i, Math.min(i + AT_ONCE, all.size())));
        }
    }

    private void mergeSome(List<Bar> bars) {
        em.unwrap(Session.class).doWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("insert into bar (" + COLUMNS + """
                    )
                    select * from unnest(?::integer[], ?::text[], ?::text[], ?::timestamptz[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[],
                                         ?::integer[], ?::timestamptz[], ?::timestamptz[])
                    on conflict (indicator_id, measure, interval, start) do update set
                        open = case when excluded.first_at < bar.first_at then excluded.open else bar.open end,
                        high = greatest(bar.high, excluded.high),
                        low = least(bar.low, excluded.low),
                        close = case when excluded.last_at > bar.last_at then excluded.close else bar.close end,
                        sum = bar.sum + excluded.sum,
                        count = bar.count + excluded.count,
                        first_at = least(bar.first_at, excluded.first_at),
                        last_at = greatest(bar.last_at, excluded.last_at)
                    """)) {
                bind(connection, statement, bars, "integer", 1, bar -> bar.key().indicatorId());
                bind(connection, statement, bars, "text", 2, bar -> bar.key().measure().word());
                bind(connection, statement, bars, "text", 3, bar -> bar.key().interval().word());
                bind(connection, statement, bars, "timestamptz", 4, bar -> bar.key().start().toString());
                bind(connection, statement, bars, "numeric", 5, Bar::open);
                bind(connection, statement, bars, "numeric", 6, Bar::high);
                bind(connection, statement, bars, "numeric", 7, Bar::low);
                bind(connection, statement, bars, "numeric", 8, Bar::close);
                bind(connection, statement, bars, "numeric", 9, Bar::sum);
                bind(connection, statement, bars, "integer", 10, Bar::count);
                bind(connection, statement, bars, "timestamptz", 11, bar -> bar.firstAt().toString());
                bind(connection, statement, bars, "timestamptz", 12, bar -> bar.lastAt().toString());
                statement.executeUpdate();
            }
        });
    }

    private static void bind(Connection connection, PreparedStatement statement, List<Bar> bars, String type, int index, Function<Bar, ?> column)
            throws SQLException {
        Object[] values = bars.stream().map(column).toArray();
        statement.setArray(index, connection.createArrayOf(type, values));
    }

    /** In place of the hour and day bars that start in the stretch (its end not within); weeks and months follow from the days. */
    void replace(int indicatorId, Instant from, Instant to, LocalDate lastDay, Collection<Bar> bars) {
        em.createNativeQuery("""
                delete from bar
                where indicator_id = :id and (interval = '1h' and start >= :from and start < :to or interval = '1d' and start >= :from and start <= :lastDay)
                """).setParameter("id", indicatorId).setParameter("from", from).setParameter("to", to)
                .setParameter("lastDay", Interval.DAY.start(lastDay)).executeUpdate();
        merge(bars.stream().filter(bar -> switch (bar.key().interval()) {
            case HOUR -> !bar.key().start().isBefore(from) && bar.key().start().isBefore(to);
            case DAY -> !bar.key().start().isBefore(from) && !bar.key().start().isAfter(Interval.DAY.start(lastDay));
            default -> false;
        }).toList());
        LocalDate firstDay = LocalDate.ofInstant(from, TradingCalendar.ZONE);
        for (Interval longer : List.of(Interval.WEEK, Interval.MONTH)) {
            regroup(indicatorId, longer, longer.firstDay(firstDay), longer.lastDay(lastDay));
        }
    }

    private void regroup(int indicatorId, Interval interval, LocalDate from, LocalDate to) {
        em.createNativeQuery("delete from bar where indicator_id = :id and interval = :interval and start >= :from and start <= :to")
                .setParameter("id", indicatorId).setParameter("interval", interval.word()).setParameter("from", Interval.DAY.start(from))
                .setParameter("to", Interval.DAY.start(to)).executeUpdate();
        merge(Bar.grouped(days(indicatorId, from, to), interval));
    }

    /** In place of all bars that start then or later; the week and the month that began before are of the days that there are. */
    void replaceFrom(int indicatorId, Instant from, Collection<Bar> bars) {
        em.createNativeQuery("delete from bar where indicator_id = :id and start >= :from").setParameter("id", indicatorId).setParameter("from", from).executeUpdate();
        merge(bars);
        LocalDate first = LocalDate.ofInstant(from, TradingCalendar.ZONE);
        for (Interval longer : List.of(Interval.WEEK, Interval.MONTH)) {
            if (longer.firstDay(first).isBefore(first)) {
                regroup(indicatorId, longer, longer.firstDay(first), longer.lastDay(first));
            }
        }
    }

    /** The bar of a trading day's values. */
    Optional<Bar> day(int indicatorId, LocalDate day) {
        return select("indicator_id = ? and measure = 'value' and interval = '1d' and start = ?", indicatorId, Interval.DAY.start(day)).stream().findFirst();
    }

    /** The day bars of all measures, both ends within, oldest first. */
    public List<Bar> days(int indicatorId, LocalDate from, LocalDate to) {
        return select("indicator_id = ? and interval = '1d' and start >= ? and start <= ? order by start", indicatorId, Interval.DAY.start(from), Interval.DAY.start(to));
    }

    List<Bar> from(int indicatorId, Instant from) {
        return select("indicator_id = ? and start >= ?", indicatorId, from);
    }

    private List<Bar> select(String condition, int indicatorId, Instant... instants) {
        return em.unwrap(Session.class).doReturningWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("select " + COLUMNS + " from bar where " + condition)) {
                statement.setInt(1, indicatorId);
                for (int i = 0; i < instants.length; i++) {
                    statement.setObject(i + 2, instants[i].atOffset(java.time.ZoneOffset.UTC));
                }
                try (ResultSet rows = statement.executeQuery()) {
                    List<Bar> bars = new ArrayList<>();
                    while (rows.next()) {
                        bars.add(bar(rows));
                    }
                    return bars;
                }
            }
        });
    }

    private static Bar bar(ResultSet row) throws SQLException {
        return new Bar(new Bar.Key(row.getInt(1), Measure.ofWord(row.getString(2)), Interval.ofWord(row.getString(3)), instant(row, 4)),
                row.getBigDecimal(5), row.getBigDecimal(6), row.getBigDecimal(7), row.getBigDecimal(8), row.getBigDecimal(9), row.getInt(10), instant(row, 11), instant(row, 12));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
