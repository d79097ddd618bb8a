package id.detak.series;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.capture.Sources;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Decides which of several polled sources makes the series of an indicator. A trading day has the numbers of one source
 * only: of those polled on that day, the one that leads. A day on which it was not polled keeps the numbers that exist.
 *
 * <p>{@link Indicator#source()} is the source of the newest day.
 */
@ApplicationScoped
@Transactional(MANDATORY)
class LeadingSources {

    private final Indicators indicators;
    private final Sources sources;
    private final Calendars calendars;
    private final OtherObservations others;

    LeadingSources(Indicators indicators, Sources sources, Calendars calendars, OtherObservations others) {
        this.indicators = indicators;
        this.sources = sources;
        this.calendars = calendars;
        this.others = others;
    }

    /** The part of a polled source in a series on the day of a quote. */
    enum Part {
        LEADS,
        /** It leads from now on; numbers of another source may have to leave the day. */
        TAKES_OVER,
        OTHER
    }

    /** The time from the start of a trading day to the start of the next one, whose end is excluded. */
    record Day(Instant start, Instant end) {

        static Day of(Instant at, TradingCalendar calendar) {
            LocalDate day = calendar.tradingDayAt(at);
            return new Day(calendar.turnOf(day), calendar.turnOf(calendar.nextTradingDay(day)));
        }

        Instant last() {
            return end.minus(1, ChronoUnit.MICROS);
        }
    }

    Day dayOf(Indicator indicator, Instant at) {
        return Day.of(at, calendars.of(indicator.kind()));
    }

    /** @param newest whether the series has no later observation */
    Part part(Indicator indicator, String source, Instant at, boolean newest) {
        if (indicator.source() == null) {
            return Part.TAKES_OVER;
        }
        String lead = newest ? indicator.source() : leadAt(indicator, at).orElse(source);
        if (source.equals(lead)) {
            return Part.LEADS;
        }
        return sources.comesBefore(source, lead) ? Part.TAKES_OVER : Part.OTHER;
    }

    /** The source that made the series last, up to the end of a day; empty if there was none yet. */
    Optional<String> leadAt(Indicator indicator, Instant at) {
        return others.lastSource(indicator.id(), dayOf(indicator, at).end);
    }

    /**
     * Replaces the numbers of other sources on a day.
     *
     * @return whether the series has changed
     */
    boolean takeOver(Indicator indicator, String source, Day day) {
        if (indicator.source() == null || !others.isPolledSince(indicator.id(), day.end)) {
            indicators.lead(indicator.id(), source);
        }
        return others.exchange(indicator.id(), source, day.start, day.end);
    }

    /**
     * Leaves the numbers of one source on each day of a range, both ends included, after those of several came
     * together.
     */
    void separate(Indicator indicator, Instant from, Instant to) {
        Instant next = dayOf(indicator, from).start;
        while (next != null && !next.isAfter(to)) {
            Day day = dayOf(indicator, next);
            List<String> polled = others.sourcesBetween(indicator.id(), day.start, day.end);
            if (polled.size() > 1) {
                others.exchange(indicator.id(), first(polled, indicator.source()), day.start, day.end);
            }
            next = others.nextPolled(indicator.id(), day.end);
        }
        others.lastSource(indicator.id(), Observations.LATER_THAN_ALL)
                .filter(source -> !source.equals(indicator.source()))
                .ifPresent(source -> indicators.lead(indicator.id(), source));
    }

    private String first(List<String> polled, String lead) {
        String first = polled.contains(lead) ? lead : polled.get(0);
        for (String source : polled) {
            first = sources.comesBefore(source, first) ? source : first;
        }
        return first;
    }
}
