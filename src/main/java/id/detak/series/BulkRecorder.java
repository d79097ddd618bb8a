package id.detak.series;

import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.TradingCalendar;
import id.detak.series.Observations.Neighbours;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Many observations at once: what must be known before they are written, and what follows from them. Call within one transaction. */
@ApplicationScoped
public class BulkRecorder {

    private final Observations observations;
    private final SupersededObservations supersessions;
    private final Bars bars;
    private final Rebuild rebuild;
    private final Calendars calendars;
    private final SeriesVersions versions;

    BulkRecorder(Observations observations, SupersededObservations supersessions, Bars bars, Rebuild rebuild, Calendars calendars, SeriesVersions versions) {
        this.observations = observations;
        this.supersessions = supersessions;
        this.bars = bars;
        this.rebuild = rebuild;
        this.calendars = calendars;
        this.versions = versions;
    }

    /** To be called first: other writers of these series wait until the transaction ends. */
    public void open(Collection<Integer> indicatorIds) {
        versions.write(indicatorIds);
    }

    /** From when on rows are taken: what is older was deleted, and its bars are final. */
    public Instant keptFrom(Indicator indicator) {
        return versions.keptFrom(indicator.id());
    }

    /** Whether nothing is stored in the stretch, both ends within, not even what counts no more. */
    public boolean isEmpty(Indicator indicator, Instant from, Instant to) {
        Neighbours there = observations.around(indicator.id(), from);
        return there.at() == null && (there.next() == null || there.next().observedAt().isAfter(to)) && supersessions.isEmpty(indicator.id(), from, to);
    }

    /**
     * Rows of a stretch in which nothing is stored, in the order of time. They are settled, and their bars added up, as they pass
     * by: while the database writes one, the next is made ready.
     *
     * @param insert writes them, with the trading days that they belong to
     */
    public void append(Indicator indicator, List<Observation> rows, Consumer<Iterable<Observation>> insert) {
        TradingCalendar calendar = calendars.of(indicator.kind());
        Neighbours before = observations.around(indicator.id(), rows.get(0).observedAt());
        TradingDayAssigner days = new TradingDayAssigner(calendar, before.lastTrusted());
        BarSet added = new BarSet();
        List<Observation> edges = new ArrayList<>();
        List<Observation> implied = new ArrayList<>();
        insert.accept(() -> rows.stream().map(row -> {
            Observation o = days.settle(row);
            added.add(o);
            if (o.isImplied()) {
                implied.add(o);
            }
            if (row == rows.get(0) || row == rows.get(rows.size() - 1)) {
                edges.add(o);
            }
            return o;
        }).iterator());
        bars.merge(added.bars());
        Observation first = edges.get(0);
        Observation last = edges.get(edges.size() - 1);
        if (!Recorder.isAtTheEnd(first, calendar, before) || !Recorder.isAtTheEnd(last, calendar, observations.around(indicator.id(), last.observedAt()))) {
            rebuild.around(indicator, first.observedAt(), first.observedAt());
            rebuild.around(indicator, last.observedAt(), last.observedAt());
        }
        implied.stream().filter(o -> bars.day(indicator.id(), o.tradingDay()).filter(day -> day.count() > 0).isPresent())
                .forEach(o -> rebuild.around(indicator, o.observedAt(), o.observedAt()));
    }

    /** With the trading days that they would have were there nothing before them. */
    public List<Observation> settleRoughly(Indicator indicator, List<Observation> rows) {
        TradingDayAssigner days = new TradingDayAssigner(calendars.of(indicator.kind()), null);
        return rows.stream().map(days::settle).toList();
    }

    /** After rows were written among others: what follows from that stretch is made anew. */
    public void rowsCame(Indicator indicator, Instant first, Instant last) {
        rebuild.around(indicator, first, last);
    }
}
