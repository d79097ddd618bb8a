package id.detak.series.csv;

import id.detak.series.Measure;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import javax.sql.DataSource;
import org.hibernate.exception.GenericJDBCException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Streams rows as PostgreSQL writes them, with constant memory. */
@ApplicationScoped
public class CsvExport {

    private static final int BUFFER = 64 * 1024;

    private final DataSource dataSource;

    CsvExport(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Exports all observations, ordered by indicator and time.
     *
     * @return number of rows
     * @throws IOException if writing fails
     */
    public long all(OutputStream out) throws IOException {
        return copy("order by o.indicator_id, o.observed_at", out);
    }

    /** Exports one indicator, both ends included. */
    public long of(int indicatorId, Instant from, Instant to, OutputStream out) throws IOException {
        return copy(condition(indicatorId, from, to) + " order by o.observed_at", out);
    }

    /** Exports one indicator, but only rows with a number of the measure, and at most that many. */
    public long some(int indicatorId, Measure measure, Instant from, Instant to, int most, OutputStream out)
            throws IOException {
        return copy(
                condition(indicatorId, from, to) + " and o." + measure.column()
                        + " is not null order by o.observed_at limit " + most,
                out);
    }

    /** COPY accepts no parameters. These values are a number and two instants, not text from users. */
    private static String condition(int indicatorId, Instant from, Instant to) {
        return "where o.indicator_id = " + indicatorId + (from == null ? "" : " and o.observed_at >= '" + from + "'")
                + (to == null ? "" : " and o.observed_at <= '" + to + "'");
    }

    private long copy(String which, OutputStream out) throws IOException {
        out.write((CsvFormat.HEADER + "\n").getBytes(StandardCharsets.US_ASCII));
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set timezone = 'Asia/Jakarta'");
            statement.execute("set datestyle = 'ISO'");
            try {
                return copy(connection, "copy (" + CsvFormat.SELECT + which + ") to stdout (format csv)", out);
            } finally {
                statement.execute("reset timezone");
                statement.execute("reset datestyle");
            }
        } catch (SQLException e) {
            throw new GenericJDBCException("Cannot read the rows.", e);
        }
    }

    /** Combines rows into larger writes. */
    private static long copy(Connection connection, String sql, OutputStream out) throws SQLException, IOException {
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
        byte[] buffer = new byte[BUFFER];
        int filled = 0;
        try {
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                if (filled + row.length > buffer.length) {
                    out.write(buffer, 0, filled);
                    filled = 0;
                }
                if (row.length > buffer.length) {
                    out.write(row);
                } else {
                    System.arraycopy(row, 0, buffer, filled, row.length);
                    filled += row.length;
                }
            }
            out.write(buffer, 0, filled);
            return copy.getHandledRowCount();
        } finally {
            if (copy.isActive()) {
                cancel(connection.unwrap(PGConnection.class), copy);
            }
        }
    }

    /**
     * Reads until the server has ended the COPY. {@link CopyOut#cancelCopy} leaves the rest unread, so that the next
     * statement would receive it as its result.
     */
    private static void cancel(PGConnection connection, CopyOut copy) {
        try {
            connection.cancelQuery();
            while (copy.isActive() && copy.readFromCopy() != null) {
                // discard
            }
        } catch (SQLException e) {
            Log.debug("The COPY was cancelled.");
        }
    }
}
