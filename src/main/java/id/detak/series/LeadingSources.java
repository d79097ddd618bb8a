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
 * Decides which of several polled sources supplies the series of an indicator. Each trading day has the numbers of one
 * source only: the leading one of those polled on that day. A day on which it was not polled keeps its numbers.
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

    /** The role of a polled source in a series on the day of a quote. */
    enum Role {
        LEADS,
        /** The source leads from now on; numbers of another source may have to be moved out of the day. */
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
    Role role(Indicator indicator, String source, Instant at, boolean newest) {
        if (indicator.source() == null) {
            return Role.TAKES_OVER;
        }
        String lead = newest ? indicator.source() : leadAt(indicator, at).orElse(source);
        if (source.equals(lead)) {
            return Role.LEADS;
        }
        return sources.comesBefore(source, lead) ? Role.TAKES_OVER : Role.OTHER;
    }

    /** The last source of the series up to the end of a day; empty if there was none yet. */
    Optional<String> leadAt(Indicator indicator, Instant at) {
        return others.lastSource(indicator.id(), dayOf(indicator, at).end);
    }

    /**
     * Replaces the numbers of other sources on a day with those of this source.
     *
     * @return whether the series has changed
     */
    boolean takeOver(Indicator indicator, String source, Day day) {
        if (indicator.source() == null || !others.isPolledSince(indicator.id(), day.end)) {
            indicators.lead(indicator.id(), source);
        }
        return others.replaceWith(indicator.id(), source, day.start, day.end);
    }

    /**
     * Keeps the numbers of only one source on each day of a range, both ends included, after series of several sources
     * were merged.
     */
    void separate(Indicator indicator, Instant from, Instant to) {
        Instant next = dayOf(indicator, from).start;
        while (next != null && !next.isAfter(to)) {
            Day day = dayOf(indicator, next);
            List<String> polled = others.sourcesBetween(indicator.id(), day.start, day.end);
            if (polled.size() > 1) {
                others.replaceWith(indicator.id(), first(polled, indicator.source()), day.start, day.end);
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
