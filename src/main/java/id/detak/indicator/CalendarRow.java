package id.detak.indicator;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A row of {@code calendars.csv}: {@code index,MON-FRI,idx,09:00,MON-THU 09:00-12:00 13:30-16:00; FRI 09:00-11:30
 * 14:00-16:00}.
 *
 * @param holidays {@code idx} (the exchange's), {@code public} (the same, but 31 December trades) or {@code none}
 */
record CalendarRow(Kind kind, String days, String holidays, LocalTime turn, String sessions) {

    static final String FILE = "calendars.csv";

    static CalendarRow of(CsvFile.Row row) {
        CalendarRow calendar = new CalendarRow(
                Kind.of(row.text("kind")),
                row.text("days"),
                row.text("holidays"),
                LocalTime.parse(row.text("turn")),
                row.text("sessions"));
        calendar.toCalendar(new Holidays(Map.of(), 0));
        return calendar;
    }

    TradingCalendar toCalendar(Holidays known) {
        Predicate<LocalDate> closed =
                switch (holidays) {
                    case "idx" -> known::isExchangeClosed;
                    case "public" -> known::isPublicHoliday;
                    case "none" -> day -> false;
                    default ->
                        throw new IllegalArgumentException(
                                "holidays must be idx, public or none, not '" + holidays + "'");
                };
        return new TradingCalendar(closed, turn, sessionsByDay());
    }

    private Map<DayOfWeek, List<MarketSession>> sessionsByDay() {
        Map<DayOfWeek, List<MarketSession>> byDay = new EnumMap<>(DayOfWeek.class);
        weekdays(days).forEach(day -> byDay.put(day, new ArrayList<>()));
        for (String part : sessions.split(";")) {
            String[] words = part.strip().split(" +");
            for (DayOfWeek day : weekdays(words[0])) {
                for (int i = 1; i < words.length; i++) {
                    byDay.computeIfAbsent(day, d -> new ArrayList<>()).add(session(words[i]));
                }
            }
        }
        byDay.forEach((day, sessionsOfDay) -> {
            if (sessionsOfDay.isEmpty()) {
                throw new IllegalArgumentException(
                        name(day)
                                + " is in the column days and has no session: add its hours to sessions, or remove it from days");
            }
        });
        return byDay;
    }

    private static MarketSession session(String text) {
        String[] ends = text.split("-");
        if (ends.length != 2) {
            throw new IllegalArgumentException("'" + text + "' is not a session such as 09:00-12:00");
        }
        return new MarketSession(secondOfDay(ends[0]), secondOfDay(ends[1]));
    }

    private static int secondOfDay(String time) {
        return time.equals("24:00") ? 86_400 : LocalTime.parse(time).toSecondOfDay();
    }

    private static List<DayOfWeek> weekdays(String text) {
        String[] ends = text.split("-");
        DayOfWeek last = weekday(ends[ends.length - 1]);
        List<DayOfWeek> days = new ArrayList<>();
        for (DayOfWeek day = weekday(ends[0]); ; day = day.plus(1)) {
            days.add(day);
            if (day == last) {
                return days;
            }
        }
    }

    private static DayOfWeek weekday(String text) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (name(day).equals(text.toUpperCase(Locale.ROOT))) {
                return day;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a weekday: MON TUE WED THU FRI SAT SUN");
    }

    private static String name(DayOfWeek day) {
        return day.name().substring(0, 3);
    }
}
