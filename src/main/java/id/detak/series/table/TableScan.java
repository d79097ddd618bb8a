package id.detak.series.table;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the rows of a table show about how its dates and numbers are written. */
final class TableScan {

    /** For which of two prices is the higher one; there is no need to look at all. */
    private static final int MAX_PRICES = 10_000;

    private static final int SHORTEST_WEEK_DAYS = 5;

    private static final Set<Field> NUMBERS =
            EnumSet.of(Field.VALUE, Field.OPEN, Field.HIGH, Field.LOW, Field.CHANGE, Field.BUY, Field.SELL);

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
    final List<Prices> prices = new ArrayList<>();
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

        private LocalDate last;
        private String lastCode;
        private long shortest = Long.MAX_VALUE;
        private int count;

        void see(DateText date, DateOrder order, String code) {
            LocalDate day;
            try {
                day = date.in(order);
            } catch (BadRowException e) {
                return;
            }
            if (last != null && code.equals(lastCode)) {
                count++;
                shortest = Math.min(shortest, Math.abs(ChronoUnit.DAYS.between(last, day)));
            }
            last = day;
            lastCode = code;
        }
    }

    boolean hasOpenDates() {
        return openDates;
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
        return found != null && found.count >= 2 && found.shortest >= SHORTEST_WEEK_DAYS;
    }

    long shortestStep(DateOrder order) {
        return steps.get(order).shortest;
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
