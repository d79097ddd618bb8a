package id.detak.intake;

import static id.detak.testsupport.ExactDecimals.decimal;
import static id.detak.testsupport.ExactDecimals.decimals;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import id.detak.capture.Via;
import id.detak.indicator.Indicators;
import id.detak.series.Rebuild;
import id.detak.series.Recorder.Result;
import id.detak.series.history.TimeRange;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two polled sources of one indicator. The source kontan is configured first. 25 November 2026 is a Wednesday. */
@QuarkusTest
class TwoSourcesTest {

    @Inject
    Intake intake;

    @Inject
    Indicators indicators;

    @Inject
    Rebuild rebuild;

    @Inject
    Reparse reparse;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    private IntakeResult poll(String source, String time, String item) {
        return pollOn("2026-11-25", source, time, item);
    }

    private IntakeResult pollOn(String date, String source, String time, String item) {
        return intake.take(new Arrival(
                source,
                Via.POLL,
                null,
                OffsetDateTime.parse(date + "T" + time + "+07:00").toInstant(),
                null,
                null,
                new Arrival.Page(Pages.strip(item))));
    }

    private static void confirmLabel() {
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType("application/json")
                .body("{\"label\":\"EMPATLIMA\"}")
                .post("/api/v1/labels")
                .then()
                .statusCode(201);
    }

    private static ValidatableResponse merge() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType("application/json")
                .body("{\"into\":\"LQ45\"}")
                .post("/api/v1/indicators/EMPATLIMA/merge")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse days() {
        return given().get("/api/v1/indicators/LQ45/history?interval=1d&from=2026-11-23")
                .then();
    }

    private static Result result(IntakeResult taken) {
        return taken.recorded().get(0).result();
    }

    private static ValidatableResponse others() {
        return given().get("/api/v1/indicators/LQ45/other-sources").then().statusCode(200);
    }

    private static ValidatableResponse day() {
        return given().get("/api/v1/indicators/LQ45/history?interval=1d&from=2026-11-25")
                .then();
    }

    private boolean isClean() {
        return QuarkusTransaction.requiringNew()
                .call(() -> rebuild.check(indicators.find("LQ45").orElseThrow()))
                .isClean();
    }

    @Test
    void numbersOfTheOtherSourceAreStoredSeparately() {
        poll("kontan", "09:30:00", "LQ45 900,00 -10,00 -1,10%");
        IntakeResult taken = poll("front", "09:31:00", "LQ45 700,00 -210,00 -23,08%");
        assertThat(result(taken)).isEqualTo(Result.OTHER_SOURCE);
        assertThat(taken.summary()).isEqualTo("read 1, new 1, same 0, conflicting 0, refused 0");
        poll("kontan", "09:35:00", "LQ45 901,00 -9,00 -0,99%");
        // lags by minutes, and is rounded
        poll("front", "09:40:00", "LQ45 900,2 -9,8 -1,08%");
        poll("front", "09:41:00", "LQ45 901 -9 -0,99%");

        day().body("points.low", equalTo(decimals("900.00"))).body("points.count", equalTo(List.of(2)));
        given().get("/api/v1/latest").then().body("items.value", equalTo(decimals("901.00")));
        given().get("/api/v1/alerts").then().body("items", hasSize(0));
        others().body("lead", equalTo("kontan"))
                .body("items.source", equalTo(List.of("front", "front", "front")))
                .body("items.differs", equalTo(List.of(false, false, true)))
                .body("items[2].value", equalTo(decimal("700.00")));
        given().get("/api/v1/captures/" + taken.capture().id())
                .then()
                .body("quotes", hasSize(0))
                .body("otherSource", hasSize(1))
                .body("otherSource[0].code", equalTo("LQ45"))
                .body("otherSource[0].value", equalTo(decimal("700.00")));
        assertThat(isClean()).isTrue();

        // a reparse does not mix them either
        assertThat(reparse.run(null, TimeRange.parse(null, null, Instant.MAX), true, change -> {})
                        .isClean())
                .isTrue();
        day().body("points.count", equalTo(List.of(2)));
    }

