package id.detak.series;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.capture.FetchOutcome;
import id.detak.capture.Via;
import id.detak.indicator.Indicators;
import id.detak.intake.Arrival;
import id.detak.intake.Intake;
import id.detak.intake.IntakeResult;
import id.detak.series.Recorder.Recorded;
import id.detak.series.Recorder.Result;
import id.detak.strip.Quality;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records pages as rows in a real PostgreSQL. */
@QuarkusTest
class RecordingTest {

    @Inject
    Intake intake;

    @Inject
    Indicators indicators;

    @Inject
    LatestQuotes latest;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    private IntakeResult take(String at, String page) {
        return intake.take(new Arrival("test", Via.IMPORT, null, wib(at), null, null, new Arrival.Page(page)));
    }

    /** Records a strip of one line. */
    private Observation see(String at, String item) {
        return take(at, Pages.strip(item)).recorded().get(0).observation();
    }

    private static Instant wib(String local) {
        return OffsetDateTime.parse(local + "+07:00").toInstant();
    }

    @Test
    void samePageAtTheSameInstantIsRecordedOnce() {
        IntakeResult first = take("2021-03-02T09:30:00", Pages.EARLY);
        IntakeResult second = take("2021-03-02T09:30:00", Pages.EARLY);
        assertThat(first.summary()).isEqualTo("read 5, new 5, same 0, conflicting 0, refused 0");
        assertThat(second.summary()).isEqualTo("read 5, new 0, same 5, conflicting 0, refused 0");
        assertThat(second.capture().id()).isEqualTo(first.capture().id());
        assertThat(latest.all()).hasSize(5);
    }

    @Test
    void numbersKeepTheirDigitsAndMissingOnesStayNull() {
        take("2021-03-02T09:30:00", Pages.EARLY);
        List<LatestQuotes.Item> items = latest.all();
        assertThat(items)
                .extracting(LatestQuotes.Item::code)
                .containsExactly("LQ45", "EMAS", "RD.SAHAM", "RD.CAMPURAN", "RD.PENDAPATAN TETAP");
        assertThat(items.get(0).value()).hasToString("898.78");
        assertThat(items.get(0).change()).hasToString("-24.72");
        assertThat(items.get(0).changePercent()).hasToString("-2.68");
        assertThat(items.get(0).previousClose()).hasToString("923.50");
        assertThat(items.get(1).value()).hasToString("1319000");
        assertThat(items.get(1).change()).isNull();
        assertThat(items.get(2).value()).isNull();
        assertThat(items.get(4).changePercent()).hasToString("0.00");
    }

    @Test
    void theLaterStripGivesEightQuotesAllOk() {
        IntakeResult receipt = take("2025-06-20T10:00:00", Pages.LATER);
        assertThat(receipt.recorded())
                .hasSize(8)
                .allMatch(r -> r.observation().quality() == Quality.OK && r.result() == Result.NEW);
    }

