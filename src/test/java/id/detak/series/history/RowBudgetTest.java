package id.detak.series.history;

import static id.detak.testsupport.ExactDecimals.decimal;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.nullValue;

import id.detak.platform.RejectedException;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No response reads an unlimited number of rows. */
@QuarkusTest
class RowBudgetTest {

    @Inject
    DataSource dataSource;

    @BeforeEach
    @AfterEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    @Test
    void queriesOfAResponseShareABudgetOfRows() {
        try (SeriesReader reader = SeriesReader.on(dataSource)) {
            assertThat(numbers(reader, SeriesReader.MAX_ROWS)).hasSize(SeriesReader.MAX_ROWS);
            assertThatThrownBy(() -> numbers(reader, 1))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("more than 250000 rows");
        }
    }

    private static List<Integer> numbers(SeriesReader reader, int count) {
        return reader.read("select generate_series(1, ?)", row -> row.getInt(1), List.of(count));
    }

    @Test
    void yearAgoIsLookedUpForEachPointWhateverLiesBetween() throws SQLException {
        // two trusted and one suspect number a year ago, then more rows than an answer may read
        observations(
                "values ('2025-11-20T10:00:00.0005+07:00'::timestamptz, 800, 'ok'), ('2025-11-20T11:00:00+07:00', 1, 'suspect'), "
                        + "('2025-11-20T12:00:00+07:00', 1000, 'ok')");
        observations("select '2025-11-21T09:00:00+07:00'::timestamptz + n * interval '1 minute', 900, 'ok' "
                + "from generate_series(1, 250001) n");
        observations(
                "values ('2026-11-20T10:00:00+07:00'::timestamptz, 1200, 'ok'), ('2026-11-20T11:30:00+07:00', 1600, 'ok'), "
                        + "('2026-11-20T12:00:00+07:00', 5, 'suspect'), ('2026-11-20T12:30:00+07:00', 500, 'ok')");
        history("from=2026-11-20&to=2026-11-20&maxPoints=4")
                .statusCode(200)
                .body("points.close", contains(decimal("50.0000"), decimal("100.0000"), null, decimal("-50.0000")));
    }

    @Test
    void aValueMuchOlderThanAYearIsNoBase() throws SQLException {
        observations("values ('2025-10-01T10:00:00+07:00'::timestamptz, 800, 'ok'), "
                + "('2026-11-20T10:00:00+07:00', 1200, 'ok')");
        history("from=2026-11-20&maxPoints=1").statusCode(200).body("points.close[0]", nullValue());
    }

    private static ValidatableResponse history(String query) {
        return given().get("/api/v1/indicators/LQ45/history?interval=raw&transform=pc1&" + query)
                .then();
    }

    private void observations(String rows) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into observation (indicator_id, observed_at, value, quality, reason, trading_day) "
                            + "select i.id, r.at, r.value, r.quality, case when r.quality = 'suspect' then 'check-failed' end, r.at::date "
                            + "from indicator i, (" + rows + ") r (at, value, quality) where i.code = 'LQ45'");
        }
    }
}
