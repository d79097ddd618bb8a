package id.detak.series;

import id.detak.database.StoredSettings;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.Wib;
import id.detak.series.DerivedData.Findings;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recalculates the data derived from observations (verdicts, trading days, bars, implied closes, differences) for a
 * whole series, or around observations that are not the newest.
 */
@ApplicationScoped
public class Rebuild {

    /** Increment this when the calculation of bars changes; the next start then rebuilds them. */
    private static final String VERSION = "2";

    private static final String VERSION_KEY = "bars";
    private static final int TIMEOUT_SECONDS = 3600;

    private final Indicators indicators;
    private final Observations observations;
    private final Bars bars;
    private final Calendars calendars;
    private final QualityJudges judges;
    private final SeriesVersions versions;
    private final StoredSettings settings;

    Rebuild(
            Indicators indicators,
            Observations observations,
            Bars bars,
            Calendars calendars,
            QualityJudges judges,
            SeriesVersions versions,
            StoredSettings settings) {
        this.indicators = indicators;
        this.settings = settings;
        this.observations = observations;
        this.bars = bars;
        this.calendars = calendars;
        this.judges = judges;
        this.versions = versions;
    }

    /**
     * The changes of a rebuild, or those that a check found.
     *
     * @param observations number of observations
     * @param verdicts observations with a wrong quality or reason
     * @param movedDays observations with a wrong trading day
     * @param impliedCloses missing or wrong implied closes
     * @param bars missing, wrong or obsolete bars
     */
    public record Outcome(long observations, int verdicts, int movedDays, int impliedCloses, long bars) {

        public boolean isClean() {
            return verdicts == 0 && movedDays == 0 && impliedCloses == 0 && bars == 0;
        }
    }

    /** Rebuilds the bars of a database from an older version that calculated them differently. Runs at startup. */
    public void rebuildIfOutdated() {
        if (settings.get(VERSION_KEY).filter(VERSION::equals).isPresent()) {
            return;
        }
        for (Indicator indicator : QuarkusTransaction.requiringNew().call(indicators::all)) {
            Outcome outcome = rebuild(indicator);
            if (outcome.observations() > 0) {
                Log.infof("%s: rebuilt the bars from %d observations", indicator.code(), outcome.observations());
            }
        }
        settings.put(VERSION_KEY, VERSION);
    }

    /** Rebuilds a whole series with the current calendar. */
    public Outcome rebuild(Indicator indicator) {
        return QuarkusTransaction.joiningExisting().timeout(TIMEOUT_SECONDS).call(() -> whole(indicator, true));
    }

    /** Counts what a rebuild would change. */
    public Outcome check(Indicator indicator) {
        return QuarkusTransaction.joiningExisting().timeout(TIMEOUT_SECONDS).call(() -> whole(indicator, false));
    }

    private Outcome whole(Indicator indicator, boolean write) {
        int id = indicator.id();
        versions.write(List.of(id));
        Instant from = versions.keptFrom(id);
        LocalDate first = Wib.date(from);
        List<Observation> verdicts = verdicts(indicator, from);
        if (write) {
            observations.updateQualities(id, verdicts);
        }
        DerivedData derived = new DerivedData(
                id,
                calendars.of(indicator.kind()),
                observations.lastTrustedBefore(id, from).orElse(null));
        long[] count = new long[1];
        observations.forEachFrom(id, from, observation -> {
            derived.add(observation);
            count[0]++;
            return true;
        });
        Findings findings = derived.findings(first, null);
        // earlier bars are final, since their observations were deleted
        Collection<Bar> expected = findings.bars().bars().stream()
                .filter(bar -> !bar.key().start().isBefore(from))
                .toList();
        Outcome outcome = new Outcome(
                count[0],
                verdicts.size(),
                findings.moved().size(),
                findings.wrong().size() + findings.missing().size(),
                differing(bars.from(id, from), expected));
        if (write) {
            observations.deleteDifferences(id, first, Observations.LAST_DAY);
            write(id, findings);
            bars.replaceFrom(id, from, expected);
        }
        return outcome;
    }

    /** The observations that would be judged differently now, for example after a correction of the calendar. */
    private List<Observation> verdicts(Indicator indicator, Instant from) {
        QualityJudge judge = judges.from(indicator, from);
        List<Observation> different = new ArrayList<>();
        observations.forEachFrom(indicator.id(), from, stored -> {
            Observation judged = judge.rejudge(stored, false);
            if (!judged.hasVerdictOf(stored)) {
                different.add(judged);
            }
            return true;
        });
        return different;
    }

