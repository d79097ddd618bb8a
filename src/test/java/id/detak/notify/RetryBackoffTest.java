package id.detak.notify;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class RetryBackoffTest {

    /** The delays for a receiver that never takes anything. */
    private static List<Duration> waits() {
        List<Duration> waits = new ArrayList<>();
        Duration age = Duration.ZERO;
        for (int tries = 1; age.compareTo(RetryBackoff.LONGEST) < 0; tries++) {
            Duration wait = RetryBackoff.delay(tries, age, null);
            waits.add(wait);
            age = age.plus(wait);
        }
        return waits;
    }

    @Test
    void delaysStartAtTwoSecondsAndDouble() {
        assertThat(waits().subList(0, 5)).extracting(Duration::toSeconds).containsExactly(2L, 4L, 8L, 15L, 15L);
    }

    @Test
    void delaysAreShortInTheFirstFiveMinutes() {
        Duration age = Duration.ZERO;
        for (Duration wait : waits()) {
            if (age.compareTo(Duration.ofMinutes(5)) < 0) {
                assertThat(wait).isLessThanOrEqualTo(Duration.ofSeconds(15));
            }
            age = age.plus(wait);
        }
    }

    @Test
    void delaysGrowToFifteenMinutes() {
        List<Duration> waits = waits();
        assertThat(waits).isSorted();
        assertThat(waits.get(waits.size() - 1)).isEqualTo(Duration.ofMinutes(15));
        assertThat(waits.size()).isLessThan(200);
    }

    @Test
    void retryAfterIsLimitedToTheDay() {
        assertThat(RetryBackoff.delay(1, Duration.ZERO, Duration.ofMinutes(20))).isEqualTo(Duration.ofMinutes(20));
        assertThat(RetryBackoff.delay(1, Duration.ZERO, Duration.ofDays(9))).isEqualTo(Duration.ofDays(1));
        assertThat(RetryBackoff.delay(3, Duration.ZERO, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(8));
    }
}
