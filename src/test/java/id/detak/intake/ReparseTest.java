package id.detak.intake;

import static id.detak.testsupport.ExactDecimals.decimal;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import id.detak.capture.Via;
import id.detak.indicator.Indicators;
import id.detak.intake.Reparse.Outcome;
import id.detak.series.Rebuild;
import id.detak.series.ReparsedQuotes.Change;
import id.detak.series.history.TimeRange;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A corrected parser replaces stored observations. The tests change the stored rows, as if another parser had read
 * them, and reparse them with the current parser.
 */
@QuarkusTest
class ReparseTest {

    private static final ZoneOffset WIB = ZoneOffset.ofHours(7);

    @Inject
    Intake intake;

    @Inject
    Reparse reparse;

    @Inject
    Rebuild rebuild;

    @Inject
    Indicators indicators;

    @Inject
    DataSource dataSource;

    private final List<Change> changes = new ArrayList<>();

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    private record Page(Instant at, String text) {}

    private static String page(String lq45, String emas) {
        return "| : WIB | INDIKATOR |\n  • LQ45 " + lq45 + "\n  • EMAS " + emas + "\n\nTeks pengisi.\n";
    }

    private UUID take(Page page) {
        return intake.take(new Arrival("front", Via.POLL, null, page.at, null, null, new Arrival.Page(page.text)))
                .capture()
                .id();
    }

    private Outcome run(boolean write) {
        changes.clear();
        return reparse.run("front", TimeRange.parse(null, null, Instant.MAX), write, changes::add);
    }

    private void execute(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private String rows(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select coalesce(string_agg(r::text, chr(10) order by r::text), '') from (" + sql + ") r")) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private String stored() {
        return rows("select * from observation") + "\n" + rows("select * from bar") + "\n"
                + rows("select * from close_difference") + "\n"
                + rows("select id, strip, unknown, outcome in ('ok', 'unchanged') from capture");
    }

    private void rebuild() {
        QuarkusTransaction.requiringNew().run(() -> indicators.all().forEach(rebuild::rebuild));
    }

    /** Makes a capture look as if no strip had been found in it. */
    private void unread(UUID capture, String page) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(page.getBytes(StandardCharsets.UTF_8));
        }
        execute(
                "update capture set outcome = 'no-strip', reason = 'The page contains no indicator strip.', strip = null, unknown = '{}', page = ? where id = ?",
                bytes.toByteArray(),
                capture);
        execute("delete from observation where capture_id = ?", capture);
    }

    /** Random series that were partly read by another parser become what the current parser reads. */
    @Test
    void reparsingEqualsReadingWithTheCurrentParser() throws IOException {
        for (int seed = 0; seed < 3; seed++) {
            TestDatabase.empty(dataSource);
            Random random = new Random(seed);
            List<Page> pages = pages(random);
            List<UUID> captures = pages.stream().map(this::take).toList();
            String right = stored();
            for (int i = 0; i < pages.size(); i++) {
                switch (random.nextInt(5)) {
                    case 0 -> unread(captures.get(i), pages.get(i).text);
                    case 1 ->
                        execute(
                                "update observation set value = value * 10, quality = 'suspect', reason = 'check-failed', previous_close = null where capture_id = ? and quality <> 'implied'",
                                captures.get(i));
                    case 2 ->
                        execute(
                                "update observation set indicator_id = 9 where indicator_id = 1 and capture_id = ? and quality <> 'implied'",
                                captures.get(i));
                    default -> {
                        // unchanged
                    }
                }
            }
            rebuild();
            String damaged = stored();
            Outcome wouldBe = run(false);
            assertThat(stored()).isEqualTo(damaged);
            Outcome outcome = run(true);
            assertThat(outcome).as("seed " + seed).isEqualTo(wouldBe);
            assertThat(outcome.isClean()).isFalse();
            assertThat(stored()).as("seed " + seed).isEqualTo(right);
            assertThat(run(true).isClean()).as("seed " + seed).isTrue();
            assertThat(changes).isEmpty();
        }
    }

    private static List<Page> pages(Random random) {
        List<Page> pages = new ArrayList<>();
        LocalDateTime at = LocalDateTime.of(2026, 11, 16, 9, 30);
        int value = 90_000;
        for (int i = 0; i < 16; i++) {
            value += random.nextInt(3) == 0 ? 0 : random.nextInt(2000) - 1000;
            int change = random.nextInt(1000) + 100;
            String lq45 = "%d,%02d -%d,%02d -%.2f%%"
                    .formatted(value / 100, value % 100, change / 100, change % 100, change * 100.0 / (value + change))
                    .replace('.', ',');
            pages.add(new Page(at.toInstant(WIB), page(lq45, "1.%03d.000 0,00%%".formatted(random.nextInt(900) + 99))));
            at = at.plusMinutes(45 + 15 * random.nextInt(100));
        }
        return pages;
    }

    @Test
    void oldValuesStayReadableAndVoidsStayInForce() {
        Page page = new Page(Instant.parse("2026-11-23T03:00:00Z"), page("900,00 -10,00 -1,10%", "1.319.000 0,00%"));
        UUID capture = take(page);
        execute(
                "update observation set value = 9, change = null, change_percent = null, quality = 'unchecked' where capture_id = ? and indicator_id = 1 and quality <> 'implied'",
                capture);
        execute("update observation set value = 1 where capture_id = ? and indicator_id <> 1", capture);
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType("application/json")
                .body("{\"reason\":\"wrong\"}")
                .put("/api/v1/indicators/EMAS/observations/2026-11-23T10:00:00+07:00/void")
                .then()
                .statusCode(200);
        assertThat(run(true)).isEqualTo(new Outcome(1, 0, 0, 0, 1, 0));
        given().get("/api/v1/latest")
                .then()
                .body("items", hasSize(1))
                .body("items[0].value", equalTo(decimal("900.00")))
                .body("items[0].captureId", equalTo(capture.toString()));
        given().get("/api/v1/indicators/LQ45/observations")
                .then()
                .body("items[1].value", equalTo(9))
                .body("items[1].superseded.cause", equalTo("reparse"));
        given().header("Accept-Language", "en")
                .get("/captures/" + capture)
                .then()
                .body(containsString("the page is parsed differently now"))
                .body(containsString("wrong"));
        assertThat(run(true).isClean()).isTrue();
    }

    /** Observations are kept if the parser no longer understands their strip. */
    @Test
    void stripsNoLongerUnderstoodAreLeftUnchanged() {
        UUID capture =
                take(new Page(Instant.parse("2026-11-23T03:00:00Z"), page("900,00 -10,00 -1,10%", "1.319.000 0,00%")));
        execute("update capture set strip = 'gone' where id = ?", capture);
        String before = stored();
        assertThat(run(true)).isEqualTo(new Outcome(1, 0, 1, 0, 0, 0));
        assertThat(stored()).isEqualTo(before);
    }
}