    @Test
    void sourceNamedFirstTakesTheLeadForTheWholeDay() {
        poll("front", "09:30:00", "LQ45 700,00 -210,00 -23,08%");
        poll("front", "09:35:00", "LQ45 701,00 -209,00 -22,97%");
        assertThat(result(poll("kontan", "09:36:00", "LQ45 901,00 -9,00 -0,99%")))
                .isEqualTo(Result.NEW);
        assertThat(result(poll("front", "09:40:00", "LQ45 702,00 -208,00 -22,86%")))
                .isEqualTo(Result.OTHER_SOURCE);
        day().body("points.low", equalTo(decimals("901.00"))).body("points.count", equalTo(List.of(1)));
        others().body("items.value", equalTo(decimals("702.00", "701.00", "700.00")));
        given().get("/api/v1/indicators/LQ45").then().body("source", equalTo("kontan"));
        assertThat(isClean()).isTrue();
    }

    @Test
    void mergedIndicatorsOfTwoSourcesDoNotMixThem() {
        confirmLabel();
        poll("front", "09:29:00", "EMPATLIMA 700,00 -210,00 -23,08%");
        poll("kontan", "09:30:00", "LQ45 900,00 -10,00 -1,10%");
        poll("front", "09:34:00", "EMPATLIMA 701,00 -209,00 -22,97%");
        poll("kontan", "09:35:00", "LQ45 901,00 -9,00 -0,99%");
        merge().body("indicator.source", equalTo("kontan")).body("moved", equalTo(2));
        day().body("points.low", equalTo(decimals("900.00"))).body("points.count", equalTo(List.of(2)));
        others().body("items.value", equalTo(decimals("701.00", "700.00")));
        assertThat(result(poll("front", "09:40:00", "EMPATLIMA 702,00 -208,00 -22,86%")))
                .isEqualTo(Result.OTHER_SOURCE);
        assertThat(isClean()).isTrue();
    }

    @Test
    void daysThatTheLeadDidNotObserveKeepTheirNumbersInAMerge() {
        confirmLabel();
        for (String day : List.of("23", "24", "25")) {
            pollOn("2026-11-" + day, "front", "09:30:00", "EMPATLIMA 900,00 0,00 0,00%");
        }
        pollOn("2026-11-23", "kontan", "09:40:00", "LQ45 910,00 0,00 0,00%");
        merge().body("indicator.source", equalTo("front")).body("moved", equalTo(3));
        days().body("points.close", equalTo(decimals("910.00", "900.00", "900.00")))
                .body("points.count", equalTo(List.of(1, 1, 1)));
        others().body("items.value", equalTo(decimals("900.00")));
        assertThat(isClean()).isTrue();

        // the source that is configured first leads each day on which it is polled
        assertThat(result(poll("kontan", "09:40:00", "LQ45 911,00 1,00 0,11%"))).isEqualTo(Result.NEW);
        assertThat(result(poll("front", "09:45:00", "LQ45 901,00 -9,00 -0,99%")))
                .isEqualTo(Result.OTHER_SOURCE);
        days().body("points.close", equalTo(decimals("910.00", "900.00", "911.00")))
                .body("points.count", equalTo(List.of(1, 1, 1)));
        given().get("/api/v1/indicators/LQ45").then().body("source", equalTo("kontan"));
        assertThat(isClean()).isTrue();
    }

    @Test
    void aLatePollOfTheSourceNamedFirstTakesOnlyItsDay() {
        for (String day : List.of("23", "24", "25")) {
            pollOn("2026-11-" + day, "front", "09:30:00", "LQ45 900,00 0,00 0,00%");
        }
        pollOn("2026-11-23", "kontan", "09:20:00", "LQ45 910,00 0,00 0,00%");
        days().body("points.close", equalTo(decimals("910.00", "900.00", "900.00")))
                .body("points.count", equalTo(List.of(1, 1, 1)));
        assertThat(result(pollOn("2026-11-23", "front", "10:00:00", "LQ45 902,00 -8,00 -0,88%")))
                .isEqualTo(Result.OTHER_SOURCE);
        assertThat(result(pollOn("2026-11-24", "front", "10:00:00", "LQ45 902,00 -8,00 -0,88%")))
                .isEqualTo(Result.NEW);
        assertThat(isClean()).isTrue();
    }

