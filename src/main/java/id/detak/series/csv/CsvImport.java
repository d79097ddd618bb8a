package id.detak.series.csv;

import id.detak.indicator.Indicators;
import id.detak.series.RecordCounts;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Imports rows. One thread reads the next batch while another writes the last one. */
@ApplicationScoped
public class CsvImport {

    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    /** After that many new rows the planner's statistics are out of date. */
    private static final int WORTH_ANALYZING = 10_000;

    private final Indicators indicators;
    private final BatchWriter writer;
    private final Clock clock;

    CsvImport(Indicators indicators, BatchWriter writer, Clock clock) {
        this.indicators = indicators;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * @param name of the file, stored with conflicts
     * @throws IOException if the file cannot be read to its end; the rows before are stored
     */
    public RecordCounts run(String name, InputStream in, ImportReport report) throws IOException {
        BatchReader reader = new BatchReader(in, report, this::rowReader);
        Thread thread = new Thread(reader, "detak-csv");
        thread.setDaemon(true);
        thread.start();
        try {
            RecordCounts count = RecordCounts.NOTHING;
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                count = count.plus(writer.write(batch, name, report));
            }
            if (count.created() > WORTH_ANALYZING) {
                writer.analyze();
            }
            return count.plus(new RecordCounts(0, 0, 0, reader.refused()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            thread.interrupt();
        }
    }

    private RowReader rowReader(List<String> header) {
        return new RowReader(
                header,
                code -> QuarkusTransaction.requiringNew().call(() -> indicators.findOrDiscover(code, clock.instant())),
                clock.instant().plus(CLOCK_TOLERANCE));
    }
}
