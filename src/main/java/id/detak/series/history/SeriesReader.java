package id.detak.series.history;

import id.detak.platform.RejectedException;
import id.detak.platform.Wib;
import id.detak.series.Interval;
import id.detak.series.Measure;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.hibernate.exception.GenericJDBCException;
import org.postgresql.PGStatement;

/**
 * Reads bars and observations for one response, outside any transaction. Plain JDBC, since a response may have 100,000
 * points. All queries of a response together read at most {@link #MAX_ROWS} rows.
 *
 * <p>Statements are not prepared on the server: a generic plan would not know the limit and assume a tenth of all rows.
 */
final class SeriesReader implements AutoCloseable {

    /**
     * A trading-day bar can include observations made days after its start: over a holiday, or while a page is stale.
     */
    private static final int MAX_REACH_DAYS = 100;

    /** Parts of hours are calculated from so many observations at most. */
    private static final int MAX_GROUPED = 250_000;

    private static final int TIMEOUT_SECONDS = 10;
    private static final OffsetDateTime BEGINNING = utc(TimeRange.BEGINNING);
    private static final OffsetDateTime END = utc(TimeRange.END);

    /** More than any sensible response needs: 100,000 points, each with the value of a year ago, and their levels. */
    static final int MAX_ROWS = 250_000;

    /** As a limit: every row that the budget of the response allows. */
    static final int ALL = Integer.MAX_VALUE;

    private final Connection connection;
    private int rowsLeft = MAX_ROWS;

    private SeriesReader(Connection connection) {
        this.connection = connection;
    }

