package id.detak.series;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.TradingCalendar;
import id.detak.series.Observations.Neighbours;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Records many observations at once and updates the data that is derived from them. */
@ApplicationScoped
@Transactional(MANDATORY)
public class BulkRecorder {

    private final Observations observations;
    private final SupersededObservations superseded;
    private final Bars bars;
    private final QualityJudges judges;
    private final DerivedDataUpdate derivedDataUpdate;
    private final LevelChanges levelChanges;
    private final Calendars calendars;
    private final SeriesVersions versions;

    BulkRecorder(
            Observations observations,
            SupersededObservations superseded,
            Bars bars,
            QualityJudges judges,
            DerivedDataUpdate derivedDataUpdate,
            LevelChanges levelChanges,
            Calendars calendars,
            SeriesVersions versions) {
        this.observations = observations;
        this.superseded = superseded;
        this.bars = bars;
        this.judges = judges;
        this.derivedDataUpdate = derivedDataUpdate;
        this.levelChanges = levelChanges;
        this.calendars = calendars;
        this.versions = versions;
    }

    /** Locks these series until the transaction ends. Call this first. */
    public void lock(Collection<Integer> indicatorIds) {
        versions.write(indicatorIds);
    }

    /** The instant from which rows are accepted. Older observations were deleted and their bars are final. */
    public Instant keptFrom(Indicator indicator) {
        return versions.keptFrom(indicator.id());
    }

    /** Whether the range, both ends included, has no observation, not even a superseded one. */
    public boolean isEmpty(Indicator indicator, Instant from, Instant to) {
        Neighbours neighbours = observations.around(indicator.id(), from);
        return neighbours.at() == null
                && (neighbours.next() == null || neighbours.next().observedAt().isAfter(to))
                && superseded.isEmpty(indicator.id(), from, to);
    }

    /**
     * Records rows of an empty range in chronological order. Verdicts, trading days and bars are calculated while the
     * rows are streamed to the database.
     *
     * @param unstated the instants of rows without a quality
     * @param insert writes the rows with their trading days
     */
    public void append(
            Indicator indicator,
            List<Observation> rows,
            Set<Instant> unstated,
            Consumer<Iterable<Observation>> insert) {
        TradingCalendar calendar = calendars.of(indicator.kind());
        Instant firstAt = rows.get(0).observedAt();
        Instant lastAt = rows.get(rows.size() - 1).observedAt();
        Neighbours before = observations.around(indicator.id(), firstAt);
        // the connection is busy while the rows are streamed
        QualityJudge judge = judges.after(indicator, before).prepared();
        BarSet added = new BarSet();
        List<Observation> edges = new ArrayList<>();
        List<Observation> special = new ArrayList<>();
        insert.accept(() -> rows.stream()
                .map(row -> {
                    Observation o = unstated.contains(row.observedAt()) ? judge.judge(row) : judge.keep(row);
                    added.add(o);
                    if (o.isImplied() || o.reason() == QualityReason.LEVEL_CHANGED) {
                        special.add(o);
                    }
                    if (row == rows.get(0) || row == rows.get(rows.size() - 1)) {
                        edges.add(o);
                    }
                    return o;
                })
                .iterator());
        bars.merge(added.bars());
        Observation first = edges.get(0);
        Observation last = edges.get(edges.size() - 1);
        Neighbours around = observations.around(indicator.id(), lastAt);
        List<Rejudged> rejudged = around.next() == null
                ? List.of()
                : derivedDataUpdate.rejudge(indicator, judge, lastAt.plus(1, ChronoUnit.MICROS), lastAt, Set.of());
        if (!rejudged.isEmpty()
                || levelChanges.isAfter(indicator.id(), lastAt)
                || !Recorder.isNewest(first, calendar, before)
                || !Recorder.isNewest(last, calendar, around)) {
            derivedDataUpdate.rebuild(indicator, firstAt, firstAt);
            derivedDataUpdate.rebuild(indicator, lastAt, DerivedDataUpdate.end(lastAt, rejudged));
        }
        special.stream()
                .filter(o -> !o.isImplied()
                        || bars.day(indicator.id(), o.tradingDay())
                                .filter(day -> day.count() > 0)
                                .isPresent())
                .forEach(o -> derivedDataUpdate.rebuild(indicator, o.observedAt(), o.observedAt()));
    }

    /** Judges rows by the observations before the first one, without those between them. Writes nothing. */
    public List<Observation> judged(Indicator indicator, List<Observation> rows, Set<Instant> unstated) {
        List<Observation> inOrder = rows.stream()
                .sorted(Comparator.comparing(Observation::observedAt))
                .toList();
        QualityJudge judge = judges.from(indicator, inOrder.get(0).observedAt());
        return inOrder.stream()
                .map(row -> unstated.contains(row.observedAt()) ? judge.judge(row) : judge.keep(row))
                .toList();
    }

    /** Assigns trading days as if there were no earlier observation. */
    public List<Observation> assignRoughly(Indicator indicator, List<Observation> rows) {
        TradingDayAssigner days = new TradingDayAssigner(calendars.of(indicator.kind()), null);
        return rows.stream().map(days::assign).toList();
    }

    /** Updates the derived data after rows were written between others. */
    public void updateAround(Indicator indicator, Instant first, Instant last, Set<Instant> unstated) {
        derivedDataUpdate.update(indicator, first, last, unstated);
    }
}
