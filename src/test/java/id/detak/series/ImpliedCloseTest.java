package id.detak.series;

import static id.detak.testsupport.ExactDecimals.decimal;
import static id.detak.testsupport.ExactDecimals.decimals;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import id.detak.capture.Via;
import id.detak.indicator.Indicators;
import id.detak.intake.Arrival;
import id.detak.intake.Intake;
import id.detak.series.csv.CsvImport;
import id.detak.testsupport.AllRowsTaken;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every capture states two closes: value minus change is the close of the previous trading day. */
@QuarkusTest
class ImpliedCloseTest {

    @Inject
    Intake intake;

    @Inject
    Indicators indicators;

    @Inject
    Rebuild rebuild;

    @Inject
    CsvImport csvImport;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    @AfterEach
    void barsAgreeWithObservations() {
        indicators().forEach(indicator -> assertThat(rebuild.check(indicator))
                .as(indicator.code())
                .matches(Rebuild.Outcome::isClean));
    }

    @Transactional
    List<id.detak.indicator.Indicator> indicators() {
        return indicators.all();
    }

    private UUID see(String at, String item) {
        return intake.take(new Arrival(
                        "test",
                        Via.IMPORT,
                        null,
                        OffsetDateTime.parse(at + "+07:00").toInstant(),
                        null,
                        null,
                        new Arrival.Page(Pages.strip(item))))
                .capture()
                .id();
    }

    private static ValidatableResponse days(String code) {
        return given().get("/api/v1/indicators/" + code + "/history?interval=1d")
                .then()
                .statusCode(200);
    }

    @Test
    void unobservedDayGetsTheCloseImpliedByTheNextDay() {
        UUID capture = see("2026-11-24T10:00:00", "LQ45 898,78 -24,72 -2,68%");
        days("LQ45")
                .body("points.close", equalTo(decimals("923.50", "898.78")))
                .body("points.count", equalTo(List.of(0, 1)));
        given().get("/api/v1/indicators/LQ45/history?interval=raw")
                .then()
                .body("points.t[0]", equalTo(1795425300000L))
                .body("points.count", equalTo(List.of(0, 1)))
                .body("implied[0].captureId", equalTo(capture.toString()));
        given().get("/api/v1/latest")
                .then()
                .body("items", hasSize(1))
                .body("items[0].value", equalTo(decimal("898.78")));
    }

    @Test
    void mondaysChangeImpliesFridaysClose() {
        see("2026-11-23T10:00:00", "LQ45 898,78 -24,72 -2,68%");
        days("LQ45").body("points.t[0]", equalTo(1795107600000L));
    }

    @Test
    void observationReplacesAnImpliedClose() {
        see("2026-11-24T10:00:00", "LQ45 898,78 -24,72 -2,68%");
        see("2026-11-23T15:00:00", "LQ45 923,50 1,50 0,16%");
        days("LQ45")
                .body("points.close", equalTo(decimals("922.00", "923.50", "898.78")))
                .body("points.count", equalTo(List.of(0, 1, 1)))
                .body("$", not(hasKey("closeDifferences")));
    }

    @Test
    void observationAtTheInstantOfAnImpliedCloseReplacesIt() {
        see("2026-11-24T10:00:00", "LQ45 898,78 -24,72 -2,68%");
        see("2026-11-23T16:15:00", "LQ45 923,50 1,50 0,16%");
        days("LQ45")
                .body("points.close", equalTo(decimals("922.00", "923.50", "898.78")))
                .body("points.count", equalTo(List.of(0, 1, 1)));
        given().get("/api/v1/indicators/LQ45/history?interval=raw")
                .then()
                .body("$", not(hasKey("conflicts")))
                .body("points.count", equalTo(List.of(0, 1, 1)));
    }

    @Test
    void suspectObservationAtThatInstantPreventsAnImpliedClose() {
        see("2026-11-24T10:00:00", "LQ45 898,78 -24,72 -2,68%");
        see("2026-11-23T16:15:00", "LQ45 923,50 1,50 9,16%");
        days("LQ45").body("points.close", equalTo(decimals("898.78")));
    }

