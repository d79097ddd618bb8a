package id.detak.series.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvParseException;
import id.detak.platform.RejectedException;
import id.detak.platform.Wib;
import id.detak.testsupport.BesideTheApplication;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Each kind of file, as small as possible and as its origin writes it, and what it says. */
@BesideTheApplication
class TableFormatTest {

    private static final TableOptions LQ45 = options("LQ45", null);

    private static TableOptions options(String code, String columns) {
        return TableOptions.of(code, columns, null, null, null, null, true);
    }

    private static TableOptions dates(String order) {
        return TableOptions.of("LQ45", null, order, null, null, null, true);
    }

    private static TableOptions decimal(String mark) {
        return TableOptions.of("LQ45", null, null, mark, null, null, true);
    }

    /** The profile, the notes and the rows. */
    private static List<String> read(String name, InputStream in, TableOptions options) throws IOException {
        try (TableFile file = TableFile.keep(name, in)) {
            TableFormat format = TableFormat.of(file, options);
            List<String> lines = new ArrayList<>();
            lines.add(format.profile().word());
            format.notes().forEach(note -> lines.add("note " + note));
            try (TableFormat.Entries entries = format.entries()) {
                for (boolean more = true; more; ) {
                    try {
                        TableEntry entry = entries.next();
                        more = entry != null;
                        if (more) {
                            lines.add(entries.line() + " " + text(entry));
                        }
                    } catch (BadRowException e) {
                        lines.add(entries.line() + " refused: " + e.getMessage());
                    } catch (CsvParseException e) {
                        lines.add("ended");
                        more = false;
                    }
                }
            }
            return lines;
        }
    }

    private static String text(TableEntry entry) {
        StringBuilder text = new StringBuilder(entry.code())
                .append(' ')
                .append(entry.day() != null ? entry.day() : Wib.local(entry.at()))
                .append(" value ")
                .append(plain(entry.value()));
        if (entry.change() != null) {
            text.append(" change ").append(plain(entry.change()));
        }
        if (entry.percent() != null) {
            text.append(" percent ").append(plain(entry.percent()));
        }
        if (entry.range() != null) {
            text.append(" range ")
                    .append(plain(entry.range().open()))
                    .append('/')
                    .append(plain(entry.range().high()))
                    .append('/')
                    .append(plain(entry.range().low()));
        }
        return text.append(entry.quality().isEmpty() ? "" : " " + entry.quality())
                .toString();
    }

    private static String plain(BigDecimal number) {
        return number == null ? "-" : number.toPlainString();
    }

    private static List<String> fixture(String name, TableOptions options) throws IOException {
        try (InputStream in = TableFormatTest.class.getResourceAsStream("/tables/" + name)) {
            return read(name, in, options);
        }
    }

