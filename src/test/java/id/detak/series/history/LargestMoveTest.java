package id.detak.series.history;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.indicator.Calendars;
import id.detak.indicator.Kind;
import id.detak.indicator.MarketHours;
import id.detak.platform.DataFolder;
import id.detak.series.Measure;
import id.detak.testsupport.BesideTheApplication;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finds the last earlier day that moved as much as the latest one. */
@BesideTheApplication
class LargestMoveTest {

    private final Calendars calendars =
            new Calendars(MarketHours.IDX, new DataFolder(Path.of("target", "no-such-folder")));

    /** 2 November 2026 is a Monday; the 7th and 8th are a weekend. */
    @ParameterizedTest
    @CsvSource({
        "2:100 3:95 4:96 5:94,          2026-11-03, a smaller fall since the larger one",
        "2:100 3:98 4:100 5:98,         2026-11-03, an equal fall counts",
        "2:100 3:105 4:104 5:100,       , only falls count",
        "2:100 3:101 4:100 5:103,       , the first day has no change",
        "2:100 3:110 4:100 5:105,       2026-11-03, rises",
        "2:100 3:95 4:95 5:95,          , no move",
        "2:100 4:90 5:89,               , a change over a gap is none of one day",
        "5:100 6:95 9:93 10:92,         2026-11-09, a weekend is no gap",
        "2:100,                         , one day only"
    })
    void latestMoveIsComparedWithEarlierDays(String days, LocalDate since, String why) {
        List<Changes.Day> all = Arrays.stream(days.split(" "))
                .map(day -> day.split(":"))
                .map(day -> {
                    BigDecimal close = new BigDecimal(day[1]);
                    return new Changes.Day(LocalDate.of(2026, 11, Integer.parseInt(day[0])), close, close, close);
                })
                .toList();
        assertThat(Changes.item("LQ45", Measure.VALUE, all, calendars.of(Kind.INDEX))
                        .largestSince())
                .as(why)
                .isEqualTo(since);
    }
}
