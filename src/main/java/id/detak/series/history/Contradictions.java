package id.detak.series.history;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import id.detak.database.RetryRead;
import id.detak.platform.Wib;
import id.detak.series.Measure;
import id.detak.series.SeriesVersions;
import id.detak.series.history.HistoryResponse.CloseDifference;
import id.detak.series.history.HistoryResponse.Conflict;
import id.detak.series.history.HistoryResponse.Voided;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Reads conflicts, close differences and voided observations. Skips the query for series without any, the usual case.
 */
@ApplicationScoped
public class Contradictions {

    private final DataSource dataSource;
    private final SeriesVersions versions;

    Contradictions(DataSource dataSource, SeriesVersions versions) {
        this.dataSource = dataSource;
        this.versions = versions;
    }

    List<Conflict> conflicts(int indicatorId, TimeRange range, SeriesReader reader) {
        if (!versions.hasConflicts(indicatorId)) {
            return List.of();
        }
        return reader.read(
                """
                select observed_at, value, change, change_percent, capture_id, file from observation_conflict
                where indicator_id = ? and observed_at >= coalesce(?, '-infinity'::timestamptz) and observed_at <= coalesce(?, 'infinity'::timestamptz)
                order by observed_at limit 1000
                """,
                row -> new Conflict(
                        row.getObject(1, OffsetDateTime.class).toInstant().toEpochMilli(),
                        row.getBigDecimal(2),
                        row.getBigDecimal(3),
                        row.getBigDecimal(4),
                        row.getObject(5, UUID.class),
                        row.getString(6)),
                parameters(indicatorId, range));
    }

    /** Voided numbers of the measure. */
    List<Voided> voided(int indicatorId, Measure measure, TimeRange range, SeriesReader reader) {
        if (!versions.hasVoids(indicatorId)) {
            return List.of();
        }
        return reader.read(
                "select observed_at, " + measure.column() + """
                , note, superseded_at, capture_id from observation_superseded
                where indicator_id = ? and observed_at >= coalesce(?, '-infinity'::timestamptz) and observed_at <= coalesce(?, 'infinity'::timestamptz)
                  and cause = 'void' and\s""" + measure.column() + """
                 is not null order by observed_at limit 1000
                """,
                row -> new Voided(
                        row.getObject(1, OffsetDateTime.class).toInstant().toEpochMilli(),
                        row.getBigDecimal(2),
                        row.getString(3),
                        Wib.local(row.getObject(4, OffsetDateTime.class).toInstant()),
                        row.getObject(5, UUID.class)),
                parameters(indicatorId, range));
    }

    private static List<?> parameters(int indicatorId, TimeRange range) {
        return Arrays.asList(
                indicatorId,
                range.from() == null ? null : range.from().atOffset(ZoneOffset.UTC),
                range.to() == null ? null : range.to().atOffset(ZoneOffset.UTC));
    }

    private record OfIndicator(int id, CloseDifference difference) {}

    /** The newest close differences of each indicator that has some, newest first, with one statement or none. */
    @RetryRead
    public Map<Integer, List<CloseDifference>> newestCloseDifferences(int most) {
        Set<Integer> ids = versions.withCloseDifferences();
        if (ids.isEmpty()) {
            return Map.of();
        }
        try (SeriesReader reader = SeriesReader.on(dataSource)) {
            return reader
                    .read(
                            "select * from (select " + DIFFERENCE + """
                            , d.indicator_id, row_number() over (partition by d.indicator_id order by d.trading_day desc, d.stated) as nth
                            """ + DIFFERENCES + """
                            where d.indicator_id = any(?)) ranked where nth <= ? order by indicator_id, nth
                            """,
                            row -> new OfIndicator(row.getInt("indicator_id"), difference(row)),
                            List.of(ids.toArray(Integer[]::new), most))
                    .stream()
                    .collect(groupingBy(OfIndicator::id, TreeMap::new, mapping(OfIndicator::difference, toList())));
        }
    }

    private static final String DIFFERENCE =
            "d.trading_day, b.close, o.capture_id, d.stated, d.capture_id as stated_by";
    private static final String DIFFERENCES = """
            from close_difference d
            join bar b on b.indicator_id = d.indicator_id and b.measure = 'value' and b.interval = '1d'
                      and b.start = d.trading_day::timestamp at time zone 'Asia/Jakarta'
            left join observation o on o.indicator_id = d.indicator_id and o.observed_at = b.last_at
            """;

    /** The close differences of the days of a range, newest first. */
    List<CloseDifference> closeDifferences(int indicatorId, TimeRange range, SeriesReader reader) {
        if (!versions.hasCloseDifferences(indicatorId)) {
            return List.of();
        }
        return reader.read(
                "select " + DIFFERENCE + "\n" + DIFFERENCES + """
                where d.indicator_id = ? and d.trading_day >= coalesce(?, '-infinity'::date) and d.trading_day <= coalesce(?, 'infinity'::date)
                order by d.trading_day desc, d.stated limit 1000
                """,
                Contradictions::difference,
                Arrays.asList(indicatorId, range.firstDay(), range.lastDay()));
    }

    private static CloseDifference difference(ResultSet row) throws SQLException {
        return new CloseDifference(
                row.getObject(1, LocalDate.class),
                row.getBigDecimal(2),
                row.getObject(3, UUID.class),
                row.getBigDecimal(4),
                row.getObject(5, UUID.class));
    }
}
