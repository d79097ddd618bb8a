package id.detak.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.detak.testsupport.ExpectedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradingCalendarTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of(
            ".*idx-holidays.csv, line \\d+: .*The previous calendar stays in force",
            ".*calendars.csv, line \\d+: FRI is in the column days and has no session: .*The previous calendar stays in force");

    @TempDir
    Path folder;

    private Calendars calendars() {
        return new Calendars(MarketHours.IDX, folder);
    }

    private static Instant wib(String local) {
        return OffsetDateTime.parse(local + "+07:00").toInstant();
    }

    /** Figures published by the exchange. */
    @ParameterizedTest
    @CsvSource({"2020, 242", "2022, 246", "2023, 239", "2025, 236", "2026, 239"})
    void tradingDaysPerYearMatchTheExchange(int year, int days) {
        Stream<LocalDate> all = LocalDate.of(year, 1, 1).datesUntil(LocalDate.of(year + 1, 1, 1));
        assertThat(all.filter(calendars().exchange()::isTradingDay)).hasSize(days);
    }

    @ParameterizedTest
    @CsvSource({
        // Saturday, Sunday and Monday before nine show Friday's close
        "INDEX, 2026-11-21T10:00:00, 2026-11-20",
        "INDEX, 2026-11-22T23:59:59, 2026-11-20",
        "INDEX, 2026-11-23T08:59:59, 2026-11-20",
        "INDEX, 2026-11-23T09:00:00, 2026-11-23",
        // gold has a new price on Saturdays, from half past eight
        "GOLD, 2026-11-21T08:29:00, 2026-11-20",
        "GOLD, 2026-11-21T08:30:00, 2026-11-21",
        "GOLD, 2026-11-22T12:00:00, 2026-11-21",
        // net asset values come in the evening and count until the next one
        "FUND, 2026-11-23T16:59:00, 2026-11-20",
        "FUND, 2026-11-23T17:00:00, 2026-11-23",
        "FUND, 2026-11-24T09:00:00, 2026-11-23",
        "CURRENCY, 2026-11-23T07:59:00, 2026-11-20",
        "CURRENCY, 2026-11-23T08:00:00, 2026-11-23",
        "OTHER, 2026-11-23T08:00:00, 2026-11-20",
        // the exchange is closed on 31 December, the currency market is not
        "INDEX, 2025-12-31T12:00:00, 2025-12-30",
        "CURRENCY, 2025-12-31T12:00:00, 2025-12-31",
        // both are closed on a public holiday; gold has none
        "CURRENCY, 2026-08-17T12:00:00, 2026-08-14",
        "GOLD, 2026-08-17T12:00:00, 2026-08-17",
        // the longest break: 5 April 2024 to 16 April
        "INDEX, 2024-04-16T08:00:00, 2024-04-05"
    })
    void valuesBelongToTheLatestTradingDayThatHasBegun(Kind kind, String at, LocalDate day) {
        assertThat(calendars().of(kind).tradingDayAt(wib(at))).isEqualTo(day);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:59:59, false",
        "2026-11-23T09:00:00, true",
        "2026-11-23T11:59:59, true",
        "2026-11-23T12:00:00, false",
        "2026-11-23T13:30:00, true",
        "2026-11-23T16:00:00, false",
        "2026-11-27T11:45:00, false",
        "2026-11-27T13:45:00, false",
        "2026-11-27T14:00:00, true",
        "2026-11-21T10:00:00, false",
        "2026-12-24T10:00:00, false"
    })
    void theExchangeIsOpenWithinItsSessions(String at, boolean open) {
        assertThat(calendars().exchange().isOpen(wib(at))).isEqualTo(open);
    }

    @Test
    void nextOpeningAndClosingAreFound() {
        TradingCalendar exchange = calendars().exchange();
        assertThat(exchange.nextChange(wib("2026-11-20T10:00:00"))).isEqualTo(wib("2026-11-20T11:30:00"));
        assertThat(exchange.nextChange(wib("2026-11-20T16:00:00"))).isEqualTo(wib("2026-11-23T09:00:00"));
        assertThat(exchange.nextOpening(wib("2026-11-20T10:00:00"))).isEqualTo(wib("2026-11-20T14:00:00"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T16:30:00, 2026-11-23T08:59:59, true, within the hour after the session's end",
        "2026-11-20T17:00:00, 2026-11-23T08:59:59, false, a weekend",
        "2026-11-20T17:00:00, 2026-11-23T09:00:00, true, the opening",
        "2025-04-04T12:00:00, 2025-04-07T15:00:00, false, holidays",
        "2025-04-07T10:00:00, 2025-04-08T10:00:00, true, the day after"
    })
    void openTimeBetweenInstantsIncludesTheGracePeriod(String from, String to, boolean open, String why) {
        assertThat(calendars().exchange().wasOpenBetween(wib(from), wib(to), Duration.ofHours(1)))
                .as(why)
                .isEqualTo(open);
    }

    @Test
    void onlyOpenTimeMakesAValueOld() {
        TradingCalendar exchange = calendars().exchange();
        Duration limit = Duration.ofMinutes(15);
        assertThat(exchange.openLongerThan(limit, wib("2026-11-20T16:00:00"), wib("2026-11-23T09:15:00")))
                .isFalse();
        assertThat(exchange.openLongerThan(limit, wib("2026-11-20T16:00:00"), wib("2026-11-23T09:15:01")))
                .isTrue();
        assertThat(exchange.openLongerThan(limit, wib("2026-11-20T15:00:00"), wib("2026-11-21T10:00:00")))
                .isTrue();
    }

    @Test
    void dataFolderAddsAndRemovesHolidaysAtRunTime() throws Exception {
        Calendars calendars = calendars();
        LocalDate announced = LocalDate.of(2026, 11, 30);
        assertThat(calendars.exchange().isTradingDay(announced)).isTrue();
        Files.writeString(
                folder.resolve("idx-holidays.csv"),
                "date,name\n2026-11-30,announced late\n2026-12-24,open\n2027-01-01,New Year's Day\n");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !calendars.exchange().isTradingDay(announced)); // files are checked once a second
        assertThat(calendars.exchange().isTradingDay(LocalDate.of(2026, 12, 24)))
                .isTrue();
        assertThat(calendars.exchange().isTradingDay(LocalDate.of(2027, 1, 1))).isFalse();
        assertThat(calendars.lastKnownYear()).as("one day is no year's list").isEqualTo(2026);
    }

    @Test
    void brokenFileIsReportedWithItsLine() throws Exception {
        Files.writeString(folder.resolve("idx-holidays.csv"), "date,name\n2026-11-30,fine\n30-11-2026,broken\n");
        Calendars calendars = calendars();
        assertThat(calendars.exchange().isTradingDay(LocalDate.of(2026, 12, 25)))
                .isFalse();
        assertThat(calendars.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("idx-holidays.csv, line 3", "30-11-2026"));
    }

    @Test
    void hoursAreDataToo() throws Exception {
        Files.writeString(
                folder.resolve("calendars.csv"),
                "kind,days,holidays,turn,sessions\ngold,MON-SUN,none,10:00,MON-SUN 10:00-12:00\n");
        TradingCalendar gold = calendars().of(Kind.GOLD);
        assertThat(gold.tradingDayAt(wib("2026-11-22T10:00:00"))).isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(gold.isOpen(wib("2026-11-22T11:00:00"))).isTrue();
    }

    @Test
    void tradingDayWithoutSessionIsRejectedWithItsLine() throws Exception {
        Files.writeString(
                folder.resolve("calendars.csv"),
                "kind,days,holidays,turn,sessions\nindex,MON-FRI,idx,10:00,MON-FRI 10:00-12:00\n");
        Calendars calendars = calendars();
        LocalDate friday = LocalDate.of(2026, 11, 27);
        assertThat(calendars.exchange().closeOf(friday)).isEqualTo(wib("2026-11-27T12:00:00"));
        Files.writeString(
                folder.resolve("calendars.csv"),
                "kind,days,holidays,turn,sessions\nindex,MON-FRI,idx,11:00,MON-THU 11:00-12:00\n");
        await().atMost(Duration.ofSeconds(60)).until(() -> calendars.problem().isPresent());
        assertThat(calendars.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("calendars.csv, line 2: FRI"));
        assertThat(calendars.exchange().closeOf(friday)).isEqualTo(wib("2026-11-27T12:00:00"));
    }

    @Test
    void yearsWithoutKnownHolidaysAreReported() {
        assertThat(calendars().reaches(wib("2026-12-31T23:00:00"))).isTrue();
        assertThat(calendars().reaches(wib("2027-01-01T00:00:00"))).isFalse();
        assertThat(calendars().exchange().isTradingDay(LocalDate.of(2027, 1, 1)))
                .isTrue();
    }

    @Test
    void alwaysOpenIncludesEveryCalendarDay() {
        TradingCalendar always = new Calendars(MarketHours.ALWAYS, folder).of(Kind.FUND);
        assertThat(always.tradingDayAt(wib("2026-11-22T00:00:00"))).isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(always.isOpen(wib("2026-11-22T03:00:00"))).isTrue();
        assertThat(always.wasOpenBetween(wib("2026-11-22T03:00:00"), wib("2026-11-22T03:00:01"), Duration.ZERO))
                .isTrue();
    }
}
