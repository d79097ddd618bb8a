package id.detak.indicator;

import id.detak.platform.Wib;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The trading days and hours of a market, in Asia/Jakarta (WIB, UTC+7, no daylight saving).
 *
 * <p>The strip shows the last number until there is a new one, so the trading day of a number is not always the day on
 * which it was observed. It is the latest trading day whose turn has begun.
 */
public final class TradingCalendar {

    /** Limit of the search for a trading day; the longest known break had 11 days (April 2024). */
    private static final int MAX_BREAK_DAYS = 60;

    private final Predicate<LocalDate> closed;
    private final LocalTime turn;
    private final Map<DayOfWeek, List<MarketSession>> sessions;

    /**
     * @param closed the holidays
     * @param turn the time from which numbers belong to a trading day
     * @param sessions by weekday; other weekdays are not trading days
     */
    TradingCalendar(Predicate<LocalDate> closed, LocalTime turn, Map<DayOfWeek, List<MarketSession>> sessions) {
        this.closed = closed;
        this.turn = turn;
        this.sessions = Map.copyOf(sessions);
    }

    public boolean isTradingDay(LocalDate day) {
        return sessions.containsKey(day.getDayOfWeek()) && !closed.test(day);
    }

    /** The latest trading day whose turn began at or before the instant. */
    public LocalDate tradingDayAt(Instant instant) {
        LocalDate today = Wib.date(instant);
        boolean begun =
                isTradingDay(today) && !LocalTime.ofInstant(instant, Wib.ZONE).isBefore(turn);
        return begun ? today : previousTradingDay(today);
    }

    /** The instant from which numbers belong to a trading day. */
    public Instant turnOf(LocalDate tradingDay) {
        return tradingDay.atTime(turn).atZone(Wib.ZONE).toInstant();
    }

    /** The end of the last session of a trading day. */
    public Instant closeOf(LocalDate tradingDay) {
        List<MarketSession> ofDay = sessionsOf(tradingDay);
        return ofDay.get(ofDay.size() - 1).end(tradingDay);
    }

    /** The sessions of a range of days, both ends included, in the order of time. */
    public List<OpenHours> openHours(LocalDate first, LocalDate last) {
        return first.datesUntil(last.plusDays(1))
                .flatMap(day -> sessionsOf(day).stream()
                        .map(session -> new OpenHours(day, session.start(day), session.end(day))))
                .toList();
    }

    /** A session of a trading day. */
    public record OpenHours(LocalDate day, Instant open, Instant close) {

        public Duration length() {
            return Duration.between(open, close);
        }
    }

    public LocalDate previousTradingDay(LocalDate day) {
        return neighbour(day, -1);
    }

    public LocalDate nextTradingDay(LocalDate day) {
        return neighbour(day, 1);
    }

    private LocalDate neighbour(LocalDate day, int step) {
        LocalDate candidate = day.plusDays(step);
        for (int i = 0; i < MAX_BREAK_DAYS; i++, candidate = candidate.plusDays(step)) {
            if (isTradingDay(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException(
                "No trading day within " + MAX_BREAK_DAYS + " days of " + day + ": check the holidays file");
    }

    public boolean isOpen(Instant instant) {
        LocalDate day = Wib.date(instant);
        return sessionsOf(day).stream().anyMatch(s -> !instant.isBefore(s.start(day)) && instant.isBefore(s.end(day)));
    }

    /**
     * Whether the market was open at any time between two instants, both included, if each session is extended by the
     * grace period.
     */
    public boolean wasOpenBetween(Instant a, Instant b, Duration grace) {
        for (LocalDate day = Wib.date(a.minus(grace)); !day.isAfter(Wib.date(b)); day = day.plusDays(1)) {
            for (MarketSession session : sessionsOf(day)) {
                if (!b.isBefore(session.start(day))
                        && a.isBefore(session.end(day).plus(grace))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the market was open for more than {@code limit} between two instants. */
    public boolean openLongerThan(Duration limit, Instant a, Instant b) {
        return openLongerThan(limit, a, b, this);
    }

    /**
     * Whether both markets were open for more than {@code limit} between two instants. Stops as soon as the result is
     * known.
     */
    public boolean openLongerThan(Duration limit, Instant a, Instant b, TradingCalendar other) {
        if (Duration.between(a, b).compareTo(limit) <= 0) {
            return false;
        }
        Duration open = Duration.ZERO;
        for (LocalDate day = Wib.date(a); !day.isAfter(Wib.date(b)); day = day.plusDays(1)) {
            for (MarketSession session : sessionsOf(day)) {
                for (MarketSession with : other.sessionsOf(day)) {
                    open = open.plus(session.overlap(with, day, a, b));
                }
            }
            if (open.compareTo(limit) > 0) {
                return true;
            }
        }
        return false;
    }

    /** The instant at which the market has been open for that long since {@code from}. */
    public Instant openedFor(Duration length, Instant from) {
        Duration left = length;
        LocalDate day = Wib.date(from);
        for (int closedDays = 0; closedDays < MAX_BREAK_DAYS; day = day.plusDays(1)) {
            boolean opened = false;
            for (MarketSession session : sessionsOf(day)) {
                Instant start = session.start(day).isAfter(from) ? session.start(day) : from;
                Duration open = Duration.between(start, session.end(day));
                if (open.compareTo(left) >= 0) {
                    return start.plus(left);
                }
                if (!open.isNegative()) {
                    left = left.minus(open);
                    opened = true;
                }
            }
            closedDays = opened ? 0 : closedDays + 1;
        }
        throw new IllegalStateException(
                "No trading day within " + MAX_BREAK_DAYS + " days of " + day + ": check the holidays file");
    }

    /** The next opening or closing after the instant. */
    public Instant nextChange(Instant instant) {
        return nextOpening(instant).isBefore(nextClosing(instant)) ? nextOpening(instant) : nextClosing(instant);
    }

    public Instant nextOpening(Instant instant) {
        return next(instant, true);
    }

    private Instant nextClosing(Instant instant) {
        return next(instant, false);
    }

    private Instant next(Instant instant, boolean opening) {
        LocalDate day = Wib.date(instant);
        for (int i = 0; i < MAX_BREAK_DAYS; i++, day = day.plusDays(1)) {
            for (MarketSession session : sessionsOf(day)) {
                Instant moment = opening ? session.start(day) : session.end(day);
                if (moment.isAfter(instant)) {
                    return moment;
                }
            }
        }
        return instant.plus(Duration.ofDays(MAX_BREAK_DAYS));
    }

    private List<MarketSession> sessionsOf(LocalDate day) {
        return isTradingDay(day) ? sessions.get(day.getDayOfWeek()) : List.of();
    }
}
