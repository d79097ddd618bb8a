package id.detak.indicator;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The holidays of the exchange, with their names.
 *
 * <p>The exchange announces them each autumn and changes them during the year. So they are data: the resource
 * {@code idx-holidays.csv} (date,name) has what the exchange announced. A file of the same name in the data folder
 * extends it. A row with the name {@code open} removes a holiday.
 */
record Holidays(Map<LocalDate, String> byDate, int lastYear) {

    static final String FILE = "idx-holidays.csv";

    /**
     * A year counts as known from this number of holidays, since single days are announced early. The shortest lists
     * (2021, 2022) have 14.
     */
    private static final int DAYS_OF_A_KNOWN_YEAR = 8;

    /** The exchange is closed on the last day of the year; the currency market is open. */
    private static final MonthDay YEAR_END = MonthDay.of(12, 31);

    static Holidays of(List<CsvFile> files) {
        Map<LocalDate, String> days = new HashMap<>();
        for (CsvFile file : files) {
            file.rows(Holiday::of).forEach(holiday -> {
                if (holiday.name().equals("open")) {
                    days.remove(holiday.date());
                } else {
                    days.put(holiday.date(), holiday.name());
                }
            });
        }
        Map<Integer, Long> perYear =
                days.keySet().stream().collect(Collectors.groupingBy(LocalDate::getYear, Collectors.counting()));
        int lastYear = perYear.entrySet().stream()
                .filter(year -> year.getValue() >= DAYS_OF_A_KNOWN_YEAR)
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElse(0);
        return new Holidays(Map.copyOf(days), lastYear);
    }

    boolean isExchangeClosed(LocalDate day) {
        return byDate.containsKey(day);
    }

    boolean isPublicHoliday(LocalDate day) {
        return isExchangeClosed(day) && !MonthDay.from(day).equals(YEAR_END);
    }

    record Holiday(LocalDate date, String name) {

        static Holiday of(CsvFile.Row row) {
            return new Holiday(LocalDate.parse(row.text("date")), row.text("name"));
        }
    }
}