    private static List<String> text(String content, TableOptions options) throws IOException {
        return read("rows.csv", new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), options);
    }

    private static void refused(String content, TableOptions options, String... sentences) {
        assertThatThrownBy(() -> text(content, options))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll(sentences);
    }

    @Test
    void readsInvesting() throws IOException {
        assertThat(fixture("investing.csv", LQ45))
                .containsExactly(
                        "investing",
                        "note dates are read as day, month, year",
                        "2 LQ45 2021-03-02 value 898.78 percent -2.68 range 923.50/925.12/895.40",
                        "3 LQ45 2021-02-26 value 934.16 percent -1.05 range 940.00/945.77/930.02",
                        "4 LQ45 2021-02-25 value 944.09 percent 0.31 range 941.20/1002.50/939.90");
        assertThat(fixture("investing-id.csv", options("IHSG", null)))
                .containsExactly(
                        "investing-id",
                        "note dates are read as day, month, year",
                        "2 IHSG 2021-03-02 value 6359.21 percent 0.33 range 6338.51/6394.50/6338.51",
                        "3 IHSG 2021-02-26 value 6241.80 percent -0.76 range 6289.65/6289.65/6184.54");
    }

    @Test
    void readsInvestingWithOtherDates() throws IOException {
        String header = "\"Date\",\"Price\",\"Open\",\"High\",\"Low\",\"Vol.\",\"Change %\"\n";
        String numbers = ",\"898.78\",\"923.50\",\"925.12\",\"895.40\",\"3.21B\",\"-2.68%\"\n";
        String row = "2 LQ45 2021-03-02 value 898.78 percent -2.68 range 923.50/925.12/895.40";
        assertThat(text(header + "\"Mar 02, 2021\"" + numbers, LQ45)).containsExactly("investing", row);
        assertThat(text(header + "\"2021-03-02\"" + numbers, LQ45)).containsExactly("investing", row);
        refused(
                header + "\"02/03/2021\"" + numbers,
                LQ45,
                "rows.csv: day and month",
                "'02/03/2021' in line 2",
                "add --dates dmy (day first) or --dates mdy (month first)");
        assertThat(text(header + "\"02/03/2021\"" + numbers, dates("dmy"))).contains(row);
        assertThat(text(header + "\"03/02/2021\"" + numbers, dates("mdy"))).contains(row);
    }

    @Test
    void readsYahoo() throws IOException {
        assertThat(fixture("yahoo.csv", options("IHSG", null)))
                .containsExactly(
                        "yahoo",
                        "2 IHSG 2021-02-25 value 6289.645996 range 6251.054199/6325.854004/6251.054199",
                        "3 IHSG 2021-02-26 value 6241.795898 range 6212.125000/6260.333984/6184.537109",
                        "4 refused: it has neither value nor change_percent",
                        "5 IHSG 2021-03-01 value 6338.513184 range 6281.856934/6338.513184/6281.856934");
    }

    @Test
    void readsStooq() throws IOException {
        assertThat(fixture("stooq.csv", options("IHSG", null)))
                .containsExactly(
                        "stooq",
                        "2 IHSG 2021-03-01 value 6338.513 range 6281.857/6338.513/6281.857",
                        "3 IHSG 2021-03-02 value 6359.205 range 6354.61/6394.5/6338.51");
        assertThat(fixture("stooq-time.csv", options("IHSG", null)))
                .containsExactly(
                        "stooq",
                        "note times without an offset are taken as Asia/Jakarta (--zone NAME names another time zone)",
                        "2 IHSG 2021-03-02T09:05+07:00 value 6358.77",
                        "3 IHSG 2021-03-02T09:10+07:00 value 6365.4",
                        "4 IHSG 2021-03-03T09:05+07:00 value 6370.11");
        assertThat(fixture("stooq-bulk.txt", options("XAUUSD", null)))
                .containsExactly(
                        "stooq-bulk",
                        "note all rows stand at 00:00: each is taken as the close of its trading day",
                        "2 XAUUSD 2021-03-01 value 1725.53 range 1734.66/1760.05/1707.25",
                        "3 XAUUSD 2021-03-02 value 1738.16 range 1725.2/1740.05/1706.71");
    }

    @Test
    void timesCanBeOfAnotherZone() throws IOException {
        TableOptions warsaw = TableOptions.of("IHSG", null, null, null, null, "Europe/Warsaw", true);
        assertThat(text("Date,Time,Close\n2021-03-02,03:05:00,6358.77\n", warsaw))
                .contains("2 IHSG 2021-03-02T09:05+07:00 value 6358.77");
    }

    @Test
    void readsGoogle() throws IOException {
        assertThat(fixture("google.csv", options("IHSG", null)))
                .containsExactly(
                        "google",
                        "note dates are read as month, day, year",
                        "2 IHSG 2021-02-26 value 6241.8 range 6212.13/6260.33/6184.54",
                        "3 IHSG 2021-03-01 value 6338.51 range 6281.86/6338.51/6281.86",
                        "4 IHSG 2021-03-02 value 6359.21 range 6354.61/6394.5/6338.51");
        assertThat(fixture("google-close.csv", options("USD/IDR", null)))
                .containsExactly(
                        "google",
                        "note dates are read as month, day, year",
                        "2 USD/IDR 2021-02-26 value 14235",
                        "3 USD/IDR 2021-03-01 value 14292.5");
    }

    @Test
    void readsTheSummaryOfIndices() throws IOException {
        assertThat(fixture("index-summary-20210302.csv", TableOptions.NONE))
                .containsExactly(
                        "idx",
                        "note all rows are of 2021-03-02, the day in the name of the file",
                        "2 IDX 2021-03-02 value 6359.21 change 20.69 range -/6394.50/6338.51",
                        "3 LQ45 2021-03-02 value 954.29 change 2.35 range -/960.88/951.94",
                        "4 JII 2021-03-02 value 623.54 change 2.44 range -/627.45/621.10");
        assertThat(fixture("Ringkasan Indeks-20210302.xlsx", LQ45))
                .containsExactly(
                        "idx",
                        "note all rows are of 2021-03-02, the day in the name of the file",
                        "3 LQ45 2021-03-02 value 954.29 change 2.35 range -/960.88/951.94");
        refused(
                "No,Index Code,Previous,Highest,Lowest,Close,Change\n1,LQ45,951.94,960.88,951.94,954.29,2.35\n",
                TableOptions.NONE,
                "neither its rows nor its name have a date");
    }

    @Test
    void readsJisdor() throws IOException {
        assertThat(fixture("jisdor.csv", TableOptions.NONE))
                .containsExactly(
                        "jisdor",
                        "note read as CSV with ';' and decimal commas",
                        "note dates are read as day, month, year",
                        "4 USD/IDR 2021-02-03 value 14307.00",
                        "5 USD/IDR 2021-02-25 value 14121.00",
                        "6 USD/IDR 2021-02-26 value 14229.00");
        assertThat(fixture("jisdor.xlsx", TableOptions.NONE))
                .containsExactly("jisdor", "4 USD/IDR 2021-03-02 value 14307", "5 USD/IDR 2021-03-01 value 14292.5");
    }

    @Test
    void readsPricesOfGold() throws IOException {
        String note = "note the value is the higher price, 'harga jual': that at which gold is sold to customers";
        assertThat(fixture("gold.csv", options("EMAS", null)))
                .containsExactly(
                        "gold",
                        note,
                        "2 EMAS 2021-03-01 value 938000",
                        "3 EMAS 2021-03-02 value 926000",
                        "4 EMAS 2021-03-03 value 1026000");
        assertThat(fixture("gold.xlsx", options("EMAS", null)))
                .containsExactly(
                        "gold",
                        note,
                        "2 EMAS 2021-03-01 value 938000",
                        "3 EMAS 2021-03-02 value 926000",
                        "4 EMAS 2021-03-03 value 1026000");
        assertThat(text("date,buy,sell\n2021-03-01,831000,938000\n2021-03-02,Rp8h,926000\n", options("EMAS", null)))
                .contains("2 EMAS 2021-03-01 value 938000");
        refused(
                "date,buy,sell\n2021-03-01,831000,938000\n2021-03-02,926000,819000\n",
                options("EMAS", null),
                "the higher one in some rows",
                "--columns date=NAME,value=NAME");
    }

    @Test
    void readsSpreadsheets() throws IOException {
        assertThat(fixture("excel-semicolons.csv", LQ45))
                .containsExactly(
                        "excel",
                        "note read as CSV with ';' and decimal commas",
                        "note dates are read as day, month, year",
                        "2 LQ45 2021-02-25 value 1944.09",
                        "3 LQ45 2021-02-26 value 934.16",
                        "4 LQ45 2021-03-01 value 923.5");
        assertThat(fixture("excel-sep.csv", LQ45))
                .containsExactly(
                        "excel",
                        "note read as CSV with ';' and decimal commas",
                        "3 LQ45 2021-03-01 value 923.5",
                        "4 LQ45 2021-03-02 value 898.78");
        assertThat(fixture("excel-utf16.txt", LQ45))
                .containsExactly(
                        "excel",
                        "note read as CSV with tabs and decimal commas",
                        "note dates are read as day, month, year",
                        "2 LQ45 2021-03-01 value 923.50",
                        "3 LQ45 2021-03-15 value 941.07");
    }

    @Test
    void readsPandas() throws IOException {
        assertThat(fixture("pandas.csv", LQ45))
                .containsExactly("pandas", "2 LQ45 2021-03-01 value 923.5", "3 LQ45 2021-03-02 value 898.78");
        assertThat(fixture("pandas-midnight.csv", LQ45))
                .containsExactly(
                        "csv",
                        "note all rows stand at 00:00: each is taken as the close of its trading day",
                        "2 LQ45 2021-03-01 value 923.5",
                        "3 LQ45 2021-03-02 value 898.78");
        assertThat(fixture("pandas-times.csv", LQ45)).contains("pandas", "2 LQ45 2021-03-01T09:30+07:00 value 923.5");
        assertThat(fixture("yfinance.csv", LQ45))
                .containsExactly(
                        "pandas",
                        "4 LQ45 2021-03-01 value 923.5 range 921.5/930.25/919.07",
                        "5 LQ45 2021-03-02 value 898.78 range 922.0/924.9/895.4");
    }

    @Test
    void readsItsOwnBars() throws IOException {
        assertThat(fixture("detak-bars.csv", TableOptions.NONE))
                .containsExactly(
                        "detak-bars",
                        "note all rows stand at 00:00: each is taken as the close of its trading day",
                        "2 LQ45 2021-03-01 value 923.50 implied",
                        "3 LQ45 2021-03-02 value 898.78 range 912.50/915.10/897.02");
        assertThat(fixture("detak-semicolons.csv", TableOptions.NONE))
                .containsExactly(
                        "detak",
                        "note read as CSV with ';' and decimal commas",
                        "2 LQ45 2021-03-02T09:30+07:00 value 898.78 change -24.72 percent -2.68 ok");
        refused(
                "code,start,open,high,low,close,count\nLQ45,2021-03-02T09:00+07:00,1,1,1,1,5\n",
                TableOptions.NONE,
                "bars of hours");
        refused(
                "code,start,open,high,low,close,count\nLQ45,2021-03-01T00:00+07:00,1,1,1,1,5\nLQ45,2021-03-08T00:00+07:00,1,1,1,1,5\nLQ45,2021-03-15T00:00+07:00,1,1,1,1,5\n",
                TableOptions.NONE,
                "7 days apart");
    }

    @Test
    void tradingDayCountsBeforeMidnight() throws IOException {
        assertThat(text(
                        "code,start,trading_day,value\nLQ45,2021-03-02T00:00+07:00,2021-03-01,898.78\n",
                        TableOptions.NONE))
                .contains("2 LQ45 2021-03-01 value 898.78");
        assertThat(text("code,trading_day,value\nLQ45,2021-03-01,898.78\n", TableOptions.NONE))
                .containsExactly("detak", "2 LQ45 2021-03-01 value 898.78");
    }

    @Test
    void columnsCanBeNamed() throws IOException {
        String content = "Hari;Terakhir;Rata-rata\n2021-03-01;898.78;1\n";
        assertThat(text(content, options("LQ45", "date=hari,value=Terakhir")))
                .contains("2 LQ45 2021-03-01 value 898.78");
        refused(
                content,
                LQ45,
                "rows.csv has the header line 'hari,terakhir,rata-rata'",
                "--columns date=NAME,value=NAME");
        refused(content, options("LQ45", "date=Tag,value=Terakhir"), "no line with the columns Tag, Terakhir");
        refused("date,close,price\n2021-03-01,1,2\n", LQ45, "both 'close' and 'price' may be the value");
    }

    @Test
    void asksForWhatTheFileLeavesOpen() throws IOException {
        refused("date,close\n2021-03-01,898.78\n", TableOptions.NONE, "add --code CODE");
        refused("date,close\n01/02/21,898.78\n", LQ45, "years have two digits", "--dates dmy");
        refused("date,close\n13/02/2021,1\n02/13/2021,1\n", LQ45, "contradict", "line 2", "line 3");
        refused(
                "date;close\n2021-03-01;934,160\n",
                LQ45,
                "rows.csv: it looks like CSV with ';' and decimal commas",
                "'934,160' in line 2 may be either: add --decimal , if ',' is the decimal mark, or --decimal . if it separates");
        assertThat(text("date;close\n2021-03-01;934,160\n", decimal(","))).contains("2 LQ45 2021-03-01 value 934.160");
        assertThat(text("date;close\n2021-03-01;934,160\n", decimal("."))).contains("2 LQ45 2021-03-01 value 934160");
        refused("date;close\n2021-03-01;1.934,16\n2021-03-02;1,934.16\n", LQ45, "contradict", "line 2", "line 3");
        assertThat(text("date;close\n05/05/2021;1\n", LQ45)).contains("2 LQ45 2021-05-05 value 1");
    }

    @Test
    void adviceOfRequestsNamesParameters() {
        TableOptions request = TableOptions.of(null, null, null, null, null, null, false);
        refused("date,close\n2021-03-01,898.78\n", request, "add code=CODE");
    }

    @Test
    void refusesRowsThatContradictThemselves() throws IOException {
        assertThat(text(
                        "date,open,high,low,close\n2021-03-01,2,5,3,3\n2021-03-02,0,5,2,3\n31/02/2021,1,1,1,1\n",
                        dates("dmy")))
                .contains(
                        "2 refused: open 2, high 5, low 3 and close 3 contradict each other",
                        "3 LQ45 2021-03-02 value 3 range -/5/2",
                        "4 refused: there is no day 31/2/2021 in the order dmy");
        assertThat(text("date,close\n2021-03-01,12.34.56\n2021-13-01,1\n", LQ45))
                .contains(
                        "2 refused: value '12.34.56' is no number with '.' as decimal mark",
                        "3 refused: '2021-13-01' is no date");
    }

    @Test
    void refusesFilesThatAreNoTables() {
        assertThatThrownBy(() -> read("a.xls", bytes(0xd0, 0xcf, 0x11, 0xe0, 1), LQ45))
                .hasMessageContainingAll("a.xls is a file of an Excel before 2007", "save it as .xlsx");
        assertThatThrownBy(() -> read("a.xlsx", bytes('P', 'K', 3, 4, 9), LQ45)).isInstanceOf(RejectedException.class);
        assertThatThrownBy(() -> read("a.zip", zip("a.txt", new byte[1]), LQ45))
                .hasMessageContaining("without a workbook");
        refused("", LQ45, "rows.csv is empty");
        refused("foo\n", LQ45, "names no date and no value");
    }

    @Test
    void inflatesNoMoreThanItsLimit() {
        assertThatThrownBy(() -> read("bomb.xlsx", zip("xl/worksheets/sheet1.xml", new byte[300 * 1024 * 1024]), LQ45))
                .hasMessageContaining("more than 256 MB");
    }

    private static InputStream bytes(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return new ByteArrayInputStream(content);
    }

    @Test
    void refusesRowsThatAreCutOffOrSwallowOthers() throws IOException {
        assertThat(text("Tanggal,Penutupan\n24/02/2021,950\n25/02/2021,944,09\n", LQ45))
                .containsExactly(
                        "csv",
                        "note dates are read as day, month, year",
                        "2 LQ45 2021-02-24 value 950",
                        "3 refused: it has 3 cells, the header line 2: a number with the delimiter in it needs quotes");
        assertThat(text("date,close,note\n2021-03-01,923.5,\"half day\n2021-03-02,898.78,x\n", LQ45))
                .containsExactly(
                        "csv",
                        "2 refused: a cell has a line break: if a quote is not closed, the rows after it are part of this one");
    }

    @Test
    void readsPercentagesByTheirOwnMarks() throws IOException {
        assertThat(text("Tanggal;change_percent\n2021-03-01;0,125\n", LQ45))
                .contains("2 LQ45 2021-03-01 value - percent 0.125");
        assertThat(text("Date,Close,Change\n2021-03-02,898.78,-2.68%\n", LQ45))
                .containsExactly(
                        "csv",
                        "2 refused: change '-2.68%' has a percent sign: --columns date=NAME,value=NAME,change_percent=NAME names its column");
        assertThat(text("Date,Close\n2021-03-02,898 78\n", LQ45))
                .containsExactly("csv", "2 refused: value '898 78' is no number with '.' as decimal mark");
    }

    @Test
    void stopsWhereOneTimeHasTwoValues() throws IOException {
        refused("Date,Close\n2021-03-01,923.5\n2021-03-01,33000\n", LQ45, "another value for the same time");
        refused(
                "Date,Close\n25/03/2021 09:00:00,6200\n25/03/2021 10:00:00,6210\n",
                LQ45,
                "another value for the same day");
        refused(
                "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\n^AEX,D,20210302,000000,650,656,649,655.5,0,0\n^JKSE,D,20210302,000000,6300,6370,6290,6359.21,0,0\n",
                LQ45,
                "another value for the same");
        refused(",Date,Previous,Value,Close\n0,2021-03-02,1,123456789,898.78\n", LQ45, "may be the value");
        refused("No,Nilai,Kurs Jual,Kurs Beli,Tanggal\n1,1,14364.47,14221.54,2021-03-02\n", LQ45, "has two prices");
        refused(
                "date,code,close\n2021-03-02,COMPOSITE,6359.21\n",
                LQ45,
                "no row has the code LQ45. Its codes are COMPOSITE");
    }

    @Test
    void aDamagedWorkbookIsRefused() throws IOException {
        byte[] whole =
                TableFormatTest.class.getResourceAsStream("/tables/gold.xlsx").readAllBytes();
        for (int i = 4; i < 400; i++) {
            byte[] damaged = whole.clone();
            damaged[i] = (byte) 0xff;
            try {
                read("gold.xlsx", new ByteArrayInputStream(damaged), options("EMAS", null));
            } catch (RejectedException e) {
                assertThat(e).hasMessageStartingWith("gold.xlsx");
            }
            byte[] cut = Arrays.copyOf(whole, i);
            assertThatThrownBy(() -> read("gold.xlsx", new ByteArrayInputStream(cut), options("EMAS", null)))
                    .isInstanceOf(RejectedException.class);
        }
    }

    @Test
    void refusesWeeksAmongDays() throws IOException {
        refused(
                "Date,Open,High,Low,Close,Adj Close,Volume\n2021-01-04,1,2,1,2,2,0\n2021-01-11,1,2,1,2,2,0\n2021-01-18,1,2,1,2,2,0\n2021-01-20,1,2,1,2,2,0\n",
                LQ45,
                "7 days apart");
    }

    @Test
    void midnightInJakartaIsADayInAnyOffset() throws IOException {
        assertThat(text("date,close\n2021-03-01 17:00:00+00:00,898.78\n2021-03-02 17:00:00+00:00,905.10\n", LQ45))
                .containsExactly(
                        "csv",
                        "note all rows stand at 00:00: each is taken as the close of its trading day",
                        "2 LQ45 2021-03-02 value 898.78",
                        "3 LQ45 2021-03-03 value 905.10");
    }

    @Test
    void rangesAreOfDaysAndNearTheirClose() throws IOException {
        assertThat(text("Datetime,Open,High,Low,Close\n2021-03-02 14:00:00,900,910,890,898.78\n", LQ45))
                .noneMatch(line -> line.contains("range") || line.contains("high"));
        assertThat(text("Date,Open,High,Low,Close\n2021-03-02,923.50,92512,895.40,898.78\n", LQ45))
                .anyMatch(line ->
                        line.contains("refused: open 923.50, high 92512 or low 895.40 is too far from the close"));
    }

    private static InputStream zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return new ByteArrayInputStream(out.toByteArray());
    }
}
