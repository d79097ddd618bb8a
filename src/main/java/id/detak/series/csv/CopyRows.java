package id.detak.series.csv;

import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import de.bytefish.pgbulkinsert.pgsql.handlers.BigDecimalValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.StringValueHandler;
import id.detak.series.DayRange;
import id.detak.series.Observation;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.PGCopyOutputStream;

/** Writes observations to a table by binary COPY. */
final class CopyRows {

    private static final long EPOCH_SECONDS =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    private static final int BUFFER = 64 * 1024;
    private static final String COLUMNS =
            "indicator_id, observed_at, value, change, change_percent, previous_close, quality, reason, trading_day, import_id";

    private final BigDecimalValueHandler<BigDecimal> numeric = new BigDecimalValueHandler<>();
    private final StringValueHandler text = new StringValueHandler();
    private final PgBinaryWriter out;

    private final int columns;

    private CopyRows(PgBinaryWriter out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /**
     * Copies rows without a range of their own.
     *
     * @param importId null if the import is not listed
     */
    static void into(Connection connection, Iterable<Observation> rows, Integer importId) throws SQLException {
        copy(connection, "observation (" + COLUMNS + ")", rows, importId, null);
    }

    /** Copies rows into the staging table, with their positions in the batch. */
    static void intoStaging(Connection connection, List<Observation> rows, int[] places, Integer importId)
            throws SQLException {
        copy(connection, "staged (" + COLUMNS + ", open, high, low, place)", rows, importId, places);
    }

    private static void copy(
            Connection connection, String target, Iterable<Observation> rows, Integer importId, int[] places)
            throws SQLException {
        CopyManager manager = connection.unwrap(PGConnection.class).getCopyAPI();
        PGCopyOutputStream stream =
                new PGCopyOutputStream(manager.copyIn("copy " + target + " from stdin (format binary)"), BUFFER);
        try {
            PgBinaryWriter writer = new PgBinaryWriter(stream, BUFFER);
            CopyRows copy = new CopyRows(writer, places == null ? 10 : 14);
            int i = 0;
            for (Observation row : rows) {
                copy.write(row, importId);
                if (places != null) {
                    copy.writeStaged(row.range(), places[i++]);
                }
            }
            writer.close();
        } catch (RuntimeException | Error e) {
            if (stream.isActive()) {
                stream.cancelCopy();
            }
            throw e;
        }
    }

    private void write(Observation o, Integer importId) {
        out.startRow(columns);
        out.writeInt(o.indicatorId());
        out.writeLong((o.observedAt().getEpochSecond() - EPOCH_SECONDS) * 1_000_000
                + o.observedAt().getNano() / 1000);
        number(o.value());
        number(o.change());
        number(o.changePercent());
        number(o.previousClose());
        out.write(text, o.qualityWord());
        if (o.reason() == null) {
            out.writeNull();
        } else {
            out.write(text, o.reason().word());
        }
        out.writeInt((int) (o.tradingDay().toEpochDay() - EPOCH_DAY));
        if (importId == null) {
            out.writeNull();
        } else {
            out.writeInt(importId);
        }
    }

    private void writeStaged(DayRange range, int place) {
        number(range == null ? null : range.open());
        number(range == null ? null : range.high());
        number(range == null ? null : range.low());
        out.writeInt(place);
    }

    private void number(BigDecimal number) {
        if (number == null) {
            out.writeNull();
        } else {
            out.write(numeric, number);
        }
    }
}
