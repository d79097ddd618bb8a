package id.detak.page.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.indicator.Calendars;
import id.detak.indicator.MarketHours;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.DataFolder;
import id.detak.testsupport.BesideTheApplication;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The axis fits the event; 24 November 2026 is a Tuesday. */
@BesideTheApplication
class EventSpanTest {

    private static final TradingCalendar EXCHANGE =
            new Calendars(MarketHours.IDX, new DataFolder(Path.of("target", "no-such-folder"))).exchange();

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // reference,     fired,            resolved,         from,             to
                // a fall in a day, measured from the close of the day before
                "2026-11-23T16:00, 2026-11-24T10:05, 2026-11-24T11:00, 2026-11-23T09:00, 2026-11-24T15:45",
                // a level that was crossed, and soon crossed again
                "-,                2026-11-24T14:05, 2026-11-24T14:10, 2026-11-24T09:00, 2026-11-24T16:10",
                // with the first value of a Monday: the Friday before
                "-,                2026-11-23T09:05, -,                2026-11-20T09:00, -",
                // a fall from the high of 20 days ago
                "2026-11-03T11:00, 2026-11-23T11:00, 2026-11-24T11:00, 2026-10-28T09:00, 2026-11-29T17:00",
            })
    void spanBeginsBeforeTheReferenceAndEndsAfterTheResolution(
            String reference, String fired, String resolved, String from, String to) {
        assertThat(EventSpan.of(wib(reference), wib(fired), wib(resolved), EXCHANGE))
                .isEqualTo(new EventSpan(wib(from), wib(to)));
    }

    @ParameterizedTest
    @CsvSource("2026-11-23T20:00, 2026-11-24T20:00, 2026-11-25T20:00, 2026-10-24T20:00, 2026-12-25T20:00")
    void aSeriesOfOneValueADayShowsAMonthAround(
            String reference, String fired, String resolved, String from, String to) {
        assertThat(EventSpan.of(wib(reference), wib(fired), wib(resolved), null))
                .isEqualTo(new EventSpan(wib(from), wib(to)));
    }

    private static Instant wib(String local) {
        return local == null ? null : OffsetDateTime.parse(local + ":00+07:00").toInstant();
    }
}
