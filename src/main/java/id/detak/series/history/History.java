package id.detak.series.history;

import id.detak.database.RetryRead;
import id.detak.series.Interval;
import id.detak.series.LevelChanges.LevelChange;
import id.detak.series.Measure;
import id.detak.series.history.HistoryResponse.Implied;
import id.detak.series.history.HistoryResponse.Points;
import id.detak.series.history.HistoryResponse.Suspect;
import id.detak.series.history.SeriesReader.Seen;
import io.micrometer.core.annotation.Timed;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import javax.sql.DataSource;

/** The history of an indicator. Raw points list suspect numbers separately; bars leave them out. */
@ApplicationScoped
public class History {

    private final DataSource dataSource;
    private final ReturnIndex returnIndex;
    private final Contradictions contradictions;
    private final Gaps gaps;
    private final Levels levels;

    History(DataSource dataSource, ReturnIndex returnIndex, Contradictions contradictions, Gaps gaps, Levels levels) {
        this.levels = levels;
        this.gaps = gaps;
        this.dataSource = dataSource;
        this.returnIndex = returnIndex;
        this.contradictions = contradictions;
    }

    /** Uses the finest interval that has at most the requested number of points. */
    @Timed(
            value = "detak.query",
            extraTags = {"query", "history"},
            histogram = true,
            description = "Time that the main queries take")
    @RetryRead
    HistoryResponse of(HistoryQuery query) {
        try (SeriesReader reader = SeriesReader.on(dataSource)) {
            if (query.measure() == Measure.RETURN_INDEX) {
                return ofReturnIndex(query, reader);
            }
            Interval interval = finestThatFits(query, reader);
            HistoryResponse response = interval == Interval.RAW ? raw(query, reader) : bars(query, interval, reader);
            return response.withLevelChanges(levels.changes(query.indicator(), query.measure(), reader).stream()
                    .map(LevelChange::observedAt)
                    .filter(query.range()::contains)
                    .map(Instant::toEpochMilli)
                    .toList());
        }
    }

    private static Interval finestThatFits(HistoryQuery query, SeriesReader reader) {
        return query.intervals().stream()
                .filter(interval -> reader.fits(
                        query.indicator().id(), query.measure(), interval, query.range(), query.maxPoints()))
                .findFirst()
                .orElseThrow(() -> HistoryQuery.tooManyPoints(query.maxPoints()));
    }

    private HistoryResponse raw(HistoryQuery query, SeriesReader reader) {
        List<Seen> rows =
                reader.observations(query.indicator().id(), query.measure(), query.range(), query.maxPoints());
        Points points = query.transform() == null ? Points.plain() : transformed(query, rows, reader);
        if (query.transform() == null) {
            rows.forEach(row -> points.add(row.t(), row.isSuspect() ? null : row.number(), row.isImplied() ? 0 : 1));
        }
        return HistoryResponse.of(
                query,
                Interval.RAW,
                points,
                rows.stream()
                        .filter(Seen::isSuspect)
                        .map(row -> new Suspect(row.t(), row.number(), row.reason(), row.captureId()))
                        .toList(),
                rows.stream()
                        .filter(Seen::isImplied)
                        .map(row -> new Implied(row.t(), row.captureId()))
                        .toList(),
                contradictions.voided(query.indicator().id(), query.measure(), query.range(), reader),
                contradictions.conflicts(query.indicator().id(), query.range(), reader),
                differences(query, reader),
                query.isPlain() ? List.of() : gaps.of(query.indicator(), Interval.RAW, points, query.range()));
    }

    private HistoryResponse bars(HistoryQuery query, Interval interval, SeriesReader reader) {
        List<Point> bars =
                reader.bars(query.indicator().id(), query.measure(), interval, query.range(), query.maxPoints());
        Points points = query.isPlain()
                ? plain(
                        query,
                        averaged(query, interval, bars, reader),
                        averaged(query, interval, before(query, interval, bars, reader), reader),
                        levels.starts(query.indicator(), query.measure(), interval, reader))
                : Points.bars(bars);
        return HistoryResponse.of(
                query,
                interval,
                points,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                differences(query, reader),
                query.isPlain() ? List.of() : gaps.of(query.indicator(), interval, points, query.range()));
    }

    private List<HistoryResponse.CloseDifference> differences(HistoryQuery query, SeriesReader reader) {
        return query.measure() == Measure.VALUE
                ? contradictions.closeDifferences(query.indicator().id(), query.range(), reader)
                : List.of();
    }

