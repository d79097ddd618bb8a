package id.detak.alert;

import id.detak.alert.Rules.Stored;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.Wib;
import id.detak.series.Bar;
import id.detak.series.Bars;
import id.detak.series.Measure;
import id.detak.series.Observation;
import id.detak.series.Observations;
import id.detak.series.PercentChange;
import id.detak.series.SeriesVersions.Step;
import id.detak.series.SeriesVersions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process remembers of each indicator between two observations. It is good for the one version of the series that it
 * was left at; where another process wrote meanwhile, rules changed or rows were imported, it is made anew from the database.
 */
@ApplicationScoped
class RuleWatches {

    private static final int LONGEST_SECONDS = 600;

    private final Rules rules;
    private final RuleStates states;
    private final Observations observations;
    private final Bars bars;
    private final Calendars calendars;
    private final Indicators indicators;
    private final SeriesVersions versions;
    private volatile boolean ready;
    private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();

    RuleWatches(Rules rules, RuleStates states, Observations observations, Bars bars, Calendars calendars, Indicators indicators, SeriesVersions versions) {
        this.indicators = indicators;
        this.versions = versions;
        this.rules = rules;
        this.states = states;
        this.observations = observations;
        this.bars = bars;
        this.calendars = calendars;
    }

    private record Kept(RuleWatch watch, long version, String calendar) {
    }

    /** Ready for an observation of that instant. Call within the transaction that took the step. */
    RuleWatch at(Indicator indicator, Instant at, Step step) {
        // what is handed out will change, and is good again only when it is kept
        Kept there = kept.remove(indicator.id());
        boolean good = there != null && there.version == step.previous() && there.calendar.equals(calendars.version());
        return good ? there.watch : madeAnew(indicator, at);
    }

    /** To be used by the next observation, where the step's transaction is committed and nobody wrote since. */
    void keep(RuleWatch watch, Step step) {
        kept.put(watch.indicator().id(), new Kept(watch, step.version(), calendars.version()));
    }

    /** The step wrote nothing that rules look at. */
    void pass(Indicator indicator, Step step) {
        kept.computeIfPresent(indicator.id(), (id, there) -> there.version == step.previous() ? new Kept(there.watch, step.version(), there.calendar) : there);
    }

    void forget(int indicatorId) {
        kept.remove(indicatorId);
    }

    /** After rules were changed here. */
    void rulesChanged() {
        ready = false;
    }

    /**
     * Reads ahead of time, outside the transaction that records, what the next observation will be held against: at the start,
     * and after rules were changed.
     */
    void makeReady() {
        if (ready) {
            return;
        }
        ready = true;
        for (Indicator indicator : QuarkusTransaction.requiringNew().call(indicators::all)) {
            QuarkusTransaction.requiringNew().timeout(LONGEST_SECONDS).run(() -> makeReady(indicator));
        }
    }

    private void makeReady(Indicator indicator) {
        long version = versions.now(indicator.id());
        Kept there = kept.get(indicator.id());
        Optional<Observation> last = observations.lastTrusted(indicator.id());
        if (last.isEmpty() || there != null && there.version == version) {
            return;
        }
        Kept made = new Kept(madeAnew(indicator, last.get().observedAt().plusNanos(1000)), version, calendars.version());
        // what was written meanwhile is not in it
        if (versions.now(indicator.id()) == version) {
            kept.put(indicator.id(), made);
        }
    }

    RuleWatch madeAnew(Indicator indicator, Instant at) {
        TradingCalendar calendar = calendars.of(indicator.kind());
        List<Stored> about = rules.all().stream().filter(stored -> stored.rule().enabled() && stored.rule().isAbout(indicator.code())).toList();
        RuleWatch watch = new RuleWatch(indicator, calendar, about, states.ofIndicator(indicator.id()));
        if (watch.hasRules()) {
            remember(watch, at, calendar);
        }
        return watch;
    }

    private void remember(RuleWatch watch, Instant at, TradingCalendar calendar) {
        int id = watch.indicator().id();
        Instant reach = watch.reach(at);
        Observation first = observations.lastTrustedBefore(id, reach.plusNanos(1000)).map(o -> orOfTheDayBefore(o, calendar)).orElse(null);
        if (!watch.indicator().hasLevel()) {
            startAfterDaysBefore(watch, first == null ? null : first.tradingDay());
        }
        observations.forEachFrom(id, first == null ? reach : first.observedAt(), observation -> {
            boolean before = observation.observedAt().isBefore(at);
            if (before && observation.isTrusted()) {
                watch.remember(observation);
            }
            return before;
        });
    }

    /** Whether an observation repeats the trading day before shows only beside that day's last. */
    private Observation orOfTheDayBefore(Observation first, TradingCalendar calendar) {
        return observations.lastTrustedBefore(first.indicatorId(), calendar.turnOf(first.tradingDay())).orElse(first);
    }

    /** A fund's return index goes on from the days before the first observation that is read. */
    private void startAfterDaysBefore(RuleWatch watch, LocalDate firstRead) {
        if (firstRead == null) {
            return;
        }
        BigDecimal index = PercentChange.INDEX_START;
        LocalDate last = null;
        for (Bar bar : bars.days(watch.indicator().id(), LocalDate.EPOCH, firstRead.minusDays(1))) {
            if (bar.key().measure() == Measure.CHANGE_PERCENT) {
                index = PercentChange.chained(index, bar.close());
                last = Wib.date(bar.key().start());
            }
        }
        if (last != null) {
            watch.samples().startAfter(last, index);
        }
    }
}