    @Test
    void aLatePollOfTheSourceThatLedThenIsPartOfTheSeries() {
        pollOn("2026-11-23", "front", "09:30:00", "LQ45 900,00 -10,00 -1,10%");
        poll("kontan", "09:30:00", "LQ45 910,00 0,00 0,00%");
        assertThat(result(pollOn("2026-11-24", "front", "09:30:00", "LQ45 901,00 1,00 0,11%")))
                .isEqualTo(Result.NEW);
        assertThat(result(poll("front", "09:20:00", "LQ45 901,00 -9,00 -0,99%")))
                .isEqualTo(Result.OTHER_SOURCE);
        assertThat(isClean()).isTrue();
    }

    @Test
    void aReparseKeepsTheNumbersOfTheSourceThatLedThen() throws SQLException {
        UUID unread = pollOn("2026-11-23", "front", "09:30:00", "LQ45 900,00 -10,00 -1,10%")
                .capture()
                .id();
        pollOn("2026-11-24", "front", "09:30:00", "LQ45 901,00 1,00 0,11%");
        poll("front", "09:20:00", "LQ45 700,00 -201,00 -22,31%");
        poll("kontan", "09:30:00", "LQ45 910,00 9,00 1,00%");
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("delete from observation where capture_id = ?")) {
            delete.setObject(1, unread);
            delete.executeUpdate();
        }
        QuarkusTransaction.requiringNew()
                .run(() -> rebuild.rebuild(indicators.find("LQ45").orElseThrow()));
        assertThat(reparse.run(null, TimeRange.parse(null, null, Instant.MAX), true, change -> {})
                        .created())
                .isEqualTo(1);
        days().body("points.close", equalTo(decimals("900.00", "901.00", "910.00")))
                .body("points.count", equalTo(List.of(1, 1, 1)));
        assertThat(isClean()).isTrue();
    }

    @Test
    void alertsOnNumbersThatATakeoverMakesSuspectResolveAtOnce() {
        String rule = given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType("application/json")
                .body("{\"name\":\"cheap\",\"type\":\"below\",\"level\":1000000}")
                .post("/api/v1/rules")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        pollOn("2026-11-23", "front", "17:10:00", "EMAS 1.451.000 0,00%");
        pollOn("2026-11-24", "front", "09:00:00", "EMAS 725.500 0,00%");
        pollOn("2026-11-24", "front", "09:05:00", "EMAS 725.500 0,00%");
        intake.take(new Arrival(
                "post:api",
                Via.POST,
                null,
                OffsetDateTime.parse("2026-11-24T09:10:00+07:00").toInstant(),
                null,
                null,
                new Arrival.Page(Pages.strip("EMAS 726.000 0,07%"))));
        given().get("/api/v1/alerts?rule=" + rule).then().body("items[0].state", equalTo("firing"));
        // the numbers of the other source on the new level leave the series
        pollOn("2026-11-24", "kontan", "09:15:00", "EMAS 726.000 0,07%");
        given().get("/api/v1/alerts?rule=" + rule)
                .then()
                .body("items.state", equalTo(List.of("resolved")))
                .body("items.resolvedCause", equalTo(List.of("doubted")));
    }

    @Test
    void anIndicatorOfOneSourceIsLedByIt() {
        poll("kontan", "09:30:00", "LQ45 900,00 -10,00 -1,10%");
        assertThat(result(poll("front", "09:31:00", "EMAS 1.609.000 -2.000 -0,12%")))
                .isEqualTo(Result.NEW);
        given().get("/api/v1/indicators/EMAS").then().body("source", equalTo("front"));
        given().get("/api/v1/indicators/ISSI").then().body("source", nullValue());
        others().body("items", hasSize(0));
    }
}