    private HistoryResponse ofReturnIndex(HistoryQuery query, SeriesReader reader) {
        List<Point> days = returnIndex.days(query.indicator(), reader);
        for (Interval interval : query.intervals()) {
            List<Point> all = interval == Interval.DAY ? days : ReturnIndex.group(days, interval);
            List<Point> within = all.stream()
                    .filter(point -> isWithin(point, interval, query.range()))
                    .toList();
            if (within.size() <= query.maxPoints()) {
                Points points = query.isPlain()
                        ? plain(query, within, all, Collections.emptyNavigableSet())
                        : Points.bars(within);
                return HistoryResponse.of(
                        query,
                        interval,
                        points,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        query.isPlain() ? List.of() : gaps.of(query.indicator(), interval, points, query.range()));
            }
        }
        throw HistoryQuery.tooManyPoints(query.maxPoints());
    }

    private static boolean isWithin(Point point, Interval interval, TimeRange range) {
        LocalDate first = SeriesReader.day(point.t());
        return (range.firstDay() == null || !first.isBefore(interval.firstDay(range.firstDay())))
                && (range.lastDay() == null || !first.isAfter(interval.firstDay(range.lastDay())));
    }

    /** The bars before the range that a transform needs. */
    private static List<Point> before(HistoryQuery query, Interval interval, List<Point> bars, SeriesReader reader) {
        if (query.transform() == null || query.transform() == Transform.LOG || bars.isEmpty()) {
            return List.of();
        }
        Instant first = Instant.ofEpochMilli(bars.get(0).t());
        Instant reach = query.transform().reach(first);
        if (reach.equals(first)) {
            return reader.barBefore(query.indicator().id(), query.measure(), interval, first).stream()
                    .toList();
        }
        return reader.bars(
                query.indicator().id(),
                query.measure(),
                interval,
                new TimeRange(
                        reach,
                        first,
                        SeriesReader.day(reach.toEpochMilli()),
                        SeriesReader.day(first.toEpochMilli()),
                        false),
                SeriesReader.ALL);
    }

    private List<Point> averaged(HistoryQuery query, Interval interval, List<Point> bars, SeriesReader reader) {
        return query.aggregate() == Aggregate.AVERAGE
                ? reader.withAverages(
                        query.indicator().id(),
                        query.measure(),
                        interval,
                        bars,
                        levels.starts(query.indicator(), query.measure(), Interval.DAY, reader))
                : bars;
    }

    /** @param levelStarts where the level changed */
    private static Points plain(
            HistoryQuery query, List<Point> bars, List<Point> known, NavigableSet<Long> levelStarts) {
        TreeMap<Long, BigDecimal> series = new TreeMap<>();
        known.stream()
                .filter(point -> point.close() != null)
                .forEach(point -> series.put(point.t(), point.number(query.aggregateOrLast())));
        bars.stream()
                .filter(point -> point.close() != null)
                .forEach(point -> series.put(point.t(), point.number(query.aggregateOrLast())));
        Points points = Points.plain();
        for (Point bar : bars) {
            BigDecimal number = series.get(bar.t());
            points.add(
                    bar.t(),
                    number == null || query.transform() == null
                            ? number
                            : query.transform().of(Levels.sameLevel(series, levelStarts, bar.t()), bar.t(), number),
                    bar.count());
        }
        return points;
    }

    /** Transforms raw points. Suspect ones are not used. */
    private Points transformed(HistoryQuery query, List<Seen> rows, SeriesReader reader) {
        TreeMap<Long, BigDecimal> series = new TreeMap<>();
        rows.stream().filter(row -> !row.isSuspect()).forEach(row -> series.put(row.t(), row.number()));
        earlier(query, rows, series, reader).forEach(row -> series.put(row.t(), row.number()));
        Points points = Points.plain();
        NavigableSet<Long> starts = levels.starts(query.indicator(), query.measure(), Interval.RAW, reader);
        rows.forEach(row -> points.add(
                row.t(),
                row.isSuspect()
                        ? null
                        : query.transform().of(Levels.sameLevel(series, starts, row.t()), row.t(), row.number()),
                row.isImplied() ? 0 : 1));
        return points;
    }

    /** The trusted observations before the range with which its points are compared. */
    private static List<Seen> earlier(
            HistoryQuery query, List<Seen> rows, NavigableMap<Long, BigDecimal> series, SeriesReader reader) {
        int id = query.indicator().id();
        return switch (query.transform()) {
            case LOG -> List.of();
            case CHANGE, PERCENT_CHANGE ->
                rows.isEmpty()
                        ? List.of()
                        : reader
                                .trustedObservationBefore(
                                        id,
                                        query.measure(),
                                        Instant.ofEpochMilli(rows.get(0).t()))
                                .stream()
                                .toList();
            case PERCENT_CHANGE_FROM_YEAR_AGO -> {
                List<Long> moments = rows.stream()
                        .filter(row -> !row.isSuspect())
                        .map(row -> Transform.yearBefore(row.t()))
                        .filter(moment -> series.floorKey(moment) == null)
                        .toList();
                yield reader.trustedObservationsAt(id, query.measure(), moments, Transform.YEAR_AGO_TOLERANCE);
            }
        };
    }
}
