package id.detak.series;

import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.TradingCalendar;
import id.detak.series.Observations.Neighbours;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What follows for a series from observations that came, went or are others now, somewhere in its midst. Call within the transaction that wrote them. */
@ApplicationScoped
class Corrections {

    private final Observations observations;
    private final Rebuild rebuild;
    private final Calendars calendars;

    Corrections(Observations observations, Rebuild rebuild, Calendars calendars) {
        this.observations = observations;
        this.rebuild = rebuild;
        this.calendars = calendars;
    }

    /** After something changed at that moment. */
    void follow(Indicator indicator, Instant at) {
        rebuild.around(indicator, at, judgeBehind(indicator, at));
    }

    /**
     * Whether what stands behind moved while its market was closed is told by what stands before it now. As far as the next
     * that was trusted and still is: those behind that one see no difference.
     *
     * @return the last moment whose observation was judged otherwise
     */
    Instant judgeBehind(Indicator indicator, Instant at) {
        Walk walk = new Walk(indicator, calendars.of(indicator.kind()), observations.around(indicator.id(), at));
        observations.forEachFrom(indicator.id(), at.plus(1, ChronoUnit.MICROS), walk::step);
        walk.judgedOtherwise.forEach(observations::judge);
        return walk.judgedOtherwise.isEmpty() ? at : walk.judgedOtherwise.get(walk.judgedOtherwise.size() - 1).observedAt();
    }

    private static final class Walk {

        private final Indicator indicator;
        private final TradingCalendar calendar;
        private final List<Observation> judgedOtherwise = new ArrayList<>();
        private Observation lastSeen;
        private Observation lastTrusted;

        Walk(Indicator indicator, TradingCalendar calendar, Neighbours around) {
            this.indicator = indicator;
            this.calendar = calendar;
            this.lastSeen = around.lastSeen();
            this.lastTrusted = around.lastTrusted();
            if (around.at() != null) {
                see(around.at());
            }
        }

        /** @return whether to go on */
        boolean step(Observation stored) {
            if (stored.isImplied()) {
                return true;
            }
            // a row of a file says what it says
            Observation judged = stored.captureId() == null ? stored
                    : ClosedMarket.judge(indicator, ClosedMarket.unjudged(indicator, stored), calendar, lastSeen, lastTrusted);
            if (judged.quality() != stored.quality()) {
                judgedOtherwise.add(judged);
            }
            see(judged);
            return !(stored.isTrusted() && judged.isTrusted());
        }

        private void see(Observation o) {
            if (!o.isImplied()) {
                lastSeen = o;
                lastTrusted = o.isTrusted() ? o : lastTrusted;
            }
        }
    }
}
