package id.detak.retention;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import id.detak.capture.FetchOutcome;
import id.detak.capture.Via;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.intake.Arrival;
import id.detak.intake.Intake;
import id.detak.intake.IntakeResult;
import id.detak.platform.BadSettingException;
import id.detak.series.Observations;
import id.detak.series.Rebuild;
import id.detak.series.RecordCounts;
import id.detak.series.SeriesVersions;
import id.detak.series.csv.CsvImport;
import id.detak.series.csv.ImportReport;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old data is deleted, and the data derived from it stays unchanged. */
@QuarkusTest
class RetentionTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);
    private static final Optional<Period> FOR_EVER = Optional.empty();
    private static final String LQ45 =
            "select observed_at at time zone 'Asia/Jakarta' from observation o join indicator i on i.id = o.indicator_id where code = 'LQ45' order by 1";

    @Inject
    Intake intake;

    @Inject
    CsvImport csvImport;

    @Inject
    Indicators indicators;

    @Inject
    Rebuild rebuild;

    @Inject
    Observations observations;

    @Inject
    SeriesVersions versions;

    @Inject
    EntityManager em;

    @Inject
    DataSource dataSource;

    @BeforeEach
    @AfterEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    private IntakeResult see(String at, String item) {
        return take(at, new Arrival.Page(Pages.strip(item)));
    }

    private IntakeResult take(String at, Arrival.Content content) {
        return intake.take(new Arrival(
                "test", Via.IMPORT, null, OffsetDateTime.parse(at + "+07:00").toInstant(), null, null, content));
    }

    private List<String> ask(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> answers = new ArrayList<>();
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
            return answers;
        }
    }

    private List<String> bars() throws SQLException {
        return ask("select cast(b as text) from bar b order by 1");
    }

    private void clean(CleanupTask chore) {
        assertThat(chore.isEnabled()).isTrue();
        assertThat(chore.deleteBatch()).isFalse();
    }

    private void pruneToTwoYears() {
        RetentionSettings keeping = new RetentionSettings(Optional.of(Period.ofYears(2)), FOR_EVER, FOR_EVER, CLOCK);
        clean(new OldObservations(keeping, em, observations, versions));
        clean(new OldCaptures(keeping, em));
        versions.invalidate();
    }

    private Rebuild.Outcome check(String code) {
        return QuarkusTransaction.requiringNew()
                .call(() -> rebuild.check(indicators.find(code).orElseThrow()));
    }

    /** Observations are kept from 1 November 2024, a Friday, so the week starts before that day. */
    private void recordThreeYears() {
        see("2023-07-03T10:00:00", "LQ45 900,00 1,00 0,11%");
        see("2023-07-03T10:00:00", "LQ45 901,00 2,00 0,22%");
        see("2023-07-04T10:00:00", "LQ45 910,00 10,00 1,11%");
        see("2023-07-04T11:00:00", "EMAS 1.000.000 1.000 0,10%");
        see("2024-10-28T10:00:00", "LQ45 920,00 5,00 0,55%");
        see("2024-10-31T10:00:00", "LQ45 930,00 -5,00 -0,53%");
        see("2024-10-31T10:30:00", "LQ45 100,00 -5,00 -0,53%");
        see("2024-10-31T16:30:00", "LQ45 931,00 -4,00 -0,43%");
        see("2024-11-01T08:00:00", "LQ45 931,00 -4,00 -0,43%");
        see("2024-11-01T10:00:00", "LQ45 940,00 9,00 0,97%");
        see("2024-11-04T10:00:00", "LQ45 950,00 10,00 1,06%");
        see("2026-11-24T10:00:00", "LQ45 990,00 3,00 0,30%");
    }

    @Test
    void oldObservationsAreDeletedAndBarsStay() throws Exception {
        recordThreeYears();
        List<String> bars = bars();
        String changes = given().get("/api/v1/changes").asString();
        String latest = given().get("/api/v1/latest").asString();
        String hours =
                given().get("/api/v1/indicators/LQ45/history?interval=1h").asString();

        pruneToTwoYears();

        assertThat(ask(LQ45))
                .as(
                        "a number that another contradicts, the last that was believed, and all since the first of November")
                .containsExactly(
                        "2023-07-03 10:00:00",
                        "2024-10-31 16:30:00",
                        "2024-11-01 08:00:00",
                        "2024-11-01 10:00:00",
                        "2024-11-04 10:00:00",
                        "2026-11-23 16:15:00",
                        "2026-11-24 10:00:00");
        assertThat(ask("select count(*) from capture"))
                .as("those of what is kept, and the two of the contradiction")
                .containsExactly("8");
        assertThat(
                        ask(
                                "select value from observation o join indicator i on i.id = o.indicator_id where code = 'EMAS' and quality <> 'implied'"))
                .as("a series that ended")
                .hasSize(1);
        assertThat(bars()).isEqualTo(bars);
        assertThat(given().get("/api/v1/changes").asString()).isEqualTo(changes);
        assertThat(given().get("/api/v1/latest").asString()).isEqualTo(latest);
        assertThat(given().get("/api/v1/indicators/LQ45/history?interval=1h").asString())
                .isEqualTo(hours.replaceFirst("}$", ",\"prunedBefore\":\"2024-11-01\"}"));

        for (Indicator indicator : QuarkusTransaction.requiringNew().call(indicators::all)) {
            assertThat(check(indicator.code()).isClean()).as(indicator.code()).isTrue();
            QuarkusTransaction.requiringNew().run(() -> rebuild.rebuild(indicator));
        }
        assertThat(bars()).as("rebuilt").isEqualTo(bars);
        pruneToTwoYears();
        assertThat(bars()).isEqualTo(bars);
    }

    @Test
    void historyShowsFromWhenObservationsAreKept() {
        recordThreeYears();
        pruneToTwoYears();
        given().get("/api/v1/indicators/LQ45/history?from=2023-07-01")
                .then()
                .body("interval", equalTo("1h"), "prunedBefore", equalTo("2024-11-01"), "points.t.size()", equalTo(12));
        given().get("/api/v1/indicators/LQ45/history?from=2024-11-01")
                .then()
                .body("interval", equalTo("raw"), "prunedBefore", equalTo(null));
        given().get("/api/v1/indicators/LQ45/history?interval=raw")
                .then()
                .body("prunedBefore", equalTo("2024-11-01"), "points.t", hasSize(5));
        given().get("/api/v1/indicators/LQ45/history?interval=raw&to=2023-12-31")
                .then()
                .body("prunedBefore", equalTo("2024-11-01"), "points.t", hasSize(0));
        given().get("/api/v1/indicators/LQ45/history.csv?interval=raw")
                .then()
                .header("Detak-Pruned-Before", "2024-11-01");
        given().get("/api/v1/indicators/LQ45/observations").then().body("prunedBefore", equalTo("2024-11-01"));
        assertThat(given().get("/observations/LQ45?to=2023-12-31&lang=en").asString())
                .contains("Before 1 Nov 2024, only hourly, daily");
        assertThat(given().get("/observations/LQ45?to=2023-12-31&lang=id").asString())
                .contains("Sebelum 1 Nov 2024, hanya ringkasan");
    }

    @Test
    void cachedHistoriesCarryTheDayOfPruning() {
        recordThreeYears();
        pruneToTwoYears();
        for (int i = 0; i < 3; i++) {
            given().get("/api/v1/indicators/LQ45/history.csv?interval=1d&from=2023-07-01")
                    .then()
                    .statusCode(200)
                    .header("Detak-Pruned-Before", "2024-11-01");
        }
    }

    @Test
    void lateRowsChangeNoFinalBar() throws Exception {
        recordThreeYears();
        pruneToTwoYears();
        List<String> bars = bars();
        assertThat(see("2023-07-05T10:00:00", "LQ45 1,00 0,00 0,00%").summary())
                .isEqualTo("read 0, new 0, same 0, conflicting 0, refused 1");
        List<String> refused = new ArrayList<>();
        RecordCounts tally = csvImport.run(
                "old", new ByteArrayInputStream("""
                code,observed_at,value
                LQ45,2024-10-31T11:00:00+07:00,5000
                LQ45,2024-11-01T11:00:00+07:00,941
                """.getBytes(StandardCharsets.UTF_8)), new ImportReport() {
                    @Override
                    public void row(long line, String reason) {
                        refused.add(line + ": " + reason);
                    }

                    @Override
                    public void progress(long bytes) {
                        // a few bytes
                    }
                });
        assertThat(tally).isEqualTo(new RecordCounts(1, 0, 0, 1));
        assertThat(refused).singleElement().asString().startsWith("2: older than the observations kept");
        List<String> changed = bars();
        changed.removeAll(bars);
        assertThat(changed)
                .as("its hour and day, and the longer bars that hold them")
                .hasSize(9)
                .anyMatch(
                        bar -> bar.contains(",1w,") && bar.contains(",920.00,941,920.00,941,") && bar.contains(",6,"));
        assertThat(check("LQ45").isClean()).isTrue();
    }

    @Test
    void oldAttemptsAreDeletedAndSharedPagesStay() throws Exception {
        take("2026-01-05T10:00:00", new Arrival.Page("Halaman rekaan."));
        take("2026-01-06T10:00:00", new Arrival.Nothing(FetchOutcome.UNREACHABLE, "no answer"));
        see("2026-01-07T10:00:00", "LQ45 900,00 1,00 0,11%");
        take("2026-01-08T10:00:00", new Arrival.Page("Halaman rekaan yang lain."));
        take("2026-11-20T10:00:00", new Arrival.Page("Halaman rekaan yang lain."));
        clean(new OldCaptures(new RetentionSettings(FOR_EVER, Optional.of(Period.ofDays(90)), FOR_EVER, CLOCK), em));
        assertThat(
                        ask(
                                "select to_char(observed_at at time zone 'UTC', 'MM-DD') || ' ' || outcome from capture order by observed_at"))
                .containsExactly("01-07 ok", "01-08 no-strip", "11-20 no-strip");
    }

    @Test
    void messagesOfResolvedAlertsAreDeleted() throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into alert (id, rule_id, indicator_id, state, severity, definition, fired_at, trading_day, resolved_at)
                    select id, gen_random_uuid(), 1, state, 'info', '{}', '2025-01-02T10:00:00Z', '2025-01-02', resolved
                    from (values (cast('00000000-0000-0000-0000-000000000001' as uuid), 'resolved', cast('2025-01-03T10:00:00Z' as timestamptz)),
                                 ('00000000-0000-0000-0000-000000000002', 'firing', null)) a(id, state, resolved)
                    """);
            statement.execute("""
                    insert into notification (id, lane, channel_id, channel_name, alert_id, event, message, state, created_at)
                    select gen_random_uuid(), 'lane', gen_random_uuid(), name, cast(alert as uuid), 'firing', '{}', state, cast(at as timestamptz)
                    from (values ('over', '00000000-0000-0000-0000-000000000001', 'delivered', '2025-01-02T10:00:00Z'),
                                 ('waits', '00000000-0000-0000-0000-000000000001', 'waiting', '2025-01-02T10:00:00Z'),
                                 ('fires', '00000000-0000-0000-0000-000000000002', 'delivered', '2025-01-02T10:00:00Z'),
                                 ('test', null, 'failed', '2025-01-02T10:00:00Z'),
                                 ('new', null, 'delivered', '2026-11-02T10:00:00Z')) n(name, alert, state, at)
                    """);
            statement.execute("""
                    insert into rule_transition (rule_id, indicator_id, from_state, to_state, cause, at, alert_id, recorded_at)
                    values (gen_random_uuid(), 1, 'ok', 'pending', 'condition', now(), null, '2025-01-02T10:00:00Z'),
                           (gen_random_uuid(), 1, 'pending', 'firing', 'condition', now(), '00000000-0000-0000-0000-000000000001', '2025-01-02T10:00:00Z')
                    """);
        }
        clean(new OldNotifications(
                new RetentionSettings(FOR_EVER, FOR_EVER, Optional.of(Period.ofYears(1)), CLOCK), em));
        assertThat(ask("select channel_name from notification order by 1")).containsExactly("fires", "new", "waits");
        assertThat(ask("select to_state from rule_transition")).containsExactly("firing");
        assertThat(ask("select count(*) from alert")).containsExactly("2");
    }

    @Test
    void tooShortPeriodIsRefused() {
        assertThatThrownBy(() -> new RetentionSettings(Optional.of(Period.ofMonths(23)), FOR_EVER, FOR_EVER, CLOCK))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("DETAK_KEEP_OBSERVATIONS");
        assertThatThrownBy(() -> new RetentionSettings(FOR_EVER, FOR_EVER, Optional.of(Period.ofDays(6)), CLOCK))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("DETAK_KEEP_NOTIFICATIONS");
        assertThat(new OldObservations(
                                new RetentionSettings(FOR_EVER, FOR_EVER, FOR_EVER, CLOCK), em, observations, versions)
                        .isEnabled())
                .isFalse();
    }
}
