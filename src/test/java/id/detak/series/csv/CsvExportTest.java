package id.detak.series.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CsvExportTest {

    private static final int ROUNDS = 5;

    @Inject
    DataSource dataSource;

    /**
     * More rows than the buffers of the connection can hold, so that the COPY is still running when the client
     * disconnects.
     */
    @BeforeEach
    void fill() throws SQLException {
        TestDatabase.empty(dataSource);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into observation (indicator_id, observed_at, value, quality, trading_day)
                    select i.id, timestamptz '2026-01-01T03:00:00Z' + n * interval '1 minute', repeat('7', 1000)::numeric, 'ok', '2026-01-01'
                    from indicator i, generate_series(1, 12000) n where i.code = 'LQ45'
                    """);
        }
    }

    @AfterEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    @Test
    void cancelledExportLeavesTheConnectionUsable() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            String zone = ask(statement, "show timezone");
            for (int round = 0; round < ROUNDS; round++) {
                assertThatThrownBy(() -> new CsvExport(only(connection)).all(new Leaving()))
                        .isInstanceOf(IOException.class)
                        .hasMessage("gone");
                assertThat(ask(statement, "select 'round " + round + "'")).isEqualTo("round " + round);
                assertThat(ask(statement, "show timezone")).isEqualTo(zone);
            }
        }
    }

    private static String ask(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Accepts the header and the first rows, then fails. */
    private static final class Leaving extends OutputStream {

        private int writes;

        @Override
        public void write(int b) throws IOException {
            if (++writes > 2) {
                throw new IOException("gone");
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            write(0);
        }
    }

    /** A pool of one connection, which stays open. */
    private static DataSource only(Connection connection) {
        Connection open = proxy(
                Connection.class,
                (self, method, arguments) ->
                        method.getName().equals("close") ? null : method.invoke(connection, arguments));
        return proxy(DataSource.class, (self, method, arguments) -> open);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
