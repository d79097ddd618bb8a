package id.detak.series.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import id.detak.platform.RejectedException;
import id.detak.series.table.Profile.Candidate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The line with the names of the columns.
 *
 * @param lastLine the line after which the rows begin
 */
record TableHeader(Profile profile, char delimiter, long lastLine, List<String> names, Map<Field, Integer> columns) {

    /** Titles and notes may stand above it. */
    static final int MAX_LINES = 25;

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};

    /** @throws RejectedException if there is none, saying what to add */
    static TableHeader of(TableFile file, TableOptions options) throws IOException {
        List<TableHeader> found = new ArrayList<>();
        List<TableRow> widest = List.of();
        for (char delimiter : file.isSheet() ? new char[] {'\t'} : DELIMITERS) {
            List<TableRow> top = top(file, delimiter);
            find(file, top, delimiter, options).ifPresent(found::add);
            widest = width(top) > width(widest) ? top : widest;
        }
        TableHeader header = found.stream()
                .max(Comparator.comparing(candidate -> candidate.names.size()))
                .orElse(null);
        if (header == null) {
            throw unknown(file, widest, options);
        }
        requireOneMeaning(file, header, options);
        return header;
    }

    private static int width(List<TableRow> rows) {
        return rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
    }

    private static List<TableRow> top(TableFile file, char delimiter) throws IOException {
        List<TableRow> top = new ArrayList<>();
        try (TableFile.Rows rows = file.rows(delimiter)) {
            while (top.size() < MAX_LINES && rows.hasNext()) {
                top.add(rows.next());
            }
        } catch (CsvParseException e) {
            // the lines before it decide
        }
        return top;
    }

    private static Optional<TableHeader> find(
            TableFile file, List<TableRow> top, char delimiter, TableOptions options) {
        StringBuilder above = new StringBuilder(file.name().toLowerCase(Locale.ROOT));
        for (int i = 0; i < top.size(); i++) {
            List<String> names =
                    top.get(i).cells().stream().map(TableHeader::normal).toList();
            long lastLine = top.get(i).line();
            int next = i + 1;
            // yfinance writes three lines: the fields, the symbol, and the name of the dates
            if (next + 1 < top.size()
                    && names.get(0).equals("price")
                    && normal(top.get(next).cell(0)).equals("ticker")
                    && normal(top.get(next + 1).cell(0)).startsWith("date")) {
                names = new ArrayList<>(names);
                names.set(0, "");
                lastLine = top.get(next + 1).line();
                next += 2;
            }
            Candidate candidate = new Candidate(
                    names, delimiter, next < top.size() ? top.get(next).cells() : List.of(), above.toString());
            Optional<TableHeader> header = at(candidate, lastLine, options);
            if (header.isPresent()) {
                return header;
            }
            above.append('\n').append(String.join(" ", names));
        }
        return Optional.empty();
    }

    private static Optional<TableHeader> at(Candidate candidate, long line, TableOptions options) {
        List<String> names = candidate.names();
        if (!options.columns().isEmpty()) {
            Map<Field, Integer> columns = new EnumMap<>(Field.class);
            options.columns().forEach((field, name) -> columns.put(field, names.indexOf(normal(name))));
            Profile profile = options.profile() != null
                    ? options.profile()
                    : candidate.delimiter() == ',' ? Profile.CSV : Profile.EXCEL;
            return columns.containsValue(-1) || !profile.isComplete(columns)
                    ? Optional.empty()
                    : Optional.of(new TableHeader(profile, candidate.delimiter(), line, names, columns));
        }
        Predicate<Profile> permitted = profile -> options.profile() == null || profile == options.profile();
        return Arrays.stream(Profile.values())
                .filter(permitted)
                .filter(profile -> profile.fits(candidate))
                .filter(profile -> profile.isComplete(profile.columnsOf(names)))
                .findFirst()
                .map(profile -> new TableHeader(profile, candidate.delimiter(), line, names, profile.columnsOf(names)));
    }

    /** Whether a line names a date and a value, by any delimiter. */
    static boolean isHeader(String line) {
        for (char delimiter : DELIMITERS) {
            List<String> names = Arrays.stream(line.split(Pattern.quote(String.valueOf(delimiter))))
                    .map(TableHeader::normal)
                    .toList();
            if (names.size() > 1 && Profile.CSV.isComplete(Profile.CSV.columnsOf(names))) {
                return true;
            }
        }
        return false;
    }

    /** Lower case, without quotes, marks of the encoding, angle brackets and further blanks. */
    private static String normal(String name) {
        return name.replaceAll("[\\uFEFF\"<>\\u0001]", "")
                .replaceAll("[\\s\\u00A0]+", " ")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static RejectedException unknown(TableFile file, List<TableRow> rows, TableOptions options) {
        String line = rows.isEmpty()
                ? "is empty"
                : "has the header line '"
                        + DateText.shortened(rows.get(0).cells().stream()
                                .map(TableHeader::normal)
                                .collect(Collectors.joining(",")))
                        + "'";
        if (!options.columns().isEmpty()) {
            return RejectedException.invalid(file.name() + " " + line + ", and no line with the columns "
                    + String.join(", ", options.columns().values())
                    + ". Columns must name a date, and a value or a change_percent, as the file writes them.");
        }
        if (options.profile() != null) {
            return RejectedException.invalid(file.name() + " " + line + ", which does not fit the profile "
                    + options.profile().word() + ". Leave the profile out to have it detected.");
        }
        return RejectedException.invalid(file.name() + " " + line
                + ", which names no date and no value that Detak knows. Name the columns: add "
                + options.advice("columns", "date=NAME,value=NAME") + ".");
    }

    /** Two columns such as close and price could both be the value. */
    private static void requireOneMeaning(TableFile file, TableHeader header, TableOptions options) {
        if (!options.columns().isEmpty() || !header.profile.isGuessed()) {
            return;
        }
        if (header.has(Field.BUY) && header.has(Field.SELL) && header.has(Field.VALUE)) {
            throw RejectedException.invalid(file.name() + " has two prices and '"
                    + header.names.get(header.columns.get(Field.VALUE)) + "': add "
                    + options.advice("columns", "date=NAME,value=NAME") + ".");
        }
        for (Field field : header.columns.keySet()) {
            List<String> names = header.names.stream().filter(field::hasName).toList();
            if (names.size() > 1) {
                throw RejectedException.invalid(file.name() + ": both '" + names.get(0) + "' and '" + names.get(1)
                        + "' may be the " + field.word() + ": add "
                        + options.advice("columns", "date=NAME,value=NAME") + ".");
            }
        }
    }

    boolean has(Field field) {
        return columns.containsKey(field);
    }

    /** The text of a field; empty if there is no such column. */
    String text(TableRow row, Field field) {
        Integer column = columns.get(field);
        return column == null ? "" : row.cell(column);
    }

    String describedForm(char decimal) {
        String by =
                switch (delimiter) {
                    case '\t' -> "tabs";
                    case ';' -> "';'";
                    case '|' -> "'|'";
                    default -> "','";
                };
        return by + " and decimal " + (decimal == ',' ? "commas" : "points");
    }
}
