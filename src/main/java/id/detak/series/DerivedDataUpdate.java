package id.detak.series;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Kind;
import id.detak.indicator.TradingCalendar;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Updates the data derived from a series after observations were inserted, deleted or changed. */
@ApplicationScoped
@Transactional(MANDATORY)
class DerivedDataUpdate {

    /** More than two months of polls every minute. */
    private static final int MAX_JUDGED_AGAIN = 100_000;

    private final Observations observations;
    private final Rebuild rebuild;
    private final Calendars calendars;
    private final QualityJudges judges;
    private final SeriesConfig config;

    DerivedDataUpdate(
            Observations observations,
            Rebuild rebuild,
            Calendars calendars,
            QualityJudges judges,
            SeriesConfig config) {
        this.observations = observations;
        this.rebuild = rebuild;
        this.calendars = calendars;
        this.judges = judges;
        this.config = config;
    }

    /**
     * Call this after observations of the range, both ends included, were inserted, deleted or changed.
     *
     * @return the observations whose verdicts changed, in chronological order
     */
    List<Rejudged> update(Indicator indicator, Instant from, Instant to) {
        return update(indicator, from, to, Set.of());
    }

    /** @param unstated instants of imported rows without a quality */
    List<Rejudged> update(Indicator indicator, Instant from, Instant to, Set<Instant> unstated) {
        List<Rejudged> changed = rejudge(indicator, judges.from(indicator, from), from, to, unstated);
        rebuild.around(indicator, from, end(to, changed));
        return changed;
    }

    /** Updates everything but the verdicts. */
    void rebuild(Indicator indicator, Instant from, Instant to) {
        rebuild.around(indicator, from, to);
    }

    /** The end of the range whose derived data is outdated. */
    static Instant end(Instant to, List<Rejudged> changed) {
        if (changed.isEmpty()) {
            return to;
        }
        Instant last = changed.get(changed.size() - 1).now().observedAt();
        return last.isAfter(to) ? last : to;
    }

    /**
     * Judges the observations from an instant on again, since verdicts depend on earlier observations, and stores the
     * verdicts that changed. Stops where later verdicts cannot change: at a trusted observation that stays trusted,
     * after the trading day that follows the last changed one; for a fund, after as many days as its percentage may
     * stay the same.
     *
     * @param judge has the state of the series before that instant
     * @param to judges at least up to this instant
     * @return the changed observations, in chronological order
     */
    List<Rejudged> rejudge(Indicator indicator, QualityJudge judge, Instant from, Instant to, Set<Instant> unstated) {
        Range range = new Range(indicator, calendars.of(indicator.kind()), judge, to, unstated);
        observations.forEachFrom(indicator.id(), from, range::step);
        observations.updateQualities(
                indicator.id(), range.changed.stream().map(Rejudged::now).toList());
        return range.changed;
    }

    private final class Range {

        private final Indicator indicator;
        private final TradingCalendar calendar;
        private final QualityJudge judge;
        private final Instant to;
        private final Set<Instant> unstated;
        private final List<Rejudged> changed = new ArrayList<>();
        /** The trading day after the last changed one. */
        private LocalDate affected;

        private LocalDate lastDay;
        private int daysAfter;
        private int after;

        Range(Indicator indicator, TradingCalendar calendar, QualityJudge judge, Instant to, Set<Instant> unstated) {
            this.indicator = indicator;
            this.calendar = calendar;
            this.judge = judge;
            this.to = to;
            this.unstated = unstated;
            this.affected = calendar.nextTradingDay(calendar.tradingDayAt(to));
        }

        /** @return whether to continue */
        boolean step(Observation stored) {
            Observation judged = judge.rejudge(stored, unstated.contains(stored.observedAt()));
            if (stored.isImplied()) {
                return true;
            }
            boolean differs = !judged.hasVerdictOf(stored);
            if (differs) {
                changed.add(new Rejudged(stored, judged));
            }
            if (!stored.observedAt().isAfter(to)) {
                return true;
            }
            if (++after > MAX_JUDGED_AGAIN) {
                Log.warnf(
                        "%s: more than %d observations must be re-evaluated because an earlier one was recorded"
                                + " late. Run: detak rebuild %s",
                        indicator.code(), MAX_JUDGED_AGAIN, indicator.code());
                return false;
            }
            if (differs && !judged.tradingDay().isBefore(affected)) {
                affected = calendar.nextTradingDay(judged.tradingDay());
            }
            return differs || !judged.isTrusted() || !isSettled(judged.tradingDay());
        }

        private boolean isSettled(LocalDate day) {
            if (!day.isAfter(affected)) {
                daysAfter = 0;
                return false;
            }
            if (!day.equals(lastDay)) {
                lastDay = day;
                daysAfter++;
            }
            return indicator.kind() != Kind.FUND || daysAfter > config.frozenDays();
        }
    }
}
