package id.detak.series.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import id.detak.platform.RejectedException;
import id.detak.series.DayRange;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a table is written: what the whole file and the user say. Reads its rows. */
public final class TableFormat {

    private static final Pattern DAY_IN_NAME = Pattern.compile("(20\\d{2})-?(\\d{2})-?(\\d{2})(?!\\d)");

    private static final int MAX_CODES_NAMED = 10;

    private final TableFile file;
    private final TableOptions options;
    private final TableHeader header;
    private final List<String> notes = new ArrayList<>();
    private DateOrder order;
    private char decimal;
    private boolean daily;
    private boolean buyIsPrice;
    private LocalDate dayOfAll;

    private TableFormat(TableFile file, TableOptions options, TableHeader header) {
        this.file = file;
        this.options = options;
        this.header = header;
    }

    /** @throws RejectedException if the file leaves something open; the message names the option to add */
    public static TableFormat of(TableFile file, TableOptions options) throws IOException {
        TableHeader header = TableHeader.of(file, options);
        TableScan scan = new TableScan(header);
        try (TableFile.Rows rows = file.rows(header.delimiter())) {
            while (rows.hasNext()) {
                TableRow row = rows.next();
                if (row.line() > header.lastLine() && !row.isEmpty()) {
                    scan.see(row);
                }
            }
        } catch (CsvParseException e) {
            // what can be read is imported, and the rest reported
        }
        TableFormat format = new TableFormat(file, options, header);
        format.decide(scan);
        return format;
    }

    public Profile profile() {
        return header.profile();
    }

    /** What was understood, for the user to check. */
    public List<String> notes() {
        return notes;
    }

    private void decide(TableScan scan) {
        if (!header.has(Field.CODE) && options.codes().isEmpty() && header.profile() != Profile.JISDOR) {
            throw invalid("it has no column with codes: add " + options.advice("code", "CODE") + ", such as "
                    + options.advice("code", "LQ45") + ".");
        }
        if (!header.has(Field.CODE) && options.codes().size() > 1) {
            throw invalid("it has no column with codes, so it has the numbers of one indicator: name one code.");
        }
        if (scan.another != null) {
            throw invalid("line " + scan.another.line() + " has another value for the same "
                    + (header.profile().isDaily() ? "day" : "time") + " as an earlier line ('"
                    + scan.another.text() + "'). If it has several indicators, name the column of their codes: "
                    + options.advice("columns", "code=NAME,date=NAME,value=NAME") + ". Otherwise remove one of them.");
        }
        if (!options.codes().isEmpty()
                && header.has(Field.CODE)
                && !scan.codes.isEmpty()
                && scan.codes.stream().noneMatch(code -> isWanted(code, known(code)))) {
            throw invalid("no row has the code " + String.join(" or ", options.codes()) + ". Its codes are "
                    + scan.codes.stream().limit(MAX_CODES_NAMED).collect(Collectors.joining(", ")) + ".");
        }
        if (file.isSheet() && scan.hasOpenDates() && scan.hasKnownDates()) {
            throw invalid("some of its dates are dates and others are text, which happens when a spreadsheet reads day"
                    + " and month the wrong way round: import the original file instead.");
        }
        order = order(scan);
        decimal = decimal(scan);
        if (!header.has(Field.DATE) && !header.has(Field.TRADING_DAY)) {
            dayOfAll = dayOfName();
        }
        if (scan.looksLonger(order) && Profile.hasRange(header.columns())) {
            throw invalid(
                    "its rows are " + scan.usualStep(order)
                            + " days apart, so each is the bar of a week or a month, which has no place on a day: download or export it by days.");
        }
        if (header.profile() == Profile.DETAK_BARS && scan.hasOtherTimes()) {
            throw invalid("it has the bars of hours, not of days: export the days (interval=1d), or all observations.");
        }
        daily = header.profile().isDaily() || !scan.hasOtherTimes();
        if (daily && scan.hasMidnights()) {
            notes.add("all rows stand at 00:00: each is taken as the close of its trading day");
        }
        if (!daily && scan.hasMidnights()) {
            notes.add("some rows stand at 00:00, others at other times: each is taken as observed at that time");
        }
        if (!file.otherSheets().isEmpty()) {
            notes.add("only the first sheet with rows was read, not " + String.join(", ", file.otherSheets()));
        }
        if (!daily && scan.hasTimesWithoutOffset()) {
            notes.add("times without an offset are taken as " + options.zone() + " (" + options.advice("zone", "NAME")
                    + " names another time zone)");
        }
        if (header.delimiter() != ',' && !file.isSheet()) {
            notes.add("read as CSV with " + header.describedForm(decimal));
        }
        if (order != null && scan.hasOpenDates()) {
            notes.add("dates are read as "
                    + (order == DateOrder.DMY
                            ? "day, month, year"
                            : order == DateOrder.MDY ? "month, day, year" : "year, month, day"));
        }
        if (header.has(Field.BUY) && header.has(Field.SELL) && !header.has(Field.VALUE)) {
            buyIsPrice = buyIsPrice(scan);
            notes.add("the value is the higher price, '"
                    + header.names().get(header.columns().get(buyIsPrice ? Field.BUY : Field.SELL))
                    + "': that at which gold is sold to customers");
        }
    }

