package id.detak.series.history;

import id.detak.platform.RejectedException;
import id.detak.platform.Wib;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * A range of time, both ends included.
 *
 * <p>An end given as a date is that day in Asia/Jakarta: the calendar day for points and hours, the trading day for
 * longer bars. An end given as an instant includes every bar that overlaps the range.
 *
 * @param from null for the beginning
 * @param to null for the end
 * @param fromDay if it was given as a date, else null
 * @param toDay the same
 * @param relative whether an end is a duration back from now, which is truncated to the minute so that repeated
 *     requests can be cached
 */
public record TimeRange(Instant from, Instant to, LocalDate fromDay, LocalDate toDay, boolean relative) {

    static final TimeRange ALL = new TimeRange(null, null, null, null, false);

    static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");
    static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private static final String FORMS =
            "a date (2026-11-25), an instant with offset (2026-11-25T09:00:00+07:00, where + is written %2B in an address) or a duration back from now (P1Y, PT12H)";

    private record End(Instant instant, LocalDate day, boolean relative) {

        private static final End OPEN = new End(null, null, false);
    }

    /** @throws RejectedException if an end cannot be parsed, or from is after to */
    public static TimeRange parse(String from, String to, Instant now) {
        End start = read("from", from, now);
        End end = read("to", to, now);
        Instant until = end.day == null
                ? end.instant
                : Wib.midnight(end.day.plusDays(1)).minus(1, ChronoUnit.MICROS);
        if (start.instant != null && until != null && start.instant.isAfter(until)) {
            throw RejectedException.invalid("from is after to: swap them.");
        }
        return new TimeRange(start.instant, until, start.day, end.day, start.relative || end.relative);
    }

    /** Whether the same parameters mean the same range at both instants. */
    boolean isSame(Instant then, Instant now) {
        return !relative || then.truncatedTo(ChronoUnit.MINUTES).equals(now.truncatedTo(ChronoUnit.MINUTES));
    }

    boolean contains(Instant instant) {
        return (from == null || !instant.isBefore(from)) && (to == null || !instant.isAfter(to));
    }

    /** The start for a query, which is never null. */
    public Instant lowerBound() {
        return from == null ? BEGINNING : from;
    }

    /** The end for a query, which is never null. */
    public Instant upperBound() {
        return to == null ? END : to;
    }

    /** The first day in the range, or null. */
    public LocalDate firstDay() {
        return from == null ? null : Wib.date(from);
    }

    /** The last day in the range, or null. */
    public LocalDate lastDay() {
        return to == null ? null : Wib.date(to);
    }

    private static End read(String name, String text, Instant now) {
        if (text == null || text.isBlank()) {
            return End.OPEN;
        }
        try {
            if (text.startsWith("P")) {
                return new End(inRange(back(text, now)).truncatedTo(ChronoUnit.MINUTES), null, true);
            }
            if (text.length() == "2026-11-25".length()) {
                LocalDate day = LocalDate.parse(text);
                return new End(inRange(Wib.midnight(day)), day, false);
            }
            return new End(inRange(OffsetDateTime.parse(text).toInstant()), null, false);
        } catch (DateTimeException | ArithmeticException e) {
            throw RejectedException.invalid(name + " cannot be read: give " + FORMS + ".");
        }
    }

    private static Instant back(String duration, Instant now) {
        ZonedDateTime local = now.atZone(Wib.ZONE);
        return (duration.startsWith("PT") ? local.minus(Duration.parse(duration)) : local.minus(Period.parse(duration)))
                .toInstant();
    }

    /** The years that PostgreSQL supports without special cases. */
    private static Instant inRange(Instant instant) {
        int year = instant.atZone(Wib.ZONE).getYear();
        if (year < 2 || year > 9998) {
            throw new DateTimeException("year " + year);
        }
        return instant;
    }
}