    @Test
    void importedRowReplacesAnImpliedClose() throws Exception {
        see("2026-11-24T10:00:00", "LQ45 898,78 -24,72 -2,68%");
        String rows =
                "code,observed_at,value,change,change_percent,quality\nLQ45,2026-11-23T16:15:00+07:00,923.50,1.50,0.16,ok\n";
        assertThat(csvImport
                        .run("rows", new java.io.ByteArrayInputStream(rows.getBytes()), new AllRowsTaken())
                        .created())
                .isEqualTo(1);
        days("LQ45")
                .body("points.close", equalTo(decimals("923.50", "898.78")))
                .body("points.count", equalTo(List.of(1, 1)));
    }

    @Test
    void differentCloseOfTheNextDayIsShownWithBothCaptures() {
        UUID stored = see("2026-11-23T11:00:00", "LQ45 930,00 8,00 0,87%");
        UUID stating = see("2026-11-24T10:00:00", "LQ45 898,78 -24,72 -2,68%");
        days("LQ45")
                .body("closeDifferences", hasSize(1))
                .body("closeDifferences[0].tradingDay", equalTo("2026-11-23"))
                .body("closeDifferences[0].close", equalTo(decimal("930.00")))
                .body("closeDifferences[0].closeCaptureId", equalTo(stored.toString()))
                .body("closeDifferences[0].stated", equalTo(decimal("923.50")))
                .body("closeDifferences[0].statedCaptureId", equalTo(stating.toString()));
        given().header("Accept-Language", "en")
                .get("/")
                .then()
                .body(containsString("Closes that do not match"))
                .body(containsString("/captures/" + stating));
    }

    @Test
    void differenceDisappearsWithTheMissedMove() {
        see("2026-11-23T11:00:00", "LQ45 930,00 8,00 0,87%");
        see("2026-11-24T10:00:00", "LQ45 898,78 -24,72 -2,68%");
        see("2026-11-23T16:10:00", "LQ45 923,50 1,50 0,16%");
        days("LQ45").body("$", not(hasKey("closeDifferences")));
    }

    @Test
    void roundingIsNotADifference() {
        see("2026-11-23T16:10:00", "LQ45 843,11 1,11 0,13%");
        see("2026-11-24T10:00:00", "LQ45 831 -12,50 -1,48%");
        days("LQ45").body("$", not(hasKey("closeDifferences")));
        see("2026-11-24T11:00:00", "LQ45 831 -14,11 -1,67%");
        days("LQ45").body("closeDifferences", hasSize(1));
    }

    @Test
    void weekClosesWithItsLastDayDespiteAStalePage() {
        see("2026-11-19T16:00:00", "LQ45 930,00 8,00 0,87%");
        see("2026-11-20T10:00:00", "LQ45 930,00 8,00 0,87%");
        see("2026-11-23T08:00:00", "LQ45 930,00 8,00 0,87%");
        see("2026-11-23T10:00:00", "LQ45 898,78 -24,72 -2,68%");
        given().get("/api/v1/indicators/LQ45/history?interval=1w")
                .then()
                .body("points.close", equalTo(decimals("923.50", "898.78")));
        days("LQ45")
                .body("points.close", equalTo(decimals("922.00", "930.00", "923.50", "898.78")))
                .body("points.count", equalTo(List.of(0, 3, 0, 1)));
    }

    @Test
    void suspectNumbersImplyNothing() {
        see("2026-11-24T10:00:00", "LQ45 898,78 -24,72 -9,68%");
        days("LQ45").body("points.t", hasSize(0));
    }

    @Test
    void currencyPairImpliesTheCloseThatFits() {
        see("2026-11-24T10:00:00", "USD/IDR 16.146 54,00 0,33%");
        days("USDIDR").body("points.close", equalTo(List.of(decimal("16200.00"), 16146)));
    }

    @Test
    void aFundHasNoCloseToImply() {
        see("2026-11-24T20:00:00", "RD.SAHAM 0,05%");
        given().get("/api/v1/indicators/RD.SAHAM/history?interval=raw").then().body("points.t", hasSize(1));
    }
}
