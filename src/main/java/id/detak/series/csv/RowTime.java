package id.detak.series.csv;

import id.detak.series.table.BadRowException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Parses {@code observed_at}. The format of an export has a fast parser, since an import of a year by the minute has
 * five million rows; {@link OffsetDateTime} parses the others.
 */
final class RowTime {

    private static final int DATE = 10;
    private static final int TIME = 19;
    private static final int MAX_FRACTION_DIGITS = 6;

    private String lastDate = "";
    private boolean midnight;
    private long lastDateSeconds;

    /** @throws BadRowException if it is not a time with offset */
    Instant read(String text) {
        midnight = false;
        Instant instant = plain(text);
        if (instant == null) {
            try {
                OffsetDateTime time = OffsetDateTime.parse(text);
                midnight = time.toLocalTime().equals(LocalTime.MIDNIGHT);
                lastDate = "";
                lastDateSeconds = time.toLocalDate().toEpochDay() * 86_400;
                instant = time.toInstant().truncatedTo(ChronoUnit.MICROS);
            } catch (DateTimeException e) {
                throw new BadRowException(
                        "observed_at '" + text + "' is no time with offset such as 2026-11-25T09:30:00+07:00");
            }
        }
        return instant;
    }

    /** The date of the time that was read last, in its own offset, if that is 00:00; null otherwise. */
    LocalDate midnight() {
        return midnight ? LocalDate.ofEpochDay(lastDateSeconds / 86_400) : null;
    }

    /** {@code 2026-11-25T09:30:00.123456+07:00}, or Z for the offset; null if it has another format. */
    private Instant plain(String text) {
        if (text.length() < TIME + 1 || text.charAt(DATE) != 'T' || text.charAt(13) != ':' || text.charAt(16) != ':') {
            return null;
        }
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, TIME);
        int at = TIME;
        long nanos = 0;
        if (text.charAt(at) == '.') {
            int end = at + 1;
            while (end < text.length() && Character.isDigit(text.charAt(end))) {
                end++;
            }
            int count = end - at - 1;
            if (count == 0 || count > MAX_FRACTION_DIGITS) {
                return null;
            }
            nanos = digits(text, at + 1, end);
            for (int i = count; i < 9; i++) {
                nanos *= 10;
            }
            at = end;
        }
        int offset = offset(text, at);
        if (hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0
                || second > 59
                || nanos < 0
                || offset == Integer.MIN_VALUE) {
            return null;
        }
        midnight = hour == 0 && minute == 0 && second == 0 && nanos == 0;
        return Instant.ofEpochSecond(dateSeconds(text) + hour * 3600L + minute * 60L + second - offset, nanos);
    }

    private long dateSeconds(String text) {
        if (!text.startsWith(lastDate) || lastDate.isEmpty()) {
            try {
                String date = text.substring(0, DATE);
                lastDateSeconds = LocalDate.parse(date).toEpochDay() * 86_400;
                lastDate = date;
            } catch (DateTimeException e) {
                throw new BadRowException("observed_at '" + text + "' has no such day");
            }
        }
        return lastDateSeconds;
    }

    /** Seconds, or MIN_VALUE if there is no offset. */
    private static int offset(String text, int at) {
        if (at == text.length() - 1 && text.charAt(at) == 'Z') {
            return 0;
        }
        if (text.length() != at + 6 || text.charAt(at + 3) != ':' || text.charAt(at) != '+' && text.charAt(at) != '-') {
            return Integer.MIN_VALUE;
        }
        int hours = digits(text, at + 1, at + 3);
        int minutes = digits(text, at + 4, at + 6);
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3600 + minutes * 60;
        return text.charAt(at) == '-' ? -seconds : seconds;
    }

    /** -1 if there are other characters than digits. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
