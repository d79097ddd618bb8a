package id.detak.series.history;

import id.detak.indicator.TradingCalendar;
import id.detak.series.Interval;
import id.detak.series.Measure;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.exception.GenericJDBCException;

/**
 * Reads bars and observations for one answer: one statement each, by the keys' indexes, outside any transaction. Plain JDBC, since
 * an answer is nothing but rows in order. Limits stand in figures: of a parameter the planner knows nothing, and thinks that a
 * tenth of all is wanted.
 */
final class SeriesReader implements AutoCloseable {

    /** A bar by trading day holds what was seen some days after it began: through a holiday, or while a page stood still. */
    private static final int LONGEST_REACH_DAYS = 100;
    /** Somebody waits. */
    private static final int LONGEST_SECONDS = 10;
    private static final OffsetDateTime BEGINNING = OffsetDateTime.parse("0001-01-01T00:00:00Z");
    private static final OffsetDateTime END = OffsetDateTime.parse("9999-12-31T00:00:00Z");

    private final Connection connection;

    private SeriesReader(Connection connection) {
        this.connection = connection;
    }

    /** On one connection for all that an answer needs. */
    static SeriesReader on(DataSource dataSource) {
        try {
            return new SeriesReader(dataSource.getConnection());
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static GenericJDBCException unreadable(SQLException e) {
        return new GenericJDBCException("the series cannot be read", e);
    }

    /**
     * An observation's number.
     *
     * @param quality {@code ok}, {@code unchecked}, {@code suspect} or {@code implied}
     */
    record Seen(long t, BigDecimal number, String quality, String reason, UUID captureId) {

        boolean isSuspect() {
            return quality.equals("suspect");
        }

        boolean isImplied() {
            return quality.equals("implied");
        }
    }

    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** What bars of the range there are, oldest first, at most {@code limit}. */
    List<Point> bars(int indicatorId, Measure measure, Interval interval, TimeRange range, int limit) {
        return read("""
                select start, open, high, low, close, sum, count from bar
                where indicator_id = ? and measure = ? and interval = ? and start >= ? and start <= ? and last_at >= ? and first_at <= ?
                order by start limit %d
                """.formatted(limit), SeriesReader::point, barBounds(indicatorId, measure, interval, range));
    }

    /** The last bar before a moment. */
    Optional<Point> barBefore(int indicatorId, Measure measure, Interval interval, Instant start) {
        return read("""
                select start, open, high, low, close, sum, count from bar
                where indicator_id = ? and measure = ? and interval = ? and start < ?
                order by start desc limit 1
                """, SeriesReader::point, indicatorId, measure.word(), interval.word(), start.atOffset(ZoneOffset.UTC)).stream().findFirst();
    }

    List<Seen> observations(int indicatorId, Measure measure, TimeRange range, int limit) {
        return read("""
                select observed_at, %1$s, quality, reason, capture_id from observation
                where indicator_id = ? and observed_at >= ? and observed_at <= ? and %1$s is not null
                order by observed_at limit %2$d
                """.formatted(measure.column(), limit), SeriesReader::seen, indicatorId, from(range), to(range));
    }

    Optional<Seen> trustedObservationBefore(int indicatorId, Measure measure, Instant instant) {
        return read("""
                select observed_at, %1$s, quality, reason, capture_id from observation
                where indicator_id = ? and observed_at < ? and %1$s is not null and quality <> 'suspect'
                order by observed_at desc limit 1
                """.formatted(measure.column()), SeriesReader::seen, indicatorId, instant.atOffset(ZoneOffset.UTC)).stream().findFirst();
    }

    /** Whether there are no more than that many points: looks at so many, and mostly at less. */
    boolean fits(int indicatorId, Measure measure, Interval interval, TimeRange range, int most) {
        return switch (interval) {
            case RAW -> observedInWholeMonths(indicatorId, measure, range) <= most && observationBeyond(indicatorId, measure, range, most).isEmpty();
            // the key alone tells, but for the bars at the edges, which may have nothing within
            case HOUR -> hourBeyond(indicatorId, measure, range, most).isEmpty() && barBeyond(indicatorId, measure, interval, range, most).isEmpty();
            case DAY, WEEK, MONTH -> barBeyond(indicatorId, measure, interval, range, most).isEmpty();
        };
    }

    /** How many there are at least. */
    private long observedInWholeMonths(int indicatorId, Measure measure, TimeRange range) {
        return read("""
                select coalesce(sum(count), 0) from bar
                where indicator_id = ? and measure = ? and interval = '1mo' and start >= ? and first_at >= ? and last_at <= ?
                """, row -> row.getLong(1), indicatorId, measure.word(), from(range), from(range), to(range)).get(0);
    }

    private List<Integer> observationBeyond(int indicatorId, Measure measure, TimeRange range, int most) {
        return read("""
                select 1 from observation
                where indicator_id = ? and observed_at >= ? and observed_at <= ? and %s is not null
                order by observed_at offset %d limit 1
                """.formatted(measure.column(), most), row -> 1, indicatorId, from(range), to(range));
    }

    private List<Integer> hourBeyond(int indicatorId, Measure measure, TimeRange range, int most) {
        return read("""
                select 1 from bar
                where indicator_id = ? and measure = ? and interval = '1h' and start >= ? and start <= ?
                order by start offset %d limit 1
                """.formatted(most + 2), row -> 1, indicatorId, measure.word(), range.from() == null ? BEGINNING : utc(range.from().truncatedTo(ChronoUnit.HOURS)), to(range));
    }

    private List<Integer> barBeyond(int indicatorId, Measure measure, Interval interval, TimeRange range, int most) {
        return read("""
                select 1 from bar
                where indicator_id = ? and measure = ? and interval = ? and start >= ? and start <= ? and last_at >= ? and first_at <= ?
                order by start offset %d limit 1
                """.formatted(most), row -> 1, barBounds(indicatorId, measure, interval, range));
    }

    /** Dates are trading days; instants take in what reaches into the range. */
    private static Object[] barBounds(int indicatorId, Measure measure, Interval interval, TimeRange range) {
        boolean byDay = interval.isByTradingDay();
        Object start = BEGINNING;
        Object firstAtLeast = BEGINNING;
        if (byDay && range.fromDay() != null) {
            start = utc(interval.start(range.fromDay()));
        } else if (range.from() != null) {
            start = utc(byDay ? interval.start(range.firstDay().minusDays(LONGEST_REACH_DAYS)) : range.from().truncatedTo(ChronoUnit.HOURS));
            firstAtLeast = utc(range.from());
        }
        Object end = END;
        Object lastAtMost = END;
        if (byDay && range.toDay() != null) {
            end = utc(interval.start(range.toDay()));
        } else if (range.to() != null) {
            end = utc(range.to());
            lastAtMost = utc(range.to());
        }
        return new Object[] {indicatorId, measure.word(), interval.word(), start, end, firstAtLeast, lastAtMost};
    }

    private static Object from(TimeRange range) {
        return range.from() == null ? BEGINNING : utc(range.from());
    }

    private static Object to(TimeRange range) {
        return range.to() == null ? END : utc(range.to());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Point point(ResultSet row) throws SQLException {
        return new Point(millis(row), row.getBigDecimal(2), row.getBigDecimal(3), row.getBigDecimal(4), row.getBigDecimal(5), row.getBigDecimal(6), row.getInt(7));
    }

    private static Seen seen(ResultSet row) throws SQLException {
        return new Seen(millis(row), row.getBigDecimal(2), row.getString(3), row.getString(4), row.getObject(5, UUID.class));
    }

    private static long millis(ResultSet row) throws SQLException {
        return row.getObject(1, OffsetDateTime.class).toInstant().toEpochMilli();
    }

    static LocalDate day(long t) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(t), TradingCalendar.ZONE);
    }

    <T> List<T> read(String sql, Reading<T> reading, Object... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(LONGEST_SECONDS);
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(reading.of(rows));
                }
                return read;
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }
}
