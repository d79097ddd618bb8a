package id.detak.series;

import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Kind;
import id.detak.indicator.TradingCalendar;
import id.detak.series.Observations.Neighbours;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What follows for a series from observations that came, went or are others now, somewhere in its midst. Call within the transaction that wrote them. */
@ApplicationScoped
class DerivedDataUpdate {

    private final Observations observations;
    private final Rebuild rebuild;
    private final Calendars calendars;

    DerivedDataUpdate(Observations observations, Rebuild rebuild, Calendars calendars) {
        this.observations = observations;
        this.rebuild = rebuild;
        this.calendars = calendars;
    }

    /** After observations of that stretch, both ends within, came, went or became others. */
    void follow(Indicator indicator, Instant from, Instant to) {
        rebuild.around(indicator, from, judgeAnew(indicator, from, to));
    }

    /**
     * Whether a number moved while its market was closed is told by what stands before it now. Beyond the stretch as far as the
     * next that was trusted and still is: those behind that one see no difference.
     *
     * @return the end of the stretch, or the last moment beyond it whose observation was judged otherwise
     */
    private Instant judgeAnew(Indicator indicator, Instant from, Instant to) {
        if (indicator.kind() != Kind.INDEX) {
            return to;
        }
        Walk walk = new Walk(indicator, calendars.of(indicator.kind()), observations.around(indicator.id(), from), to);
        observations.forEachFrom(indicator.id(), from, walk::step);
        walk.judgedOtherwise.forEach(observations::judge);
        return walk.judgedOtherwise.stream().map(Observation::observedAt).filter(at -> at.isAfter(to)).max(Comparator.naturalOrder()).orElse(to);
    }

    private static final class Walk {

        private final Indicator indicator;
        private final TradingCalendar calendar;
        private final Instant to;
        private final List<Observation> judgedOtherwise = new ArrayList<>();
        private Observation lastSeen;
        private Observation lastTrusted;

        Walk(Indicator indicator, TradingCalendar calendar, Neighbours around, Instant to) {
            this.indicator = indicator;
            this.calendar = calendar;
            this.to = to;
            this.lastSeen = around.lastSeen();
            this.lastTrusted = around.lastTrusted();
        }

        /** @return whether to go on */
        boolean step(Observation stored) {
            if (stored.isImplied()) {
                return true;
            }
            // a row of a file says what it says
            Observation judged = stored.captureId() == null ? stored
                    : MarketClosedCheck.judge(indicator, MarketClosedCheck.unjudged(indicator, stored), calendar, lastSeen, lastTrusted);
            if (judged.quality() != stored.quality()) {
                judgedOtherwise.add(judged);
            }
            lastSeen = judged;
            lastTrusted = judged.isTrusted() ? judged : lastTrusted;
            return !(stored.observedAt().isAfter(to) && stored.isTrusted() && judged.isTrusted());
        }
    }
}
