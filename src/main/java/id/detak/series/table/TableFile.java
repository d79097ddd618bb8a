package id.detak.series.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import id.detak.platform.RejectedException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/** A table in a temporary file, so that it can be read twice. */
public final class TableFile implements AutoCloseable {

    /** Of the inflated file. A table of minutes of ten years has 60 MB. */
    private static final long MAX_BYTES = 256L * 1024 * 1024;

    private static final int MAX_COLUMNS = 200;
    private static final int SNIFFED = 256;

    private final String name;
    private final Path path;
    private final boolean isSheet;
    private final Charset charset;
    private final int mark;

    private TableFile(String name, Path path, boolean isSheet, Charset charset, int mark) {
        this.name = name;
        this.path = path;
        this.isSheet = isSheet;
        this.charset = charset;
        this.mark = mark;
    }

    /**
     * Copies a table into a temporary file.
     *
     * @param in inflated
     * @throws RejectedException if it is too large, or no table
     */
    public static TableFile keep(String name, InputStream in) throws IOException {
        Path path = Files.createTempFile("detak-import-", ".tmp");
        try {
            copy(name, in, path);
            byte[] head;
            try (InputStream kept = Files.newInputStream(path)) {
                head = kept.readNBytes(SNIFFED);
            }
            if (isOldExcel(head)) {
                throw RejectedException.invalid(
                        name + " is a file of an Excel before 2007: save it as .xlsx or as CSV, then import that.");
            }
            boolean isSheet = isSheet(head);
            if (isSheet) {
                checkInflated(name, path);
            }
            if (startsWith(head, 0xff, 0xfe)) {
                return new TableFile(name, path, false, StandardCharsets.UTF_16LE, 2);
            }
            if (startsWith(head, 0xfe, 0xff)) {
                return new TableFile(name, path, false, StandardCharsets.UTF_16BE, 2);
            }
            int mark = startsWith(head, 0xef, 0xbb, 0xbf) ? 3 : 0;
            return new TableFile(name, path, isSheet, unmarked(head), mark);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Whether the first bytes are those of a spreadsheet, or of any other zip file. */
    public static boolean isSheet(byte[] head) {
        return startsWith(head, 'P', 'K', 3, 4);
    }

    public static boolean isOldExcel(byte[] head) {
        return startsWith(head, 0xd0, 0xcf, 0x11, 0xe0);
    }

    /** Whether the first bytes are a spreadsheet, or a text with a line that names a date and a value. */
    public static boolean looksLike(byte[] head) {
        String text = text(head);
        return isSheet(head)
                || isOldExcel(head)
                || !text.stripLeading().startsWith("<")
                        && text.lines().limit(TableHeader.MAX_LINES).anyMatch(TableHeader::isHeader);
    }

    /** The first bytes as text, in the encoding that they are in. */
    public static String text(byte[] head) {
        Charset charset = startsWith(head, 0xff, 0xfe)
                ? StandardCharsets.UTF_16LE
                : startsWith(head, 0xfe, 0xff) ? StandardCharsets.UTF_16BE : unmarked(head);
        return new String(head, charset).replace("\uFEFF", "");
    }

    /** ASCII in UTF-16 has a zero in every second byte. */
    private static Charset unmarked(byte[] head) {
        if (head.length >= 4 && head[1] == 0 && head[3] == 0 && head[0] != 0) {
            return StandardCharsets.UTF_16LE;
        }
        if (head.length >= 4 && head[0] == 0 && head[2] == 0 && head[1] != 0) {
            return StandardCharsets.UTF_16BE;
        }
        return StandardCharsets.UTF_8;
    }

    private static boolean startsWith(byte[] head, int... bytes) {
        if (head.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (head[i] != (byte) bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static void copy(String name, InputStream in, Path path) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = MAX_BYTES;
        try (OutputStream out = Files.newOutputStream(path)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                left -= count;
                if (left < 0) {
                    throw tooLarge(name);
                }
                out.write(buffer, 0, count);
            }
        }
    }

    private static RejectedException tooLarge(String name) {
        return RejectedException.invalid(name
                + " has more than 256 MB: split it, or convert it to the columns of an export, which have no limit.");
    }

    /** The sizes that a zip file states may be wrong, so its parts are inflated once to count them. */
    private static void checkInflated(String name, Path path) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = MAX_BYTES;
        // the reader keeps these in memory
        long texts = MAX_BYTES / 8;
        boolean hasWorkbook = false;
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                hasWorkbook |= entry.getName().startsWith("xl/");
                for (int count = zip.read(buffer); count >= 0; count = zip.read(buffer)) {
                    left -= count;
                    texts -= entry.getName().equals("xl/sharedStrings.xml") ? count : 0;
                    if (left < 0 || texts < 0) {
                        throw tooLarge(name);
                    }
                }
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) { // the last: a name that is not UTF-8
            throw damaged(name);
        }
        if (!hasWorkbook) {
            throw RejectedException.invalid(
                    name + " is a zip file without a workbook: unpack it and import its files.");
        }
    }

    private static RejectedException damaged(String name) {
        return RejectedException.invalid(
                name
                        + " is damaged: it begins like a spreadsheet (.xlsx), but cannot be read. Download it again, or save it as CSV.");
    }

    String name() {
        return name;
    }

    boolean isSheet() {
        return isSheet;
    }

    /** Rows in order; empty ones are left out. */
    interface Rows extends Iterator<TableRow>, AutoCloseable {

        @Override
        void close() throws IOException;
    }

    /** The names of the sheets behind the first one with rows that have rows, too. */
    List<String> otherSheets() {
        if (!isSheet) {
            return List.of();
        }
        try (ReadableWorkbook workbook = new ReadableWorkbook(path.toFile(), new ReadingOptions(true, false))) {
            List<String> names = new ArrayList<>();
            for (Sheet sheet : workbook.getSheets().toList()) {
                try (Stream<Row> rows = sheet.openStream()) {
                    if (rows.findFirst().isPresent()) {
                        names.add("'" + DateText.shortened(sheet.getName()) + "'");
                    }
                }
            }
            return names.subList(Math.min(1, names.size()), names.size());
        } catch (IOException | RuntimeException e) {
            throw damaged(name);
        }
    }

    /** @param delimiter of a text */
    Rows rows(char delimiter) throws IOException {
        return isSheet ? new SheetRows() : new TextRows(delimiter);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }

    private final class TextRows implements Rows {

        private final CsvReader<CsvRecord> csv;
        private final Iterator<CsvRecord> records;

        TextRows(char delimiter) throws IOException {
            InputStream in = new BufferedInputStream(Files.newInputStream(path));
            in.skipNBytes(mark);
            csv = CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .skipEmptyLines(true)
                    .allowMissingFields(true)
                    .allowExtraFields(true)
                    .allowExtraCharsAfterClosingQuote(true)
                    .ofCsvRecord(new InputStreamReader(in, charset));
            records = csv.iterator();
        }

        @Override
        public boolean hasNext() {
            return records.hasNext();
        }

        /** @throws CsvParseException if the rest cannot be read */
        @Override
        public TableRow next() {
            CsvRecord next = records.next();
            List<String> cells = next.getFields();
            return new TableRow(
                    next.getStartingLineNumber(),
                    cells.subList(0, Math.min(cells.size(), MAX_COLUMNS)).stream()
                            .map(cell -> cell.indexOf(TableRow.EXACT) < 0 ? cell : cell.replace(TableRow.EXACT, ' '))
                            .toList());
        }

        @Override
        public void close() throws IOException {
            csv.close();
        }
    }

    /** The first sheet that has rows. */
    private final class SheetRows implements Rows {

        private final ReadableWorkbook workbook;
        private final Iterator<Row> rows;

        SheetRows() throws IOException {
            ReadableWorkbook opened = null;
            try {
                opened = new ReadableWorkbook(path.toFile(), new ReadingOptions(true, false));
                Iterator<Row> first = List.<Row>of().iterator();
                for (Sheet sheet : opened.getSheets().toList()) {
                    first = sheet.openStream().iterator();
                    if (first.hasNext()) {
                        break;
                    }
                }
                workbook = opened;
                rows = first;
            } catch (IOException | RuntimeException e) {
                if (opened != null) {
                    opened.close();
                }
                throw damaged(name);
            }
        }

        @Override
        public boolean hasNext() {
            try {
                return rows.hasNext();
            } catch (RuntimeException e) {
                throw damaged(name);
            }
        }

        @Override
        public TableRow next() {
            try {
                Row row = rows.next();
                List<String> cells = new ArrayList<>();
                for (int i = 0; i < Math.min(row.getCellCount(), MAX_COLUMNS); i++) {
                    cells.add(row.getOptionalCell(i).map(SheetRows::text).orElse(""));
                }
                return new TableRow(row.getRowNum(), cells);
            } catch (RuntimeException e) {
                throw damaged(name);
            }
        }

        /** The days of a spreadsheet are numbers with a format; a time of 00:00 is none. */
        private static String text(Cell cell) {
            if (cell.getType() == CellType.EMPTY || cell.getType() == CellType.ERROR || cell.getValue() == null) {
                return "";
            }
            if (cell.getValue() instanceof BigDecimal number) {
                if (isDay(cell)) {
                    LocalDateTime at = cell.asDate();
                    return at.toLocalTime().toSecondOfDay() == 0
                            ? at.toLocalDate().toString()
                            : at.withNano(0).toString();
                }
                // a spreadsheet stores 898.78 as 898.77999999999997, and 2.68% as 0.0268
                return TableRow.EXACT
                        + BigDecimal.valueOf(number.doubleValue())
                                .scaleByPowerOfTen(isPercent(cell) ? 2 : 0)
                                .stripTrailingZeros()
                                .toPlainString();
            }
            return cell.getText().replace(TableRow.EXACT, ' ');
        }

        private static boolean isDay(Cell cell) {
            return format(cell).matches(".*[dy].*");
        }

        private static boolean isPercent(Cell cell) {
            return format(cell).contains("%");
        }

        /** Without its literal texts. */
        private static String format(Cell cell) {
            String format = cell.getDataFormatString();
            return format == null
                    ? ""
                    : format.replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "").toLowerCase(java.util.Locale.ROOT);
        }

        @Override
        public void close() throws IOException {
            workbook.close();
        }
    }
}
