package id.detak.series.history;

import id.detak.indicator.Indicator;
import id.detak.series.Interval;
import id.detak.series.LevelChanges.LevelChange;
import id.detak.series.Measure;
import id.detak.series.SeriesVersions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds where the level of an indicator changed. Calculations must not cross these points. */
@ApplicationScoped
class Levels {

    private final SeriesVersions versions;

    Levels(SeriesVersions versions) {
        this.versions = versions;
    }

    /** Oldest first; empty for measures without a scale. */
    List<LevelChange> changes(Indicator indicator, Measure measure, SeriesReader reader) {
        if (measure != Measure.VALUE || !versions.hasLevelChanges(indicator.id())) {
            return List.of();
        }
        return reader.read(
                "select observed_at, trading_day from observation where indicator_id = ? and reason = 'level-changed' order by observed_at",
                row -> new LevelChange(
                        indicator.id(),
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        row.getObject(2, LocalDate.class)),
                List.of(indicator.id()));
    }

    /** The starts of the first points on another level, in epoch milliseconds. */
    NavigableSet<Long> starts(Indicator indicator, Measure measure, Interval interval, SeriesReader reader) {
        return changes(indicator, measure, reader).stream()
                .map(change -> switch (interval) {
                    case RAW -> change.observedAt();
                    case FIVE_MINUTES, QUARTER_HOUR, HALF_HOUR, HOUR, TWO_HOURS, FOUR_HOURS, HALF_DAY ->
                        interval.start(change.observedAt());
                    case DAY, WEEK, MONTH, QUARTER, YEAR -> interval.start(change.tradingDay());
                })
                .map(Instant::toEpochMilli)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The points on the same level as the point at an instant. */
    static <T> NavigableMap<Long, T> sameLevel(NavigableMap<Long, T> series, NavigableSet<Long> starts, long t) {
        Long start = starts.floor(t);
        return start == null ? series : series.tailMap(start, true);
    }

    /** The first trading day of the present level; empty if it never changed. */
    Optional<LocalDate> firstDay(Indicator indicator, SeriesReader reader) {
        return changes(indicator, Measure.VALUE, reader).stream()
                .reduce((earlier, later) -> later)
                .map(LevelChange::tradingDay);
    }
}
