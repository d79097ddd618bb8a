package id.detak.demo;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.indicator.Calendars;
import id.detak.indicator.Kind;
import id.detak.indicator.MarketHours;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.DataFolder;
import id.detak.testsupport.BesideTheApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@BesideTheApplication
class HistoryMomentsTest {

    private static final Instant WEDNESDAY = Instant.parse("2026-11-25T03:00:00Z");
    private static final Instant SUNDAY = Instant.parse("2026-11-29T03:00:00Z");
    private static final DataFolder NO_FILES = new DataFolder(Path.of("target", "no-such-folder"));
    private static final Duration GAP = Duration.ofMinutes(15);

    private final HistoryMoments moments = new HistoryMoments(new Calendars(MarketHours.IDX, NO_FILES));

    @Test
    void momentsCoverTwoYearsAndDoNotMove() {
        List<Instant> all = moments.until(WEDNESDAY);
        assertThat(all.get(0)).isBefore(WEDNESDAY.minus(Duration.ofDays(728)));
        assertThat(all).isSorted().doesNotHaveDuplicates().allMatch(moment -> moment.isBefore(WEDNESDAY));
        assertThat(moments.until(WEDNESDAY.plusSeconds(3600))).containsAll(all);
    }

    @ParameterizedTest
    @EnumSource(MarketHours.class)
    void noMarketIsOpenForLongBetweenTheLastMoments(MarketHours hours) {
        Calendars calendars = new Calendars(hours, NO_FILES);
        List<Instant> last = new HistoryMoments(calendars)
                .until(WEDNESDAY).stream()
                        .filter(moment ->
                                moment.isAfter(WEDNESDAY.minus(Duration.ofDays(HistoryMoments.DAYS_BY_TEN_MINUTES))))
                        .toList();
        assertThat(last).as("more than a chart draws one by one").hasSizeGreaterThan(1500);
        for (Kind kind : Kind.values()) {
            TradingCalendar calendar = calendars.of(kind);
            for (int i = 1; i < last.size(); i++) {
                assertThat(calendar.openLongerThan(GAP, last.get(i - 1), last.get(i)))
                        .as("%s from %s to %s", kind, last.get(i - 1), last.get(i))
                        .isFalse();
            }
        }
    }

    @Test
    void closedDaysHaveNoMoments() {
        assertThat(moments.until(SUNDAY))
                .isNotEmpty()
                .noneMatch(moment -> moment.isAfter(Instant.parse("2026-11-28T17:00:00Z")));
    }

    @Test
    void pagesAreThoseOfTheLastDayOfTheExchange() {
        List<Instant> all = moments.until(SUNDAY);
        assertThat(moments.pages(all))
                .hasSize(40)
                .contains(Instant.parse("2026-11-27T02:00:00Z"), Instant.parse("2026-11-27T09:00:00Z"))
                .noneMatch(moment -> moment.isAfter(Instant.parse("2026-11-27T09:00:00Z")));
    }
}