    private DateOrder order(TableScan scan) {
        if (options.dates() != null) {
            return options.dates();
        }
        if (scan.shortYear != null) {
            throw invalid("its years have two digits ('" + scan.shortYear.text() + "' in line " + scan.shortYear.line()
                    + "): add " + options.advice("dates", "dmy") + " (day first), " + options.advice("dates", "mdy")
                    + " (month first) or " + options.advice("dates", "ymd") + " (year first).");
        }
        if (scan.dayFirst != null && scan.monthFirst != null) {
            throw invalid("its dates contradict each other: '" + scan.dayFirst.text() + "' in line "
                    + scan.dayFirst.line() + " begins with the day, and '" + scan.monthFirst.text() + "' in line "
                    + scan.monthFirst.line() + " with the month. Correct one of them, or split the file.");
        }
        if (scan.dayFirst == null && scan.monthFirst == null && scan.ambiguous != null) {
            throw invalid("day and month of its dates cannot be told apart (such as '" + scan.ambiguous.text()
                    + "' in line " + scan.ambiguous.line() + "): add " + options.advice("dates", "dmy")
                    + " (day first) or " + options.advice("dates", "mdy") + " (month first).");
        }
        return scan.monthFirst != null ? DateOrder.MDY : DateOrder.DMY;
    }

    private char decimal(TableScan scan) {
        if (options.decimal() != null) {
            return options.decimal();
        }
        Character own = options.columns().isEmpty()
                ? header.profile()
                        .decimal(file.isSheet() ? '\t' : header.delimiter())
                        .orElse(null)
                : null;
        if (own != null) {
            return own;
        }
        if (scan.dot != null && scan.comma != null) {
            throw invalid("its decimal marks contradict each other: '" + scan.dot.text() + "' in line "
                    + scan.dot.line() + " has a point, and '" + scan.comma.text() + "' in line " + scan.comma.line()
                    + " a comma. Correct one of them, or add " + options.advice("decimal", ".") + " or "
                    + options.advice("decimal", ",") + ".");
        }
        if (scan.dot == null && scan.comma == null && scan.open != null) {
            boolean isComma = scan.open.text().indexOf(',') >= 0;
            throw invalid((header.delimiter() == ';' && isComma
                            ? "it looks like CSV with ';' and decimal commas, but '"
                            : "the decimal mark of its numbers cannot be told from the mark between thousands: '")
                    + scan.open.text() + "' in line " + scan.open.line() + " may be either: add "
                    + options.advice("decimal", isComma ? "," : ".") + " if '" + (isComma ? ',' : '.')
                    + "' is the decimal mark, or " + options.advice("decimal", isComma ? "." : ",")
                    + " if it separates thousands.");
        }
        return scan.comma != null ? ',' : '.';
    }

    private boolean buyIsPrice(TableScan scan) {
        BuySell buySell = new BuySell();
        scan.prices.forEach(price -> buySell.see(readable("buy", price.buy()), readable("sell", price.sell())));
        if (buySell.buyHigher > 0 && buySell.sellHigher > 0) {
            throw invalid("the buying price is the higher one in some rows and the selling price in others: add "
                    + options.advice("columns", "date=NAME,value=NAME") + ".");
        }
        return buySell.buyHigher > 0;
    }

    /** @return null if it is no number: its row is reported when it is taken */
    private BigDecimal readable(String name, String text) {
        try {
            return NumberText.read(name, text, decimal);
        } catch (BadRowException e) {
            return null;
        }
    }

    private static final class BuySell {

        private int buyHigher;
        private int sellHigher;

        void see(BigDecimal buy, BigDecimal sell) {
            if (buy != null && sell != null) {
                buyHigher += buy.compareTo(sell) > 0 ? 1 : 0;
                sellHigher += buy.compareTo(sell) < 0 ? 1 : 0;
            }
        }
    }

    /** The summary of a day has its day only in its name. */
    private LocalDate dayOfName() {
        Matcher day = DAY_IN_NAME.matcher(file.name());
        if (!day.find()) {
            throw invalid("neither its rows nor its name have a date. Rename it so that the name has its day, such as"
                    + " index-summary-20210302.xlsx.");
        }
        DateText text;
        try {
            text = DateText.of(day.group(1) + day.group(2) + day.group(3));
        } catch (BadRowException e) {
            throw invalid(
                    e.getMessage() + ". Rename it so that the name has its day, such as index-summary-20210302.xlsx.");
        }
        notes.add("all rows are of " + text.date() + ", the day in the name of the file");
        return text.date();
    }

    private RejectedException invalid(String sentence) {
        return RejectedException.invalid(file.name() + ": " + sentence);
    }

    /** The rows of the file, after the header line. */
    public Entries entries() throws IOException {
        return new Entries(file.rows(header.delimiter()));
    }

