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
import id.detak.series.SeriesVersions;
import id.detak.series.SeriesVersions.Step;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Caches the {@link RuleWatch} of each indicator between two observations. An entry is valid for one version of the
 * series: if another replica wrote, a rule changed or rows were imported meanwhile, it is rebuilt from the database.
 */
@ApplicationScoped
class RuleWatches {

    private static final int MAX_SECONDS = 600;

    private final Rules rules;
    private final RuleStates states;
    private final Observations observations;
    private final Bars bars;
    private final Calendars calendars;
    private final Indicators indicators;
    private final SeriesVersions versions;
    private volatile boolean preloaded;
    private final Map<Integer, Cached> cache = new ConcurrentHashMap<>();

    RuleWatches(
            Rules rules,
            RuleStates states,
            Observations observations,
            Bars bars,
            Calendars calendars,
            Indicators indicators,
            SeriesVersions versions) {
        this.indicators = indicators;
        this.versions = versions;
        this.rules = rules;
        this.states = states;
        this.observations = observations;
        this.bars = bars;
        this.calendars = calendars;
    }

    private record Cached(RuleWatch watch, long version, String calendar) {}

    /** Takes the watch for an observation at the instant out of the cache or rebuilds it. */
    @Transactional(TxType.MANDATORY)
    RuleWatch take(Indicator indicator, Instant at, Step step) {
        // evaluation changes the watch, so it is valid again only once it has been stored
        Cached cached = cache.remove(indicator.id());
        boolean valid =
                cached != null && cached.version == step.previous() && cached.calendar.equals(calendars.version());
        return valid ? cached.watch : rebuild(indicator, at);
    }

    /** The next observation uses the watch if the step's transaction commits and nothing else is written before. */
    void store(RuleWatch watch, Step step) {
        cache.put(watch.indicator().id(), new Cached(watch, step.version(), calendars.version()));
    }

    /** The step wrote nothing that affects rules, so a valid watch stays valid. */
    void advance(Indicator indicator, Step step) {
        cache.computeIfPresent(
                indicator.id(),
                (id, cached) -> cached.version == step.previous()
                        ? new Cached(cached.watch, step.version(), cached.calendar)
                        : cached);
    }

    void invalidate(int indicatorId) {
        cache.remove(indicatorId);
    }

    /** Requests a new preload, since a rule was changed. */
    void rulesChanged() {
        preloaded = false;
    }

    /**
     * Fills the cache at the start and after a change of the rules, so that the recording transaction need not read
     * long windows.
     */
    void preload() {
        if (preloaded) {
            return;
        }
        preloaded = true;
        for (Indicator indicator : QuarkusTransaction.requiringNew().call(indicators::all)) {
            QuarkusTransaction.requiringNew().timeout(MAX_SECONDS).run(() -> preload(indicator));
        }
    }

    private void preload(Indicator indicator) {
        long version = versions.now(indicator.id());
        Cached cached = cache.get(indicator.id());
        Optional<Observation> last = observations.lastTrusted(indicator.id());
        if (last.isEmpty() || cached != null && cached.version == version) {
            return;
        }
        Cached rebuilt =
                new Cached(rebuild(indicator, last.get().observedAt().plusNanos(1000)), version, calendars.version());
        // otherwise another transaction has written since the read
        if (versions.now(indicator.id()) == version) {
            cache.put(indicator.id(), rebuilt);
        }
    }

    RuleWatch rebuild(Indicator indicator, Instant at) {
        TradingCalendar calendar = calendars.of(indicator.kind());
        List<Stored> applicable = rules.all().stream()
                .filter(stored -> stored.rule().enabled() && stored.rule().appliesTo(indicator.code()))
                .toList();
        RuleWatch watch = new RuleWatch(indicator, calendar, applicable, states.ofIndicator(indicator.id()));
        if (watch.hasRules()) {
            replay(watch, at, calendar);
        }
        return watch;
    }

    private void replay(RuleWatch watch, Instant at, TradingCalendar calendar) {
        int id = watch.indicator().id();
        Instant start = watch.windowStart(at);
        Observation first = observations
                .lastTrustedBefore(id, start.plusNanos(1000))
                .map(o -> orLastOfPreviousDay(o, calendar))
                .orElse(null);
        if (!watch.indicator().hasLevel()) {
            chainEarlierDays(watch, first == null ? null : first.tradingDay());
        }
        observations.forEachFrom(id, first == null ? start : first.observedAt(), observation -> {
            boolean before = observation.observedAt().isBefore(at);
            if (before && observation.isTrusted()) {
                watch.replay(observation);
            }
            return before;
        });
    }

    /** The last observation of the previous day shows whether a quote is new or repeats that day. */
    private Observation orLastOfPreviousDay(Observation first, TradingCalendar calendar) {
        return observations
                .lastTrustedBefore(first.indicatorId(), calendar.turnOf(first.tradingDay()))
                .orElse(first);
    }

    /** A fund's return index continues from the days before the first observation that is replayed. */
    private void chainEarlierDays(RuleWatch watch, LocalDate firstReplayed) {
        if (firstReplayed == null) {
            return;
        }
        BigDecimal index = PercentChange.INDEX_START;
        LocalDate last = null;
        for (Bar bar : bars.days(watch.indicator().id(), LocalDate.EPOCH, firstReplayed.minusDays(1))) {
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