    @Test
    void differentValueForTheSameInstantIsAConflict() throws Exception {
        see("2026-11-23T10:00:00", "LQ45 831 -12,11 -1,44%");
        IntakeResult other = take("2026-11-23T10:00:00", Pages.strip("LQ45 830 -13,11 -1,55%"));
        assertThat(other.recorded()).extracting(Recorded::result).containsExactly(Result.CONFLICTING);
        assertThat(latest.all().get(0).value()).hasToString("831");
        try (var connection = dataSource.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("select value, capture_id from observation_conflict")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getBigDecimal(1)).hasToString("830");
            assertThat(rows.getString(2)).isEqualTo(other.capture().id().toString());
        }
    }

    @Test
    void unknownLabelBecomesAnIndicator() {
        Observation seen = see("2026-11-23T10:00:00", "RD.PASAR UANG 0,02%");
        assertThat(indicators.find("RD.PASAR-UANG")).hasValueSatisfying(indicator -> {
            assertThat(indicator.id()).isEqualTo(seen.indicatorId());
            assertThat(indicator.isDiscovered()).isTrue();
        });
    }

    @Test
    void aPageWithoutStripIsKeptWhole() {
        IntakeResult receipt = take(
                "2026-11-23T10:00:00", "<html><p>Halaman rekaan tanpa strip: LQ45 898,78 -24,72 -2.68%</p></html>");
        assertThat(receipt.recorded()).isEmpty();
        assertThat(receipt.capture().outcome()).isEqualTo(FetchOutcome.NO_STRIP);
        assertThat(receipt.capture().hasPage()).isTrue();
    }

    @Test
    void unreadablePiecesAreKept() {
        IntakeResult receipt = take(
                "2026-11-23T10:00:00",
                "| : WIB | INDIKATOR |\n • LQ45 831 -12,11 -1,44%\n • EMAS 1.31.000 0,00%\n • RD.SAHAM 0,05%\n");
        assertThat(receipt.capture().unknown()).hasSize(1).first().asString().contains("EMAS");
        assertThat(receipt.summary()).isEqualTo("read 2, new 2, same 0, conflicting 0, refused 1");
    }

    @ParameterizedTest
    @CsvSource({
        "LQ45 898;78 -24;72 -2.68%, 2026-11-21T10:00:00, 2026-11-20",
        "EMAS 1.319.000 0;00%, 2026-11-21T10:00:00, 2026-11-21",
        "RD.SAHAM 0.05%, 2026-11-23T10:00:00, 2026-11-20",
        "RD.SAHAM 0.05%, 2026-11-23T18:00:00, 2026-11-23",
        "USD/IDR 16.175 0;00 0;00%, 2026-11-22T10:00:00, 2026-11-20"
    })
    void valueBelongsToItsTradingDayNotToTheDayOfObservation(String item, String at, LocalDate day) {
        assertThat(see(at, item.replace(';', ',')).tradingDay()).isEqualTo(day);
    }

    @Test
    void unchangedStripAfterTheOpeningBelongsToTheDayBefore() {
        see("2026-11-23T16:10:00", "LQ45 831 -12,11 -1,44%");
        LocalDate monday = LocalDate.of(2026, 11, 23);
        assertThat(see("2026-11-24T08:00:00", "LQ45 831 -12,11 -1,44%").tradingDay())
                .isEqualTo(monday);
        assertThat(see("2026-11-24T09:01:00", "LQ45 831 -12,11 -1,44%").tradingDay())
                .isEqualTo(monday);
        assertThat(see("2026-11-24T09:06:00", "LQ45 832 1,00 0,12%").tradingDay())
                .isEqualTo(monday.plusDays(1));
        assertThat(see("2026-11-24T09:11:00", "LQ45 831 -12,11 -1,44%").tradingDay())
                .as("it has moved today")
                .isEqualTo(monday.plusDays(1));
    }

    @Test
    void unchangedDayIsNotALag() {
        see("2026-11-23T16:10:00", "LQ45 831 0,00 0,00%");
        assertThat(see("2026-11-24T09:01:00", "LQ45 831 0,00 0,00%").tradingDay())
                .isEqualTo(LocalDate.of(2026, 11, 24));
    }

    @Test
    void stalePageStaysWithItsDay() {
        see("2026-11-23T16:10:00", "LQ45 831 -12,11 -1,44%");
        see("2026-11-24T10:00:00", "LQ45 831 -12,11 -1,44%");
        assertThat(see("2026-11-25T10:00:00", "LQ45 831 -12,11 -1,44%").tradingDay())
                .isEqualTo(LocalDate.of(2026, 11, 23));
    }

    @Test
    void indexMoveOnAHolidayIsSuspectAndSoAreItsRepeats() {
        see("2025-03-27T17:10:00", "IDX 6.510 38,26 0,59%");
        Observation jump = see("2025-04-07T10:00:00", "IDX 5.764 -746,00 -11,46%");
        assertThat(jump.quality()).isEqualTo(Quality.SUSPECT);
        assertThat(jump.reason()).isEqualTo(QualityReason.MARKET_CLOSED);
        assertThat(jump.previousClose()).isNull();
        assertThat(see("2025-04-07T11:00:00", "IDX 5.764 -746,00 -11,46%").isSuspect())
                .isTrue();
        assertThat(see("2025-04-08T09:01:00", "IDX 5.764 -746,00 -11,46%").isSuspect())
                .as("it still repeats the suspect one")
                .isTrue();
        assertThat(see("2025-04-08T09:06:00", "IDX 5.996 -514,00 -7,90%").isSuspect())
                .isFalse();
    }

    @Test
    void sameMoveOnATradingDayIsTrusted() {
        see("2025-03-27T17:10:00", "IDX 6.510 38,26 0,59%");
        assertThat(see("2025-04-08T10:00:00", "IDX 5.764 -746,00 -11,46%").quality())
                .isEqualTo(Quality.OK);
    }

    @Test
    void returnToTheTrueValueOnAHolidayIsTrusted() {
        see("2025-03-27T17:10:00", "IDX 6.510 38,26 0,59%");
        see("2025-04-07T10:00:00", "IDX 5.764 -746,00 -11,46%");
        assertThat(see("2025-04-07T12:00:00", "IDX 6.510 38,26 0,59%").quality())
                .isEqualTo(Quality.OK);
    }

    @Test
    void closingPriceWithinAnHourOfTheSessionIsTrusted() {
        see("2026-11-20T16:10:00", "IDX 7.166 -66,59 -0,92%");
        assertThat(see("2026-11-20T17:10:00", "IDX 7.165 -67,59 -0,93%").quality())
                .isEqualTo(Quality.OK);
        assertThat(see("2026-11-20T18:10:00", "IDX 7.160 -72,59 -1,00%").quality())
                .isEqualTo(Quality.SUSPECT);
    }

    @Test
    void goldMayMoveOnAnExchangeHoliday() {
        see("2025-03-27T16:10:00", "EMAS 1.609.000 -2.000 -0,12%");
        assertThat(see("2025-04-07T10:00:00", "EMAS 1.500.000 -109.000 -6,77%").quality())
                .isEqualTo(Quality.OK);
    }

    @Test
    void numbersThatDoNotAgreeAreSuspect() {
        Observation seen = see("2026-11-23T10:00:00", "LQ45 831 -12,11 -4,44%");
        assertThat(seen.reason()).isEqualTo(QualityReason.CHECK_FAILED);
    }

    @Test
    void currencyPairTakesThePreviousCloseThatFits() {
        assertThat(see("2026-11-23T10:00:00", "USD/IDR 16.146 54,00 0,33%").previousClose())
                .isEqualByComparingTo("16200");
        assertThat(see("2026-11-24T10:00:00", "USD/IDR 16.445 -75,00 -0,45%").previousClose())
                .isEqualByComparingTo("16520");
    }

    @Test
    void storedCloseDecidesAnAmbiguousCurrencyPair() {
        see("2026-11-20T10:00:00", "USD/IDR 16.945 0,00 0,00%");
        assertThat(see("2026-11-24T10:00:00", "USD/IDR 16.900 45,00 0,27%").previousClose())
                .as("an older day tells nothing")
                .isNull();
        assertThat(see("2026-11-23T10:00:00", "USD/IDR 16.900 45,00 0,27%").previousClose())
                .isEqualByComparingTo("16945");
    }
}
