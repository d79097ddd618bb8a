package id.detak.series;

import id.detak.platform.Wib;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;

/**
 * The interval between the points of a history. Hours are clock hours in Asia/Jakarta; longer intervals consist of
 * trading days.
 */
public enum Interval {
    RAW("raw"),
    HOUR("1h"),
    DAY("1d"),
    WEEK("1w"),
    MONTH("1mo");

    private final String word;

    Interval(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public boolean isByTradingDay() {
        return ordinal() >= DAY.ordinal();
    }

    /** The first day of the bar that a trading day belongs to. */
    public LocalDate firstDay(LocalDate tradingDay) {
        return switch (this) {
            case DAY -> tradingDay;
            case WEEK -> tradingDay.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> tradingDay.withDayOfMonth(1);
            case RAW, HOUR -> throw new IllegalStateException(word + " does not consist of trading days");
        };
    }

    /** The last day of the bar that a trading day belongs to. */
    public LocalDate lastDay(LocalDate tradingDay) {
        return switch (this) {
            case DAY -> tradingDay;
            case WEEK -> firstDay(tradingDay).plusDays(6);
            case MONTH -> firstDay(tradingDay).plusMonths(1).minusDays(1);
            case RAW, HOUR -> throw new IllegalStateException(word + " does not consist of trading days");
        };
    }

    /** 00:00 WIB of the first day of the bar that a trading day belongs to. */
    public Instant start(LocalDate tradingDay) {
        return firstDay(tradingDay).atStartOfDay(Wib.ZONE).toInstant();
    }

    /** WIB is a whole number of hours from UTC. */
    public static Instant hour(Instant instant) {
        return instant.truncatedTo(ChronoUnit.HOURS);
    }

    static Interval ofWord(String word) {
        return Arrays.stream(values())
                .filter(interval -> interval.word.equals(word))
                .findFirst()
                .orElseThrow();
    }
}
