package id.detak.series.table;

import id.detak.platform.Wib;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date as a table states it, perhaps with a time and an offset. Of a date of numbers with the year last, only the
 * whole table can say which of the first two is the day.
 *
 * @param date null if its order is open
 * @param first the first number of a date whose order is open
 * @param time null if there is none
 * @param offset null if there is none
 */
record DateText(LocalDate date, int first, int second, int third, LocalTime time, ZoneOffset offset) {

    private static final int MAX_LENGTH = 60;
    private static final Pattern PARTS = Pattern.compile(
            "(?:\\p{L}+, +)?(.+?)(?:,?[T ] *(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2})(?:\\.\\d{1,9})?)? ?([AaPp][Mm])?)? ?(Z|UTC|[+-]\\d{2}(?::?\\d{2})?)?");
    private static final Pattern COMPACT = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})([-/.])(\\d{1,2})\\2(\\d{1,4})");
    private static final Pattern MONTH_FIRST = Pattern.compile("(\\p{L}{3,9})\\.?[ -](\\d{1,2}),?[ -](\\d{4})");
    private static final Pattern DAY_FIRST = Pattern.compile("(\\d{1,2})[ -](\\p{L}{3,9})\\.?,?[ -](\\d{4}|\\d{2})");

    /** English and Indonesian, by their first letters. */
    private static final List<List<String>> MONTHS = List.of(
            List.of("jan"),
            List.of("feb", "peb"),
            List.of("mar"),
            List.of("apr"),
            List.of("may", "mei"),
            List.of("jun"),
            List.of("jul"),
            List.of("aug", "agu", "agt", "ags"),
            List.of("sep"),
            List.of("oct", "okt"),
            List.of("nov", "nop"),
            List.of("dec", "des"));

    /** @throws BadRowException if it is no date */
    static DateText of(String text) {
        String stripped =
                text.replace('\u00A0', ' ').replace(TableRow.EXACT, ' ').strip();
        Matcher parts = PARTS.matcher(stripped);
        if (stripped.length() > MAX_LENGTH || !parts.matches()) {
            throw noDate(text);
        }
        try {
            LocalTime time = time(parts);
            ZoneOffset offset = time == null ? null : offset(parts.group(6));
            // without a time, a minus and two digits end the date
            return of(
                    time == null
                            ? stripped.replaceFirst("^\\p{L}+, +", "")
                            : parts.group(1).strip(),
                    time,
                    offset);
        } catch (DateTimeException e) {
            throw noDate(text);
        }
    }

    private static DateText of(String date, LocalTime time, ZoneOffset offset) {
        Matcher compact = COMPACT.matcher(date);
        if (compact.matches()) {
            return known(LocalDate.of(number(compact, 1), number(compact, 2), number(compact, 3)), time, offset);
        }
        Matcher numbers = NUMBERS.matcher(date);
        if (numbers.matches()) {
            int first = number(numbers, 1);
            int second = number(numbers, 3);
            int third = number(numbers, 4);
            if (numbers.group(1).length() == 4 && numbers.group(4).length() <= 2) {
                return known(LocalDate.of(first, second, third), time, offset);
            }
            if (numbers.group(1).length() <= 2
                    && (numbers.group(4).length() == 4 || numbers.group(4).length() == 2)) {
                return new DateText(null, first, second, third, time, offset);
            }
        }
        Matcher monthFirst = MONTH_FIRST.matcher(date);
        if (monthFirst.matches()) {
            return known(
                    LocalDate.of(number(monthFirst, 3), month(monthFirst.group(1)), number(monthFirst, 2)),
                    time,
                    offset);
        }
        Matcher dayFirst = DAY_FIRST.matcher(date);
        if (dayFirst.matches()) {
            int year = number(dayFirst, 3);
            return known(
                    LocalDate.of(year < 100 ? 2000 + year : year, month(dayFirst.group(2)), number(dayFirst, 1)),
                    time,
                    offset);
        }
        throw noDate(date);
    }

    /** A time with an offset is written in Asia/Jakarta, whose days count. */
    private static DateText known(LocalDate date, LocalTime time, ZoneOffset offset) {
        if (time == null || offset == null) {
            return new DateText(date, 0, 0, 0, time, offset);
        }
        ZonedDateTime local = date.atTime(time).atOffset(offset).atZoneSameInstant(Wib.ZONE);
        return new DateText(local.toLocalDate(), 0, 0, 0, local.toLocalTime(), local.getOffset());
    }

    private static LocalTime time(Matcher parts) {
        if (parts.group(2) == null) {
            return null;
        }
        int hour = number(parts, 2);
        String half = parts.group(5);
        if (half != null) {
            if (hour < 1 || hour > 12) {
                throw new DateTimeException("no hour of a half day");
            }
            hour = hour % 12 + (half.toLowerCase(Locale.ROOT).equals("pm") ? 12 : 0);
        }
        return LocalTime.of(hour, number(parts, 3), parts.group(4) == null ? 0 : number(parts, 4));
    }

    private static ZoneOffset offset(String text) {
        return text == null ? null : text.equals("UTC") ? ZoneOffset.UTC : ZoneOffset.of(text);
    }

    private static int month(String name) {
        String start = name.toLowerCase(Locale.ROOT).substring(0, 3);
        for (int i = 0; i < MONTHS.size(); i++) {
            if (MONTHS.get(i).contains(start)) {
                return i + 1;
            }
        }
        throw new DateTimeException("no month");
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static BadRowException noDate(String text) {
        return new BadRowException("'" + shortened(text) + "' is no date");
    }

    static String shortened(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }

    boolean isOpen() {
        return date == null;
    }

    boolean hasShortYear() {
        return isOpen() && third < 100;
    }

    /** Whether only one order makes it a date, and which one; null if both do, or make the same one. */
    DateOrder provenOrder() {
        if (!isOpen() || hasShortYear() || first <= 12 == second <= 12) {
            return null;
        }
        return first > 12 ? DateOrder.DMY : DateOrder.MDY;
    }

    /** Whether its two readings are different days. */
    boolean isAmbiguous() {
        return isOpen() && first <= 12 && second <= 12 && first != second;
    }

    /** @throws BadRowException if there is no such day */
    LocalDate in(DateOrder order) {
        try {
            return isOpen() ? order.date(first, second, third) : date;
        } catch (DateTimeException e) {
            throw new BadRowException("there is no day " + first + "/" + second + "/" + third + " in the order "
                    + order.name().toLowerCase(Locale.ROOT));
        }
    }

    boolean isMidnight() {
        return time != null && time.equals(LocalTime.MIDNIGHT);
    }
}
