package id.detak.series;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Kind;
import id.detak.indicator.TradingCalendar;
import id.detak.series.Observations.Neighbours;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Updates the data derived from a series after observations were inserted, deleted or changed. */
@ApplicationScoped
@Transactional(MANDATORY)
class DerivedDataUpdate {

    private final Observations observations;
    private final Rebuild rebuild;
    private final Calendars calendars;

    DerivedDataUpdate(Observations observations, Rebuild rebuild, Calendars calendars) {
        this.observations = observations;
        this.rebuild = rebuild;
        this.calendars = calendars;
    }

    /** Call this after observations of the range, both ends included, were inserted, deleted or changed. */
    void update(Indicator indicator, Instant from, Instant to) {
        rebuild.around(indicator, from, reevaluateQuality(indicator, from, to));
    }

    /**
     * Repeats the market-closed check, whose result depends on earlier observations. Continues after the range up to
     * the next observation that was trusted and still is, since later ones depend on that one.
     *
     * @return the end of the range, or the instant of the last later observation whose quality changed
     */
    private Instant reevaluateQuality(Indicator indicator, Instant from, Instant to) {
        if (indicator.kind() != Kind.INDEX) {
            return to;
        }
        Check check =
                new Check(indicator, calendars.of(indicator.kind()), observations.around(indicator.id(), from), to);
        observations.forEachFrom(indicator.id(), from, check::step);
        check.changed.forEach(observations::updateQuality);
        return check.changed.stream()
                .map(Observation::observedAt)
                .filter(at -> at.isAfter(to))
                .max(Comparator.naturalOrder())
                .orElse(to);
    }

    private static final class Check {

        private final Indicator indicator;
        private final TradingCalendar calendar;
        private final Instant to;
        private final List<Observation> changed = new ArrayList<>();
        private Observation lastSeen;
        private Observation lastTrusted;

        Check(Indicator indicator, TradingCalendar calendar, Neighbours around, Instant to) {
            this.indicator = indicator;
            this.calendar = calendar;
            this.to = to;
            this.lastSeen = around.lastSeen();
            this.lastTrusted = around.lastTrusted();
        }

        /** @return whether to continue */
        boolean step(Observation stored) {
            if (stored.isImplied()) {
                return true;
            }
            // the quality of an imported row is final
            Observation judged = stored.captureId() == null
                    ? stored
                    : MarketClosedCheck.judge(
                            indicator, MarketClosedCheck.unjudged(indicator, stored), calendar, lastSeen, lastTrusted);
            if (judged.quality() != stored.quality()) {
                changed.add(judged);
            }
            lastSeen = judged;
            lastTrusted = judged.isTrusted() ? judged : lastTrusted;
            return !(stored.observedAt().isAfter(to) && stored.isTrusted() && judged.isTrusted());
        }
    }
}