    /** Opens one connection for all queries of a response. */
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
        return new GenericJDBCException("Cannot read the series.", e);
    }

    /**
     * The number of an observation.
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

    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** The bars of a range, oldest first, at most {@code limit}. */
    List<Point> bars(int indicatorId, Measure measure, Interval interval, TimeRange range, int limit) {
        if (interval.isWithinHour()) {
            return read(
                    """
                    select bin, (array_agg(number order by observed_at))[1], max(number), min(number), (array_agg(number order by observed_at))[count(*)],
                           coalesce(sum(number) filter (where quality <> 'implied'), 0), count(*) filter (where quality <> 'implied')
                    """ + partsOfHours(measure, interval) + " order by bin limit ?",
                    SeriesReader::point,
                    partParameters(indicatorId, interval, range, limit));
        }
        return read("""
                select start, open, high, low, close, sum, count from bar
                where indicator_id = ? and measure = ? and interval = ? and start >= ? and start <= ? and last_at >= ? and first_at <= ?
                order by start limit ?
                """, SeriesReader::point, barParameters(indicatorId, measure, interval, range, limit));
    }

    private record DayOf(int indicatorId, Point day) {}

    /** The day bars of many indicators, oldest first, each of one measure, with one statement. */
    Map<Integer, List<Point>> days(Map<Measure, List<Integer>> indicatorsByMeasure) {
        List<Object> parameters = new ArrayList<>();
        indicatorsByMeasure.forEach((measure, ids) -> {
            parameters.add(measure.word());
            parameters.add(ids.toArray(Integer[]::new));
        });
        String ofMeasure = indicatorsByMeasure.keySet().stream()
                .map(measure -> "measure = ? and indicator_id = any(?)")
                .collect(Collectors.joining(" or "));
        return read(
                        """
                select start, open, high, low, close, sum, count, indicator_id from bar
                where interval = '1d' and (""" + ofMeasure + ") order by indicator_id, start",
                        row -> new DayOf(row.getInt(8), point(row)),
                        parameters)
                .stream()
                .collect(
                        Collectors.groupingBy(DayOf::indicatorId, Collectors.mapping(DayOf::day, Collectors.toList())));
    }

    /**
     * Bars with the averages of weeks and longer, in which each trading day counts once.
     *
     * @param levelStarts the days on which the level changed: earlier days of that bar do not count
     */
    List<Point> withAverages(
            int indicatorId, Measure measure, Interval interval, List<Point> bars, NavigableSet<Long> levelStarts) {
        if (bars.isEmpty() || !interval.isByTradingDay() || interval == Interval.DAY) {
            return bars;
        }
        LocalDate first = day(bars.get(0).t());
        LocalDate last = interval.lastDay(day(bars.get(bars.size() - 1).t()));
        TimeRange range = new TimeRange(Wib.midnight(first), Wib.midnight(last), first, last, false);
        Map<Long, List<Point>> days = bars(indicatorId, measure, Interval.DAY, range, ALL).stream()
                .collect(Collectors.groupingBy(day -> start(day, interval)));
        return bars.stream()
                .map(bar -> bar.withAverage(
                        Point.averageOf(onLastLevel(days.getOrDefault(bar.t(), List.of()), levelStarts))))
                .toList();
    }

    private static List<Point> onLastLevel(List<Point> days, NavigableSet<Long> levelStarts) {
        Long start = days.isEmpty()
                ? null
                : levelStarts.floor(days.get(days.size() - 1).t());
        return start == null
                ? days
                : days.stream().filter(day -> day.t() >= start).toList();
    }

    /** The observations of the parts of hours that overlap the range. Where the level changed, a part starts over. */
    private static String partsOfHours(Measure measure, Interval interval) {
        String length = "interval '" + interval.length().toMinutes() + " minutes'";
        String bin = "date_bin(" + length + ", o.observed_at, timestamptz '2000-01-01 00:00+07')";
        String onLastLevel = measure == Measure.VALUE
                ? " and not exists (select from observation l where l.indicator_id = o.indicator_id and l.reason = 'level-changed'"
                        + " and l.observed_at > o.observed_at and l.observed_at < " + bin + " + " + length + ")"
                : "";
        return "from (select " + bin + " as bin, observed_at, quality, " + measure.column()
                + " as number from observation o"
                + " where indicator_id = ? and observed_at >= ? and observed_at < ? and quality <> 'suspect' and "
                + measure.column() + " is not null" + onLastLevel
                + ") part group by bin having max(observed_at) >= ? and min(observed_at) <= ?";
    }

    private static List<?> partParameters(int indicatorId, Interval interval, TimeRange range, int count) {
        return List.of(
                indicatorId,
                utc(interval.start(range.lowerBound())),
                utc(interval.start(range.upperBound()).plus(interval.length())),
                from(range),
                to(range),
                count);
    }

    /** The last bar before a moment. */
    Optional<Point> barBefore(int indicatorId, Measure measure, Interval interval, Instant start) {
        if (interval.isWithinHour()) {
            return trustedObservationBefore(indicatorId, measure, start)
                    .map(last -> Instant.ofEpochMilli(last.t()))
                    .flatMap(last ->
                            bars(indicatorId, measure, interval, new TimeRange(last, last, null, null, false), 1)
                                    .stream()
                                    .findFirst());
        }
        return read("""
                select start, open, high, low, close, sum, count from bar
                where indicator_id = ? and measure = ? and interval = ? and start < ?
                order by start desc limit 1
                """, SeriesReader::point, List.of(indicatorId, measure.word(), interval.word(), utc(start)))
                .stream()
                .findFirst();
    }

    List<Seen> observations(int indicatorId, Measure measure, TimeRange range, int limit) {
        return read(
                "select observed_at, " + measure.column() + """
                , quality, reason, capture_id from observation
                where indicator_id = ? and observed_at >= ? and observed_at <= ? and\s""" + measure.column() + """
                 is not null order by observed_at limit ?
                """,
                SeriesReader::seen,
                List.of(indicatorId, from(range), to(range), limit));
    }

    Optional<Seen> trustedObservationBefore(int indicatorId, Measure measure, Instant instant) {
        return read(
                        "select observed_at, " + measure.column() + """
                , quality, reason, capture_id from observation
                where indicator_id = ? and observed_at < ? and\s""" + measure.column() + """
                 is not null and quality <> 'suspect' order by observed_at desc limit 1
                """,
                        SeriesReader::seen,
                        List.of(indicatorId, utc(instant)))
                .stream()
                .findFirst();
    }

    /**
     * The last trusted observation at or before each moment, with one index look-up for each.
     *
     * @param moments in epoch milliseconds
     * @param tolerance an observation that is older than the moment by more than that does not count
     */
    List<Seen> trustedObservationsAt(int indicatorId, Measure measure, List<Long> moments, Duration tolerance) {
        return read(
                "select o.* from unnest(?) as moment(t) cross join lateral (select observed_at, " + measure.column()
                        + """
                , quality, reason, capture_id from observation
                where indicator_id = ? and observed_at < 'epoch'::timestamptz + (moment.t + 1) * interval '1 millisecond'
                  and observed_at >= 'epoch'::timestamptz + (moment.t - ?) * interval '1 millisecond' and\s""" + measure.column()
                        + """
                 is not null and quality <> 'suspect' order by observed_at desc limit 1) o
                """,
                SeriesReader::seen,
                List.of(moments.toArray(Long[]::new), indicatorId, tolerance.toMillis()));
    }

    /** Whether there are at most that many points. Reads at most that many index entries, usually fewer. */
    boolean fits(int indicatorId, Measure measure, Interval interval, TimeRange range, int most) {
        return switch (interval) {
            case RAW ->
                countInWholeMonths(indicatorId, measure, range) <= most
                        && !hasMoreObservations(indicatorId, measure, range, most);
            case FIVE_MINUTES, QUARTER_HOUR, HALF_HOUR ->
                !hasMore(indicatorId, measure, Interval.HOUR, range, most)
                        && countInWholeMonths(indicatorId, measure, range) <= MAX_GROUPED
                        && !hasMoreObservations(indicatorId, measure, range, MAX_GROUPED)
                        && !exists(
                                "select " + partsOfHours(measure, interval) + " offset ? limit 1",
                                partParameters(indicatorId, interval, range, most));
            // the key decides, except for the bars at both ends, which may have no observation in the range
            case HOUR, TWO_HOURS, FOUR_HOURS, HALF_DAY ->
                !hasMore(indicatorId, measure, interval, range, most)
                        && !hasMoreBars(indicatorId, measure, interval, range, most);
            case DAY, WEEK, MONTH, QUARTER, YEAR -> !hasMoreBars(indicatorId, measure, interval, range, most);
        };
    }

    /** A lower bound of the number of observations. */
    private long countInWholeMonths(int indicatorId, Measure measure, TimeRange range) {
        return read(
                        """
                select coalesce(sum(count), 0) from bar
                where indicator_id = ? and measure = ? and interval = '1mo' and start >= ? and first_at >= ? and last_at <= ?
                """,
                        row -> row.getLong(1),
                        List.of(indicatorId, measure.word(), from(range), from(range), to(range)))
                .get(0);
    }

    private boolean hasMoreObservations(int indicatorId, Measure measure, TimeRange range, int most) {
        return exists(
                "select from observation where indicator_id = ? and observed_at >= ? and observed_at <= ? and "
                        + measure.column() + " is not null order by observed_at offset ? limit 1",
                List.of(indicatorId, from(range), to(range), most));
    }

    /** Whether there are many more bars of the clock than that. */
    private boolean hasMore(int indicatorId, Measure measure, Interval interval, TimeRange range, int most) {
        OffsetDateTime start = range.from() == null ? BEGINNING : utc(interval.start(range.from()));
        return exists("""
                select from bar
                where indicator_id = ? and measure = ? and interval = ? and start >= ? and start <= ?
                order by start offset ? limit 1
                """, List.of(indicatorId, measure.word(), interval.word(), start, to(range), most + 2));
    }

    private boolean hasMoreBars(int indicatorId, Measure measure, Interval interval, TimeRange range, int most) {
        return exists("""
                select from bar
                where indicator_id = ? and measure = ? and interval = ? and start >= ? and start <= ? and last_at >= ? and first_at <= ?
                order by start offset ? limit 1
                """, barParameters(indicatorId, measure, interval, range, most));
    }

    private boolean exists(String sql, List<?> parameters) {
        return !read(sql, row -> true, parameters).isEmpty();
    }

    /** Dates are trading days; instants include every bar that overlaps the range. */
    private static List<?> barParameters(
            int indicatorId, Measure measure, Interval interval, TimeRange range, int count) {
        boolean byDay = interval.isByTradingDay();
        OffsetDateTime start = BEGINNING;
        OffsetDateTime firstAtLeast = BEGINNING;
        if (byDay && range.fromDay() != null) {
            start = utc(interval.start(range.fromDay()));
        } else if (range.from() != null) {
            start = utc(
                    byDay ? interval.start(range.firstDay().minusDays(MAX_REACH_DAYS)) : interval.start(range.from()));
            firstAtLeast = utc(range.from());
        }
        OffsetDateTime end = END;
        OffsetDateTime lastAtMost = END;
        if (byDay && range.toDay() != null) {
            end = utc(interval.start(range.toDay()));
        } else if (range.to() != null) {
            end = utc(range.to());
            lastAtMost = utc(range.to());
        }
        return List.of(indicatorId, measure.word(), interval.word(), start, end, firstAtLeast, lastAtMost, count);
    }

    private static OffsetDateTime from(TimeRange range) {
        return utc(range.lowerBound());
    }

    private static OffsetDateTime to(TimeRange range) {
        return utc(range.upperBound());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Point point(ResultSet row) throws SQLException {
        return new Point(
                millis(row),
                row.getBigDecimal(2),
                row.getBigDecimal(3),
                row.getBigDecimal(4),
                row.getBigDecimal(5),
                row.getBigDecimal(6),
                row.getInt(7));
    }

    private static Seen seen(ResultSet row) throws SQLException {
        return new Seen(
                millis(row), row.getBigDecimal(2), row.getString(3), row.getString(4), row.getObject(5, UUID.class));
    }

    private static long millis(ResultSet row) throws SQLException {
        return row.getObject(1, OffsetDateTime.class).toInstant().toEpochMilli();
    }

    /** The start of the week or month of a day. */
    static long start(Point day, Interval interval) {
        return interval.start(day(day.t())).toEpochMilli();
    }

    static LocalDate day(long t) {
        return Wib.date(Instant.ofEpochMilli(t));
    }

    private static RuntimeException tooManyRows() {
        return RejectedException.invalid("This answer would read more than " + MAX_ROWS
                + " rows: narrow from and to, lower maxPoints, or request fewer indicators.");
    }

    /**
     * @param parameters may contain null
     * @throws RejectedException if the response has read too many rows
     */
    <T> List<T> read(String sql, RowMapper<T> mapper, List<?> parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            statement.setMaxRows(rowsLeft + 1);
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> read = new ArrayList<>();
                while (rows.next()) {
                    if (rowsLeft-- == 0) {
                        throw tooManyRows();
                    }
                    read.add(mapper.map(rows));
                }
                return read;
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }
}
