package id.detak.demo;

import id.detak.indicator.Calendars;
import id.detak.indicator.Kind;
import id.detak.platform.Wib;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The moments of the simulated market's history. They are one a day, in the last quarter one an hour, and in the last
 * month one every ten minutes, so that no chart has gaps, whether it is drawn by days, by hours or by single
 * observations. Hours in which all markets are closed have none.
 */
final class HistoryMoments {

    private static final int DAYS = 730;
    private static final int DAYS_BY_HOUR = 95;
    /** More observations than a chart draws one by one, so that none draws both fine and hourly ones, with gaps. */
    static final int DAYS_BY_TEN_MINUTES = 32;

    private static final Duration FINE = Duration.ofMinutes(10);
    /** A little more than a day of the exchange has. */
    private static final int PAGES = 40;

    private final Calendars calendars;

    HistoryMoments(Calendars calendars) {
        this.calendars = calendars;
    }

    /** The same moments for every start on a day, so that a second run adds no duplicates. */
    List<Instant> until(Instant now) {
        LocalDate today = Wib.date(now);
        List<Instant> moments = new ArrayList<>();
        for (LocalDate day = today.minusDays(DAYS); !day.isAfter(today); day = day.plusDays(1)) {
            Instant midnight = Wib.midnight(day);
            Instant end = Wib.midnight(day.plusDays(1)).minusSeconds(1); // by which all numbers of the day are known
            if (!day.isBefore(today.minusDays(DAYS_BY_HOUR))) {
                Duration step = day.isBefore(today.minusDays(DAYS_BY_TEN_MINUTES)) ? Duration.ofHours(1) : FINE;
                for (Instant at = midnight; at.isBefore(end); at = at.plus(step)) {
                    if (isAnyOpen(at.minus(step), at)) {
                        moments.add(at);
                    }
                }
            }
            if (isAnyOpen(midnight, end)) {
                moments.add(end);
            }
        }
        return moments.stream().filter(moment -> moment.isBefore(now)).toList();
    }

    /** The last moments at which the exchange was open, which are those of its last day. */
    Set<Instant> pages(List<Instant> moments) {
        List<Instant> open = moments.stream()
                .filter(moment -> calendars.exchange().wasOpenBetween(moment.minus(FINE), moment, Duration.ZERO))
                .toList();
        return new HashSet<>(open.subList(Math.max(0, open.size() - PAGES), open.size()));
    }

    private boolean isAnyOpen(Instant from, Instant to) {
        return Arrays.stream(Kind.values())
                .anyMatch(kind -> calendars.of(kind).wasOpenBetween(from, to, Duration.ZERO));
    }
}
