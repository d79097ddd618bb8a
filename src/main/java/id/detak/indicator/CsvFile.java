package id.detak.indicator;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A small CSV file with a header line: a resource of the application, or the user's file in the data folder. */
record CsvFile(String name, String content) {

    static CsvFile resource(String name) {
        try (InputStream in = CsvFile.class.getResourceAsStream("/" + name)) {
            return new CsvFile(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<CsvFile> in(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CsvFile(file.toString(), Files.readString(file)));
        } catch (IOException e) {
            throw new BadDataFileException(file + " cannot be read as UTF-8: " + e.getMessage());
        }
    }

    /** @throws BadDataFileException with file and line, if a row has an error */
    <T> List<T> rows(Function<Row, T> read) {
        List<T> rows = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(content)) {
            for (NamedCsvRecord line : reader) {
                rows.add(readRow(read, line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private <T> T readRow(Function<Row, T> read, NamedCsvRecord line) {
        try {
            return read.apply(new Row(line));
        } catch (RuntimeException e) {
            throw new BadDataFileException(name + ", line " + line.getStartingLineNumber() + ": " + e.getMessage());
        }
    }

    record Row(NamedCsvRecord line) {

        String text(String column) {
            return line.findField(column)
                    .map(String::strip)
                    .orElseThrow(() -> new IllegalArgumentException("the column '" + column + "' is missing"));
        }
    }
}