    private static long differing(List<Bar> stored, Collection<Bar> expected) {
        Map<Bar.Key, Bar> byKey = stored.stream().collect(Collectors.toMap(Bar::key, Function.identity()));
        long different = expected.stream()
                .filter(bar -> !bar.agreesWith(byKey.remove(bar.key())))
                .count();
        return different + byKey.size();
    }

    /**
     * Recalculates the data derived from a range of observations, both ends included, after some of them were written.
     * Covers the trading day before to the one after, since a late arrival can change the trading days of later
     * observations, the implied closes, and the closes that the next day is compared with.
     */
    void around(Indicator indicator, Instant from, Instant to) {
        int id = indicator.id();
        TradingCalendar calendar = calendars.of(indicator.kind());
        LocalDate touched = Stream.concat(
                        Stream.of(calendar.tradingDayAt(from)),
                        observations.lastTrustedBefore(id, from).map(Observation::tradingDay).stream())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        LocalDate kept = Wib.date(versions.keptFrom(id));
        LocalDate before = calendar.previousTradingDay(touched);
        LocalDate first = before.isBefore(kept) ? kept : before;
        Instant start = Wib.midnight(first);
        RangeReader reader = new RangeReader(
                new DerivedData(
                        id, calendar, observations.lastTrustedBefore(id, start).orElse(null)),
                calendar,
                to);
        observations.forEachFrom(id, start, reader::add);
        LocalDate lastCalculated = calendar.previousTradingDay(reader.lastDay);
        Findings findings = reader.derived.findings(first, lastCalculated);
        observations.deleteDifferences(id, first, lastCalculated);
        write(id, findings);
        bars.replace(id, start, reader.end(), reader.lastDay, findings.bars().bars());
    }

    private void write(int id, Findings findings) {
        observations.updateTradingDays(id, findings.moved());
        findings.wrong().forEach(observations::delete);
        findings.missing().forEach(observations::insert);
        findings.differences().forEach(observations::insertDifference);
    }

    /**
     * Reads observations until later ones cannot change: up to one that keeps its day, after the trading day that
     * follows the last changed one. Continues to the end of that hour, since the bar of an hour needs all its
     * observations.
     */
    private static final class RangeReader {

        private final DerivedData derived;
        private final TradingCalendar calendar;
        private final Instant to;
        /** The trading day after the last changed one. */
        private LocalDate lastDay;

        private Instant lastRead;
        private Instant settledUntil;

        RangeReader(DerivedData derived, TradingCalendar calendar, Instant to) {
            this.derived = derived;
            this.calendar = calendar;
            this.to = to;
            this.lastRead = to;
            this.lastDay = calendar.nextTradingDay(calendar.tradingDayAt(to));
        }

        /** @return whether to continue */
        boolean add(Observation stored) {
            if (settledUntil != null) {
                boolean withinHour = stored.observedAt().isBefore(settledUntil);
                if (withinHour && !stored.isImplied()) {
                    derived.addHour(stored);
                }
                return withinHour;
            }
            Observation o = derived.add(stored);
            lastRead = o.observedAt().isAfter(lastRead) ? o.observedAt() : lastRead;
            boolean moved = !o.tradingDay().equals(stored.tradingDay());
            if (moved || !o.observedAt().isAfter(to)) {
                touch(o.tradingDay());
                touch(stored.tradingDay());
            } else if (o.isTrusted() && o.tradingDay().isAfter(lastDay)) {
                settledUntil = nextHour(o.observedAt());
            }
            return true;
        }

        private void touch(LocalDate day) {
            if (!day.isBefore(lastDay)) {
                lastDay = calendar.nextTradingDay(day);
            }
        }

        /** The end of the last complete hour. */
        Instant end() {
            if (settledUntil != null) {
                return settledUntil;
            }
            Instant dayEnd = Wib.midnight(lastDay.plusDays(1));
            return lastRead.isBefore(dayEnd) ? dayEnd : nextHour(lastRead);
        }

        private static Instant nextHour(Instant instant) {
            return Interval.hour(instant).plus(1, ChronoUnit.HOURS);
        }
    }
}
