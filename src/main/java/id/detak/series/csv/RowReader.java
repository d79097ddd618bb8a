package id.detak.series.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import id.detak.platform.Wib;
import id.detak.series.DayRange;
import id.detak.series.Observation;
import id.detak.series.table.BadRowException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Reads observations from rows of an export, without trading day, which depends on earlier rows. */
final class RowReader {

    private static final int MAX_NUMBER = 32;
    private static final int TRADING_DAY = 6;
    private static final int OPEN = 7;

    private final int[] column;
    private final int columns;
    private final boolean hasRanges;
    private final RowChecks checks;
    private final RowTime time = new RowTime();
    private String lastDay = "";
    private LocalDate lastTradingDay;

    /** @throws BadRowException if the columns do not match the format */
    RowReader(List<String> header, RowChecks checks) {
        List<String> names = CsvFormat.names(header);
        for (String name : names) {
            if (!CsvFormat.COLUMNS.contains(name)) {
                throw new BadRowException("there is no column '" + name + "': the columns are " + CsvFormat.HEADER);
            }
        }
        if (!names.contains("code")
                || !names.contains("observed_at")
                || !names.contains("value") && !names.contains("change_percent")
                || names.stream().distinct().count() < names.size()) {
            throw new BadRowException("the header line must name the columns " + CsvFormat.HEADER
                    + ", each at most once, and at least code, observed_at and value or change_percent");
        }
        this.column = CsvFormat.COLUMNS.stream().mapToInt(names::indexOf).toArray();
        this.columns = names.size();
        this.hasRanges = column[OPEN] >= 0 || column[OPEN + 1] >= 0 || column[OPEN + 2] >= 0;
        this.checks = checks;
    }

    /**
     * @return the trading day is that of a time of 00:00, which may stand for the whole day, and null for others
     * @throws BadRowException if the row cannot be read
     */
    Observation read(CsvRecord row) {
        if (row.getFieldCount() != columns) {
            throw new BadRowException("it has " + row.getFieldCount() + " fields, and the header line " + columns);
        }
        Instant observedAt = time.read(field(row, 1));
        LocalDate midnight = time.midnight();
        LocalDate tradingDay = tradingDay(field(row, TRADING_DAY), observedAt);
        return checks.observation(
                field(row, 0),
                observedAt,
                "observed_at " + field(row, 1),
                midnight == null || tradingDay == null ? midnight : tradingDay,
                number(row, 2),
                number(row, 3),
                number(row, 4),
                hasRanges ? DayRange.of(number(row, OPEN), number(row, OPEN + 1), number(row, OPEN + 2)) : null,
                field(row, 5));
    }

    /** The trading day follows from the time and the rows before; one that is stated is only checked. */
    private LocalDate tradingDay(String text, Instant observedAt) {
        if (text.isEmpty()) {
            return null;
        }
        if (!text.equals(lastDay)) {
            try {
                lastTradingDay = LocalDate.parse(text);
                lastDay = text;
            } catch (DateTimeException e) {
                throw new BadRowException("trading_day '" + text + "' is no day such as 2026-11-25");
            }
        }
        if (lastTradingDay.isAfter(Wib.date(observedAt))) {
            throw new BadRowException("trading_day " + text + " lies after observed_at");
        }
        return lastTradingDay;
    }

    /** Whether a row says how far its numbers can be trusted. If it does not, they are checked like those of a page. */
    boolean statesQuality(CsvRecord row) {
        return !field(row, 5).isEmpty();
    }

    private String field(CsvRecord row, int index) {
        return column[index] < 0 ? "" : row.getField(column[index]);
    }

    private BigDecimal number(CsvRecord row, int index) {
        String text = field(row, index);
        if (text.isEmpty()) {
            return null;
        }
        if (!isPlainNumber(text)) {
            throw new BadRowException(
                    CsvFormat.COLUMNS.get(index) + " '" + text + "' is no plain number with a dot as decimal mark");
        }
        return new BigDecimal(text);
    }

    /** Digits with an optional minus and at most one dot between them; no exponent, limited length. */
    private static boolean isPlainNumber(String text) {
        int start = text.charAt(0) == '-' ? 1 : 0;
        int dots = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return text.length() <= MAX_NUMBER
                && text.length() > start
                && dots <= 1
                && text.charAt(start) != '.'
                && text.charAt(text.length() - 1) != '.';
    }
}