    /** Reads one row after the other. */
    public final class Entries implements AutoCloseable {

        private final TableFile.Rows rows;
        private long line;

        Entries(TableFile.Rows rows) {
            this.rows = rows;
        }

        /** The line of the last row. */
        public long line() {
            return line;
        }

        /**
         * @return null at the end
         * @throws BadRowException if the next row cannot be read; the one after it may
         * @throws CsvParseException if the rest cannot be read
         */
        public TableEntry next() {
            while (rows.hasNext()) {
                TableRow row = rows.next();
                line = row.line();
                if (line > header.lastLine() && !row.isEmpty()) {
                    TableEntry entry = entry(row);
                    if (entry != null) {
                        return entry;
                    }
                }
            }
            return null;
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }

    /** @return null if the row is one of another indicator */
    private TableEntry entry(TableRow row) {
        String code = code(row);
        if (code == null) {
            return null;
        }
        requireWhole(row);
        BigDecimal value = number(row, header.has(Field.VALUE) ? Field.VALUE : buyIsPrice ? Field.BUY : Field.SELL);
        BigDecimal percent = number(row, Field.CHANGE_PERCENT);
        if (value == null && percent == null) {
            throw new BadRowException("it has neither value nor change_percent");
        }
        DateText date = dayOfAll == null ? TableScan.date(header, row) : null;
        LocalDate day = dayOfAll == null ? date.in(order) : dayOfAll;
        boolean timed = !daily && date != null && date.time() != null;
        return new TableEntry(
                code,
                timed ? null : day,
                timed ? instant(day, date) : null,
                value,
                header.profile().hasChange(header.columns()) ? number(row, Field.CHANGE) : null,
                percent,
                timed && header.profile() != Profile.DETAK ? null : range(row, value),
                quality(row));
    }

    /**
     * A number with a mark that is not quoted is two cells, and a quote that is not closed takes the rows after it in.
     */
    private void requireWhole(TableRow row) {
        int width = header.names().size();
        if (file.isSheet()) {
            return;
        }
        if (row.cells().stream().skip(width).anyMatch(cell -> !cell.isBlank())) {
            throw new BadRowException("it has " + row.cells().size() + " cells, the header line " + width
                    + ": a number with the delimiter in it needs quotes");
        }
        if (row.cells().stream().anyMatch(cell -> cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0)) {
            throw new BadRowException(
                    "a cell has a line break: if a quote is not closed, the rows after it are part of this one");
        }
    }

    private String code(TableRow row) {
        if (!header.has(Field.CODE)) {
            return options.codes().isEmpty() ? "USD/IDR" : options.codes().get(0);
        }
        String code = header.text(row, Field.CODE).strip().toUpperCase(Locale.ROOT);
        String known = known(code);
        return isWanted(code, known) ? known : null;
    }

    private String known(String code) {
        return header.profile() == Profile.IDX && code.equals("COMPOSITE") ? "IDX" : code;
    }

    private boolean isWanted(String code, String known) {
        return options.codes().isEmpty()
                || options.codes().stream().anyMatch(c -> c.equalsIgnoreCase(code) || c.equalsIgnoreCase(known));
    }

    private BigDecimal number(TableRow row, Field field) {
        String text = header.text(row, field);
        if (field != Field.CHANGE_PERCENT && text.strip().endsWith("%")) {
            throw new BadRowException(field.word() + " '" + DateText.shortened(text) + "' has a percent sign: "
                    + options.advice("columns", "date=NAME,value=NAME,change_percent=NAME") + " names its column");
        }
        return text.isEmpty() ? null : NumberText.read(field.word(), text, decimal);
    }

    /** Of an implied close, which was not observed, the bar has only the close. */
    private DayRange range(TableRow row, BigDecimal value) {
        DayRange range = value == null || isImplied(row)
                ? null
                : DayRange.of(positive(row, Field.OPEN), positive(row, Field.HIGH), positive(row, Field.LOW));
        if (range == null) {
            return null;
        }
        if (!range.isPlausible(value)) {
            throw new BadRowException("open " + range.open() + ", high " + range.high() + " or low " + range.low()
                    + " is too far from the close " + value + " for one day");
        }
        if (!range.holds(value)) {
            throw new BadRowException("open " + range.open() + ", high " + range.high() + ", low " + range.low()
                    + " and close " + value + " contradict each other");
        }
        return range;
    }

    /** Some tables write 0 for a missing number. */
    private BigDecimal positive(TableRow row, Field field) {
        BigDecimal number = number(row, field);
        return number == null || number.signum() <= 0 ? null : number;
    }

    private boolean isImplied(TableRow row) {
        return header.has(Field.COUNT) && header.text(row, Field.COUNT).strip().equals("0");
    }

    private String quality(TableRow row) {
        return isImplied(row) ? "implied" : header.text(row, Field.QUALITY).strip();
    }

    private Instant instant(LocalDate day, DateText date) {
        ZoneId zone = date.offset() == null ? options.zone() : date.offset();
        return LocalDateTime.of(day, date.time()).atZone(zone).toInstant();
    }
}
