package id.detak.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.indicator.Calendars;
import id.detak.indicator.Kind;
import id.detak.indicator.MarketHours;
import id.detak.platform.BadSettingException;
import id.detak.platform.DataFolder;
import id.detak.testsupport.BesideTheApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@BesideTheApplication
class PollScheduleTest {

    private static final Instant OPEN = wib("2026-11-23T10:00:00");
    private static final Instant NIGHT = wib("2026-11-23T22:00:00");

    @TempDir
    Path folder;

    private PollSchedule schedule(String every) {
        return new PollSchedule(
                new Calendars(MarketHours.IDX, new DataFolder(folder)),
                Optional.ofNullable(every).map(Duration::parse));
    }

    private static Instant wib(String local) {
        return OffsetDateTime.parse(local + "+07:00").toInstant();
    }

    private static void assertWithinATenth(Duration actual, Duration expected) {
        assertThat(actual)
                .isBetween(
                        expected.multipliedBy(9).dividedBy(10),
                        expected.multipliedBy(11).dividedBy(10));
    }

    @Test
    void pollsEveryFiveMinutesInMarketHours() {
        for (int i = 0; i < 100; i++) {
            assertWithinATenth(schedule(null).delay(OPEN, 0, null), Duration.ofMinutes(5));
            assertWithinATenth(schedule(null).delay(NIGHT, 0, null), Duration.ofHours(1));
        }
    }

    @Test
    void closingPriceIsPolledEveryFiveMinutes() {
        assertWithinATenth(schedule(null).delay(wib("2026-11-23T16:10:00"), 0, null), Duration.ofMinutes(5));
    }

    @Test
    void pollsRightAfterOpening() {
        assertThat(schedule(null).delay(wib("2026-11-23T08:30:00"), 0, null))
                .isBetween(Duration.ofMinutes(27), Duration.ofMinutes(34));
    }

    @Test
    void configuredIntervalAppliesAtAllHours() {
        assertWithinATenth(schedule("PT1S").delay(OPEN, 0, null), Duration.ofSeconds(1));
        assertWithinATenth(schedule("PT1S").delay(NIGHT, 0, null), Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({"1, PT30S", "2, PT1M", "3, PT2M", "6, PT16M", "8, PT1H", "1000000, PT1H"})
    void retriesBackOff(int failures, Duration expected) {
        assertWithinATenth(schedule(null).delay(OPEN, failures, null), expected);
    }

    @Test
    void intervalBelowOneSecondIsRefused() {
        assertThatThrownBy(() -> schedule("PT0.1S"))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("1s");
    }

    @ParameterizedTest
    @CsvSource({", PT66M", "PT1S, PT66S", "PT1M, PT792S", "PT5M, PT66M", "PT2H, PT132M"})
    void longestTimeBetweenPollsFollowsTheConfiguredInterval(String every, Duration longest) {
        assertThat(schedule(every).longest()).isEqualTo(longest);
    }

    @Test
    void fastIntervalRecoversQuickly() {
        assertWithinATenth(schedule("PT1S").delay(OPEN, 50, null), Duration.ofSeconds(12));
    }

    @ParameterizedTest
    @CsvSource({
        // the source failed at 14:00: stale in the afternoon and in the evening, since 14:00 is no close
        "2026-11-23T14:00:00, 2026-11-23T14:14:00, false", "2026-11-23T14:00:00, 2026-11-23T14:16:00, true",
                "2026-11-23T14:00:00, 2026-11-23T22:00:00, true",
        // an observation after the close is not stale at night, nor right after the opening
        "2026-11-20T16:05:00, 2026-11-22T22:00:00, false", "2026-11-20T16:05:00, 2026-11-23T09:02:00, false",
                "2026-11-20T16:05:00, 2026-11-23T09:16:00, true"
    })
    void onlyOpenHoursCountAsMissed(String since, String now, boolean stale) {
        Calendars calendars = new Calendars(MarketHours.IDX, new DataFolder(folder));
        assertThat(schedule(null).missedThreePolls(calendars.of(Kind.INDEX), wib(since), wib(now)))
                .isEqualTo(stale);
    }

    @Test
    void goldIsPolledHourlyBeforeExchangeOpens() {
        Calendars calendars = new Calendars(MarketHours.IDX, new DataFolder(folder));
        assertThat(schedule(null)
                        .missedThreePolls(
                                calendars.of(Kind.GOLD), wib("2026-11-23T08:10:00"), wib("2026-11-23T09:01:00")))
                .isFalse();
        assertThat(schedule("PT1S")
                        .missedThreePolls(
                                calendars.of(Kind.GOLD), wib("2026-11-23T09:00:00"), wib("2026-11-23T09:00:04")))
                .isTrue();
    }

    @Test
    void honoursRetryAfter() {
        assertThat(schedule(null).delay(OPEN, 1, Duration.ofHours(3))).isEqualTo(Duration.ofHours(3));
        assertWithinATenth(schedule(null).delay(OPEN, 1, Duration.ofSeconds(1)), Duration.ofSeconds(30));
    }
}
