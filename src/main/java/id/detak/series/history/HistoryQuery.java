package id.detak.series.history;

import id.detak.indicator.Indicator;
import id.detak.platform.Parameters;
import id.detak.platform.RejectedException;
import id.detak.platform.Wib;
import id.detak.series.Interval;
import id.detak.series.Measure;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A query for the history of an indicator.
 *
 * @param intervals the allowed ones, the finest first
 * @param limited whether the request has maxPoints
 * @param transform null for the numbers as they are
 * @param aggregate null for bars
 * @param prunedBefore the day before which only bars are kept, if the range starts earlier; else null
 */
record HistoryQuery(
        Indicator indicator,
        Measure measure,
        List<Interval> intervals,
        TimeRange range,
        int maxPoints,
        boolean limited,
        Transform transform,
        Aggregate aggregate,
        LocalDate prunedBefore) {

    static final int MAX_POINTS = 100_000;
    private static final int DEFAULT_POINTS = 1000;
    private static final String AUTO = "auto";

    /** @throws RejectedException if a parameter cannot be read, or parameters contradict each other */
    static HistoryQuery parse(Indicator indicator, HistoryParameters parameters, Instant now) {
        Measure measure = Measure.parse(parameters.measure, indicator);
        Transform transform = Transform.parse(parameters.transform);
        Aggregate aggregate = Aggregate.parse(parameters.aggregate);
        List<Interval> intervals = intervals(parameters.interval);
        if (aggregate != null) {
            intervals =
                    without(intervals, Interval.RAW, "Raw points have nothing to aggregate: choose another interval.");
        }
        if (measure == Measure.RETURN_INDEX) {
            intervals = intervals.stream().filter(Interval::isByTradingDay).toList();
            if (intervals.isEmpty()) {
                throw RejectedException.invalid(
                        "A return index has one point for each trading day: use interval 1d, 1w, 1mo, 1q, 1y or auto.");
            }
        }
        return new HistoryQuery(
                indicator,
                measure,
                intervals,
                TimeRange.parse(parameters.from, parameters.to, now),
                points(parameters.maxPoints),
                parameters.maxPoints != null && !parameters.maxPoints.isBlank(),
                transform,
                aggregate,
                null);
    }

    /**
     * Adapts the query to a series whose observations before a day are deleted: it uses bars, or only the remaining raw
     * points.
     */
    HistoryQuery withPruned(LocalDate pruned) {
        Instant kept = Wib.midnight(pruned);
        if (range.from() != null && !range.from().isBefore(kept)) {
            return this;
        }
        boolean rawAlone = intervals.equals(List.of(Interval.RAW));
        List<Interval> able = rawAlone
                ? intervals
                : intervals.stream()
                        .filter(interval -> !interval.needsObservations())
                        .toList();
        TimeRange keptRange =
                rawAlone ? new TimeRange(kept, range.to(), pruned, range.toDay(), range.relative()) : range;
        return new HistoryQuery(indicator, measure, able, keptRange, maxPoints, limited, transform, aggregate, pruned);
    }

    static RuntimeException tooManyPoints(int maxPoints) {
        return RejectedException.invalid("More than " + maxPoints
                + " points: narrow from and to, choose a coarser interval, or raise maxPoints (up to " + MAX_POINTS
                + ").");
    }

    /** Whether the response is a plain series, one number for each point. */
    boolean isPlain() {
        return transform != null || aggregate != null;
    }

    /** Whether the response has all raw points, however many. */
    boolean isWholeRaw() {
        return intervals.equals(List.of(Interval.RAW)) && !limited && transform == null;
    }

    Aggregate aggregateOrLast() {
        return aggregate == null ? Aggregate.LAST : aggregate;
    }

    /** Equal for equal queries. */
    String stamp() {
        return String.join(
                " ",
                indicator.code(),
                indicator.unit(),
                measure.word(),
                intervals.toString(),
                range.toString(),
                String.valueOf(maxPoints),
                String.valueOf(limited),
                String.valueOf(transform),
                String.valueOf(aggregate),
                String.valueOf(prunedBefore));
    }

    String unit() {
        return transform == null || transform == Transform.CHANGE
                ? measure.unit(indicator)
                : transform.isPercent() ? "percent" : "log";
    }

    static List<Interval> intervals(String text) {
        if (text == null || text.isBlank() || text.equals(AUTO)) {
            return List.of(Interval.values());
        }
        List<String> words = Arrays.stream(text.split(",")).map(String::strip).toList();
        List<Interval> chosen = Arrays.stream(Interval.values())
                .filter(interval -> words.contains(interval.word()))
                .toList();
        if (chosen.size() != words.size()) {
            throw RejectedException.invalid("interval must be auto, or one or more of "
                    + Arrays.stream(Interval.values()).map(Interval::word).collect(Collectors.joining(", "))
                    + ", separated by commas; the finest one that fits is used.");
        }
        return chosen;
    }

    private static List<Interval> without(List<Interval> intervals, Interval interval, String otherwise) {
        List<Interval> rest =
                intervals.stream().filter(other -> other != interval).toList();
        if (rest.isEmpty()) {
            throw RejectedException.invalid(otherwise);
        }
        return rest;
    }

    static int points(String text) {
        if (text == null || text.isBlank()) {
            return DEFAULT_POINTS;
        }
        return Parameters.wholeNumber("maxPoints", text, MAX_POINTS);
    }
}
