package id.detak.series;

import id.detak.indicator.TradingCalendar;
import id.detak.platform.Problems;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;

/**
 * A stretch of time, both ends within. An end that was given as a date is that day in Asia/Jakarta, and goes by trading day
 * where days are asked for.
 *
 * @param from null: from the beginning
 * @param to null: to the end
 */
public record TimeRange(Instant from, Instant to) {

    private static final String FORMS = "a date (2026-11-25), an instant with offset (2026-11-25T09:00:00+07:00, where + is written %2B in an address) or a duration back from now (P1Y, PT12H)";

    /** @throws io.quarkiverse.resteasy.problem.HttpProblem 400, where an end cannot be read or they stand the wrong way round */
    public static TimeRange parse(String from, String to, Instant now) {
        TimeRange range = new TimeRange(isGiven(from) ? start("from", from, now) : null, isGiven(to) ? end(to, now) : null);
        if (range.from != null && range.to != null && range.from.isAfter(range.to)) {
            throw Problems.badRequest("from is after to: swap them.");
        }
        return range;
    }

    public LocalDate fromDay() {
        return from == null ? null : LocalDate.ofInstant(from, TradingCalendar.ZONE);
    }

    public LocalDate toDay() {
        return to == null ? null : LocalDate.ofInstant(to, TradingCalendar.ZONE);
    }

    private static boolean isGiven(String text) {
        return text != null && !text.isBlank();
    }

    private static Instant start(String name, String text, Instant now) {
        try {
            return isDate(text) ? inRange(LocalDate.parse(text).atStartOfDay(TradingCalendar.ZONE).toInstant()) : instant(text, now);
        } catch (DateTimeException | ArithmeticException e) {
            throw Problems.badRequest(name + " cannot be read: give " + FORMS + ".");
        }
    }

    private static Instant end(String text, Instant now) {
        Instant start = start("to", text, now);
        return isDate(text) ? start.atZone(TradingCalendar.ZONE).plusDays(1).toInstant().minusNanos(1000) : start;
    }

    private static Instant instant(String text, Instant now) {
        if (text.startsWith("P")) {
            ZonedDateTime local = now.atZone(TradingCalendar.ZONE);
            return inRange((text.startsWith("PT") ? local.minus(Duration.parse(text)) : local.minus(Period.parse(text))).toInstant());
        }
        return inRange(OffsetDateTime.parse(text).toInstant());
    }

    /** What PostgreSQL's timestamps reach without trouble. */
    private static Instant inRange(Instant instant) {
        int year = instant.atZone(TradingCalendar.ZONE).getYear();
        if (year < 1 || year > 9999) {
            throw new DateTimeException("year " + year);
        }
        return instant;
    }

    private static boolean isDate(String text) {
        return text.length() == "2026-11-25".length() && !text.startsWith("P");
    }
}
