package id.detak.series.table;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** What the rows of a table show about how its dates and numbers are written. */
final class TableScan {

    /** For which of two prices is the higher one; there is no need to look at all. */
    private static final int MAX_PRICES = 10_000;

    private static final int SHORTEST_WEEK_DAYS = 5;

    private static final Set<Field> NUMBERS = EnumSet.of(
            Field.VALUE, Field.OPEN, Field.HIGH, Field.LOW, Field.CHANGE, Field.CHANGE_PERCENT, Field.BUY, Field.SELL);
    /** More rows of one indicator are no table of days; so many show whether one time has two values. */
    private static final int MAX_TIMES = 200_000;

    private static final int MAX_CODES = 1000;

    /** The first cell that shows something. */
    record Example(String text, long line) {}

    record Prices(String buy, String sell) {}

    private final TableHeader header;
    Example dayFirst;
    Example monthFirst;
    Example ambiguous;
    Example shortYear;
    Example dot;
    Example comma;
    Example open;
    /** A row with another value for the time of an earlier one, in a table without codes. */
    Example another;

    final Set<String> codes = new LinkedHashSet<>();
    final List<Prices> prices = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();
    private boolean knownDates;
    private boolean openDates;
    private boolean midnights;
    private boolean otherTimes;
    private boolean withoutOffset;
    private final Map<DateOrder, Steps> steps = new EnumMap<>(DateOrder.class);

    TableScan(TableHeader header) {
        this.header = header;
    }

    /** A cell that cannot be read says nothing here; its row is reported when it is taken. */
    void see(TableRow row) {
        if (header.has(Field.DATE) || header.has(Field.TRADING_DAY)) {
            try {
                see(date(header, row), dateText(header, row), row);
            } catch (BadRowException e) {
                // reported later
            }
        }
        if (header.has(Field.CODE) && codes.size() < MAX_CODES) {
            codes.add(DateText.shortened(header.text(row, Field.CODE).strip()));
        }
        for (Field field : NUMBERS) {
            String text = header.text(row, field);
            if (!text.isEmpty()) {
                Example example = new Example(DateText.shortened(text.strip()), row.line());
                switch (NumberText.evidence(text)) {
                    case DOT -> dot = dot == null ? example : dot;
                    case COMMA -> comma = comma == null ? example : comma;
                    case OPEN -> open = open == null ? example : open;
                    case NONE -> {}
                }
            }
        }
        if (header.has(Field.BUY) && header.has(Field.SELL) && prices.size() < MAX_PRICES) {
            prices.add(new Prices(header.text(row, Field.BUY), header.text(row, Field.SELL)));
        }
    }

    private void see(DateText date, String text, TableRow row) {
        Example example = new Example(DateText.shortened(text), row.line());
        openDates |= date.isOpen();
        knownDates |= !date.isOpen();
        if (!header.has(Field.CODE) && values.size() < MAX_TIMES) {
            String time = header.profile().isDaily()
                    ? date.date() + " " + date.first() + "/" + date.second() + "/" + date.third()
                    : text;
            String value = header.text(row, header.has(Field.VALUE) ? Field.VALUE : Field.SELL)
                    .strip();
            String earlier = values.putIfAbsent(time, value);
            another = another == null && earlier != null && !earlier.equals(value) ? example : another;
        }
        if (date.hasShortYear()) {
            shortYear = shortYear == null ? example : shortYear;
        } else if (date.provenOrder() == DateOrder.DMY) {
            dayFirst = dayFirst == null ? example : dayFirst;
        } else if (date.provenOrder() == DateOrder.MDY) {
            monthFirst = monthFirst == null ? example : monthFirst;
        } else if (date.isAmbiguous()) {
            ambiguous = ambiguous == null ? example : ambiguous;
        }
        midnights |= date.isMidnight();
        otherTimes |= date.time() != null && !date.isMidnight();
        withoutOffset |= date.time() != null && date.offset() == null;
        for (DateOrder order : DateOrder.values()) {
            steps.computeIfAbsent(order, any -> new Steps()).see(date, order, header.text(row, Field.CODE));
        }
    }

    /** The distances of days, if all dates are read in one order. */
    private static final class Steps {

        private final Map<String, LocalDate> lastOfCode = new HashMap<>();
        private final NavigableMap<Long, Integer> days = new TreeMap<>();

        void see(DateText date, DateOrder order, String code) {
            LocalDate day;
            try {
                day = date.in(order);
            } catch (BadRowException e) {
                return;
            }
            LocalDate last =
                    lastOfCode.size() < MAX_CODES || lastOfCode.containsKey(code) ? lastOfCode.put(code, day) : null;
            if (last != null && !last.equals(day)) {
                days.merge(Math.abs(ChronoUnit.DAYS.between(last, day)), 1, Integer::sum);
            }
        }

        /** The median; 0 without a step. */
        long usual() {
            int half = (days.values().stream().mapToInt(Integer::intValue).sum() + 1) / 2;
            int seen = 0;
            for (Map.Entry<Long, Integer> step : days.entrySet()) {
                seen += step.getValue();
                if (seen >= half) {
                    return step.getKey();
                }
            }
            return 0;
        }
    }

    boolean hasOpenDates() {
        return openDates;
    }

    boolean hasKnownDates() {
        return knownDates;
    }

    boolean hasMidnights() {
        return midnights;
    }

    boolean hasOtherTimes() {
        return otherTimes;
    }

    boolean hasTimesWithoutOffset() {
        return withoutOffset;
    }

    /** Whether the rows seem to be of weeks or months. */
    boolean looksLonger(DateOrder order) {
        Steps found = steps.get(order);
        return found != null && found.usual() >= SHORTEST_WEEK_DAYS;
    }

    long usualStep(DateOrder order) {
        return steps.get(order).usual();
    }

    static DateText date(TableHeader header, TableRow row) {
        return DateText.of(dateText(header, row));
    }

    /** The trading day counts before a date; a column with a time belongs to the date. */
    private static String dateText(TableHeader header, TableRow row) {
        String date = header.text(row, Field.DATE).strip();
        String time = header.text(row, Field.TIME).strip();
        String day = header.text(row, Field.TRADING_DAY).strip();
        if (date.isEmpty() || !day.isEmpty() && isMidnight(date)) {
            return day;
        }
        if (time.isEmpty()) {
            return date;
        }
        return date + " " + (time.matches("\\d{6}") ? time.replaceAll("(\\d{2})(\\d{2})(\\d{2})", "$1:$2:$3") : time);
    }

    private static boolean isMidnight(String date) {
        DateText read = DateText.of(date);
        return read.time() == null || read.time().equals(LocalTime.MIDNIGHT);
    }
}
