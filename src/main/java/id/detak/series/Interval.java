package id.detak.series;

import id.detak.platform.Wib;
import id.detak.platform.Word;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/**
 * The interval between the points of a history, the finest first. Up to half a day, bars follow the clock in
 * Asia/Jakarta; longer ones consist of trading days. Each is at most three times as long as the one before, except for
 * trading days and longer, so that a response with a limit has at least a third of its points.
 */
public enum Interval implements Word {
    RAW("raw", 0),
    FIVE_MINUTES("5m", 5),
    QUARTER_HOUR("15m", 15),
    HALF_HOUR("30m", 30),
    HOUR("1h", 60),
    TWO_HOURS("2h", 120),
    FOUR_HOURS("4h", 240),
    HALF_DAY("12h", 720),
    DAY("1d", 0),
    WEEK("1w", 0),
    MONTH("1mo", 0),
    QUARTER("1q", 0),
    YEAR("1y", 0);

    /** Stored bars that are calculated from shorter stored ones. */
    static final List<Interval> GROUPED = List.of(TWO_HOURS, FOUR_HOURS, HALF_DAY, WEEK, MONTH, QUARTER, YEAR);

    private final String word;
    private final Duration length;

    Interval(String word, int minutes) {
        this.word = word;
        this.length = Duration.ofMinutes(minutes);
    }

    @Override
    public String word() {
        return word;
    }

    /** The length of a bar that follows the clock. */
    public Duration length() {
        return length;
    }

    public boolean isByTradingDay() {
        return ordinal() >= DAY.ordinal();
    }

    /** Whether bars are shorter than an hour. They are not stored, but calculated from observations. */
    public boolean isWithinHour() {
        return this != RAW && ordinal() < HOUR.ordinal();
    }

    /** Whether the points are made of observations, of which only the recent ones are kept. */
    public boolean needsObservations() {
        return ordinal() < HOUR.ordinal();
    }

    /** The stored bars that a bar of {@link #GROUPED} consists of. */
    Interval parts() {
        return isByTradingDay() ? DAY : HOUR;
    }

    /** The first day of the bar that a trading day belongs to. */
    public LocalDate firstDay(LocalDate tradingDay) {
        return switch (this) {
            case DAY -> tradingDay;
            case WEEK -> tradingDay.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> tradingDay.withDayOfMonth(1);
            case QUARTER ->
                tradingDay.with(tradingDay.getMonth().firstMonthOfQuarter()).withDayOfMonth(1);
            case YEAR -> tradingDay.withDayOfYear(1);
            default -> throw new IllegalStateException(word + " does not consist of trading days");
        };
    }

    /** The last day of the bar that a trading day belongs to. */
    public LocalDate lastDay(LocalDate tradingDay) {
        LocalDate first = firstDay(tradingDay);
        return switch (this) {
            case WEEK -> first.plusDays(6);
            case MONTH -> first.plusMonths(1).minusDays(1);
            case QUARTER -> first.plusMonths(3).minusDays(1);
            case YEAR -> first.plusYears(1).minusDays(1);
            default -> first;
        };
    }

    /** 00:00 WIB of the first day of the bar that a trading day belongs to. */
    public Instant start(LocalDate tradingDay) {
        return firstDay(tradingDay).atStartOfDay(Wib.ZONE).toInstant();
    }

    /** The start of the bar of the clock that an instant belongs to. */
    public Instant start(Instant instant) {
        Instant midnight = Wib.midnight(Wib.date(instant));
        long lengths = Duration.between(midnight, instant).dividedBy(length);
        return midnight.plus(length.multipliedBy(lengths));
    }

    /** WIB is a whole number of hours from UTC. */
    public static Instant hour(Instant instant) {
        return instant.truncatedTo(ChronoUnit.HOURS);
    }
}
