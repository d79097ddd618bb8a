package id.detak.series.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import id.detak.series.Observation;
import id.detak.series.table.BadRowException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The rows of an export, streamed, so that a file has no limit. If all rows of the first batch stand at 00:00, they are
 * the closes of days; a later row with a time is then refused.
 */
final class OwnRows implements RowSource {

    private final CsvReader<CsvRecord> csv;
    private final Iterator<CsvRecord> rows;
    private final RowChecks checks;
    private final DayCloses closes;
    private final BiConsumer<Long, String> refuse;
    private final Consumer<String> note;
    private final RowReader reader;
    /** Null before the first batch. */
    private Boolean daily;

    /**
     * @param in without a mark of its encoding
     * @param refuse receives the line and the reason
     */
    OwnRows(
            InputStream in,
            RowChecks checks,
            DayCloses closes,
            BiConsumer<Long, String> refuse,
            Consumer<String> note) {
        this.csv = CsvReader.builder()
                .skipEmptyLines(true)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.rows = csv.iterator();
        this.checks = checks;
        this.closes = closes;
        this.refuse = refuse;
        this.note = note;
        this.reader = header();
    }

    private RowReader header() {
        try {
            return new RowReader(rows.next().getFields(), checks);
        } catch (BadRowException | CsvParseException e) {
            refuse.accept(1L, e.getMessage());
            return null;
        }
    }

    @Override
    public boolean addNext(Batch batch) {
        long line = 0;
        try {
            if (reader == null || !rows.hasNext()) {
                return false;
            }
            CsvRecord row = rows.next();
            line = row.getStartingLineNumber();
            batch.add(reader.read(row), reader.statesQuality(row), line);
        } catch (BadRowException e) {
            refuse.accept(line, e.getMessage());
        } catch (CsvParseException e) {
            refuse.accept(line, "the rest of the file cannot be read: " + e.getMessage());
            return false;
        }
        return true;
    }

    @Override
    public Batch complete(Batch batch) {
        if (daily == null) {
            daily = !batch.rows().isEmpty() && batch.rows().stream().allMatch(row -> row.tradingDay() != null);
            if (daily) {
                note.accept("all rows stand at 00:00: each is taken as the close of its trading day");
            }
        }
        return daily ? closing(batch) : batch;
    }

    private Batch closing(Batch batch) {
        Batch closing = new Batch();
        for (int i = 0; i < batch.rows().size(); i++) {
            Observation row = batch.rows().get(i);
            try {
                if (row.tradingDay() == null) {
                    throw new BadRowException(
                            "it has a time, and the rows before stand at 00:00 and were taken as closes of days: put them into files of their own");
                }
                closing.add(
                        row.at(closes.of(checks.of(row), row.tradingDay())),
                        !batch.unstated().get(i),
                        batch.lines()[i]);
            } catch (BadRowException e) {
                refuse.accept(batch.lines()[i], e.getMessage());
            }
        }
        return closing;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
