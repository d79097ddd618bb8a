package id.detak.series;

import id.detak.database.StoredSettings;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import id.detak.series.DerivedData.Findings;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes what follows from observations (trading days, bars, implied closes, differences) anew: of a whole series, or around
 * observations that did not come at its end.
 */
@ApplicationScoped
public class Rebuild {

    /** How bars are made; counted up whenever that changes, so that the next start makes them anew. */
    private static final String WAY = "1";
    private static final String WAY_KEY = "bars";
    private static final int LONGEST_SECONDS = 3600;

    private final Indicators indicators;
    private final Observations observations;
    private final Bars bars;
    private final Calendars calendars;
    private final SeriesVersions versions;
    private final StoredSettings settings;

    Rebuild(Indicators indicators, Observations observations, Bars bars, Calendars calendars, SeriesVersions versions, StoredSettings settings) {
        this.indicators = indicators;
        this.settings = settings;
        this.observations = observations;
        this.bars = bars;
        this.calendars = calendars;
        this.versions = versions;
    }

    /**
     * What a rebuild changed, or, of a check, would change.
     *
     * @param observations how many there are
     * @param movedDays how many belong to another trading day
     * @param impliedCloses how many implied closes were missing or wrong
     * @param bars how many bars were missing, wrong, or of nothing
     */
    public record Outcome(long observations, int movedDays, int impliedCloses, long bars) {

        public boolean isClean() {
            return movedDays == 0 && impliedCloses == 0 && bars == 0;
        }
    }

    /** At the start: a database of before there were bars, or whose bars were made in another way, gets them. */
    public void ifMadeOtherwise() {
        if (settings.get(WAY_KEY).filter(WAY::equals).isPresent()) {
            return;
        }
        for (Indicator indicator : QuarkusTransaction.requiringNew().call(indicators::all)) {
            Outcome outcome = rebuild(indicator);
            if (outcome.observations() > 0) {
                Log.infof("%s: bars made anew from %d observations", indicator.code(), outcome.observations());
            }
        }
        settings.put(WAY_KEY, WAY);
    }

    /** Makes a whole series anew, by the calendar that is in force. */
    public Outcome rebuild(Indicator indicator) {
        return QuarkusTransaction.joiningExisting().timeout(LONGEST_SECONDS).call(() -> whole(indicator, true));
    }

    /** What a rebuild would change. */
    public Outcome check(Indicator indicator) {
        return QuarkusTransaction.joiningExisting().timeout(LONGEST_SECONDS).call(() -> whole(indicator, false));
    }

    private Outcome whole(Indicator indicator, boolean write) {
        int id = indicator.id();
        versions.write(List.of(id));
        Instant from = versions.keptFrom(id);
        LocalDate first = LocalDate.ofInstant(from, TradingCalendar.ZONE);
        DerivedData recomputation = new DerivedData(id, calendars.of(indicator.kind()), observations.lastTrustedBefore(id, from).orElse(null));
        long[] count = new long[1];
        observations.forEachFrom(id, from, observation -> {
            recomputation.add(observation);
            count[0]++;
            return true;
        });
        Findings findings = recomputation.findings(first, null);
        // the bars before are of observations that are no more
        Collection<Bar> right = findings.bars().bars().stream().filter(bar -> !bar.key().start().isBefore(from)).toList();
        Outcome outcome = new Outcome(count[0], findings.moved().size(), findings.wrong().size() + findings.missing().size(), differing(bars.from(id, from), right));
        if (write) {
            observations.deleteDifferences(id, first, Observations.LAST_DAY);
            write(id, findings);
            bars.replaceFrom(id, from, right);
        }
        return outcome;
    }

    private static long differing(List<Bar> stored, Collection<Bar> right) {
        Map<Bar.Key, Bar> byKey = stored.stream().collect(Collectors.toMap(Bar::key, Function.identity()));
        long wrong = right.stream().filter(bar -> !bar.agreesWith(byKey.remove(bar.key()))).count();
        return wrong + byKey.size();
    }

    /**
     * Makes anew what follows from the observations of a stretch of time, both ends within, after some of them were written: the
     * trading day before it to the one after it, since a late arrival can change where those behind it belong, which close is
     * implied, and what the next day's statements are held against.
     */
    void around(Indicator indicator, Instant from, Instant to) {
        int id = indicator.id();
        TradingCalendar calendar = calendars.of(indicator.kind());
        LocalDate touched = Stream.concat(Stream.of(calendar.tradingDayAt(from)), observations.lastTrustedBefore(id, from).map(Observation::tradingDay).stream())
                .min(Comparator.naturalOrder()).orElseThrow();
        LocalDate kept = LocalDate.ofInstant(versions.keptFrom(id), TradingCalendar.ZONE);
        LocalDate before = calendar.previousTradingDay(touched);
        LocalDate first = before.isBefore(kept) ? kept : before;
        Instant start = TradingCalendar.midnight(first);
        Stretch stretch = new Stretch(new DerivedData(id, calendar, observations.lastTrustedBefore(id, start).orElse(null)), calendar, to);
        observations.forEachFrom(id, start, stretch::add);
        LocalDate lastDecided = calendar.previousTradingDay(stretch.lastDay);
        Findings findings = stretch.recomputation.findings(first, lastDecided);
        observations.deleteDifferences(id, first, lastDecided);
        write(id, findings);
        bars.replace(id, start, stretch.end(), stretch.lastDay, findings.bars().bars());
    }

    private void write(int id, Findings findings) {
        observations.move(id, findings.moved());
        findings.wrong().forEach(observations::delete);
        findings.missing().forEach(observations::insert);
        findings.differences().forEach(observations::insertDifference);
    }

    /**
     * Reads observations until those behind cannot be touched: one that keeps its day, beyond the trading day after the last
     * that was touched. Then on to the end of that hour, since an hour's bar is made of all its observations.
     */
    private static final class Stretch {

        private final DerivedData recomputation;
        private final TradingCalendar calendar;
        private final Instant to;
        /** The trading day after the last touched. */
        private LocalDate lastDay;
        private Instant lastRead;
        private Instant settledUntil;

        Stretch(DerivedData recomputation, TradingCalendar calendar, Instant to) {
            this.recomputation = recomputation;
            this.calendar = calendar;
            this.to = to;
            this.lastRead = to;
            this.lastDay = calendar.nextTradingDay(calendar.tradingDayAt(to));
        }

        /** @return whether to read on */
        boolean add(Observation stored) {
            if (settledUntil != null) {
                boolean withinHour = stored.observedAt().isBefore(settledUntil);
                if (withinHour && !stored.isImplied()) {
                    recomputation.addHour(stored);
                }
                return withinHour;
            }
            Observation o = recomputation.add(stored);
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

        /** Up to where hours were read whole. */
        Instant end() {
            if (settledUntil != null) {
                return settledUntil;
            }
            Instant dayEnd = TradingCalendar.midnight(lastDay.plusDays(1));
            return lastRead.isBefore(dayEnd) ? dayEnd : nextHour(lastRead);
        }

        private static Instant nextHour(Instant instant) {
            return Interval.hour(instant).plus(1, ChronoUnit.HOURS);
        }
    }
}
