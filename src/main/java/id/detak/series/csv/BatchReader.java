package id.detak.series.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;

/** Reads rows into batches in its own thread. Reports rows that cannot be read and continues. */
final class BatchReader implements Runnable {

    /** @param failure the exception that ended reading, or null */
    private record Delivery(Batch batch, boolean last, Throwable failure) {}

    private final InputStream in;
    private final ImportReport report;
    private final Function<List<String>, RowReader> readers;
    private final BlockingQueue<Delivery> queue = new ArrayBlockingQueue<>(1);
    private volatile long refused;
    private Batch batch = new Batch();
    private Delivery last;

    BatchReader(InputStream in, ImportReport report, Function<List<String>, RowReader> readers) {
        this.in = in;
        this.report = report;
        this.readers = readers;
    }

    long refused() {
        return refused;
    }

    /**
     * @return null at the end
     * @throws IOException after the last batch, if the file could not be read to its end
     */
    Batch next() throws IOException, InterruptedException {
        if (last == null) {
            Delivery delivery = queue.take();
            last = delivery.last ? delivery : null;
            return delivery.batch;
        }
        if (last.failure instanceof IOException e) {
            throw e;
        }
        if (last.failure != null) {
            throw new IllegalStateException(last.failure);
        }
        return null;
    }

    @Override
    public void run() {
        Throwable failure = null;
        try {
            read();
        } catch (InterruptedException e) {
            return;
        } catch (UncheckedIOException e) {
            failure = e.getCause();
        } catch (Exception | Error e) {
            failure = e;
        }
        try {
            queue.put(new Delivery(batch, true, failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() throws IOException, InterruptedException {
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .skipEmptyLines(true)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(new InputStreamReader(new Counting(in, report), StandardCharsets.UTF_8))) {
            Iterator<CsvRecord> rows = csv.iterator();
            RowReader reader = header(rows);
            while (reader != null && addNext(rows, reader)) {
                if (batch.isFull()) {
                    queue.put(new Delivery(batch, false, null));
                    batch = new Batch();
                }
            }
        }
    }

    private RowReader header(Iterator<CsvRecord> rows) {
        try {
            return readers.apply(rows.next().getFields().stream()
                    .map(name -> name.replace("\uFEFF", ""))
                    .toList());
        } catch (BadRowException | CsvParseException e) {
            refuse(1, e.getMessage());
            return null;
        }
    }

    /** @return whether there may be more rows */
    private boolean addNext(Iterator<CsvRecord> rows, RowReader reader) {
        long line = 0;
        try {
            if (!rows.hasNext()) {
                return false;
            }
            CsvRecord row = rows.next();
            line = row.getStartingLineNumber();
            batch.add(reader.read(row), reader.statesQuality(row), line);
        } catch (BadRowException e) {
            refuse(line, e.getMessage());
        } catch (CsvParseException e) {
            refuse(line, "the rest of the file cannot be read: " + e.getMessage());
            return false;
        }
        return true;
    }

    private void refuse(long line, String reason) {
        refused++;
        report.row(line, reason);
    }

    private static final class Counting extends FilterInputStream {

        private final ImportReport report;

        Counting(InputStream in, ImportReport report) {
            super(in);
            this.report = report;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count > 0) {
                report.progress(count);
            }
            return count;
        }
    }
}
