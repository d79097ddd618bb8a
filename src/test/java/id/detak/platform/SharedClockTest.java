package id.detak.platform;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import id.detak.testsupport.ExpectedLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@BesideTheApplication
class SharedClockTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of(
            "This machine's clock is \\d+ s (ahead of|behind) the database's", "This machine's clock is right again");

    private static final Instant MACHINE = Instant.parse("2026-11-25T03:00:00Z");

    private final SharedClock clock = new SharedClock(Clock.fixed(MACHINE, ZoneOffset.UTC));

    @Test
    void followsDatabaseIfMachineIsWrong() {
        says(Duration.ofSeconds(-90), Duration.ofMillis(100));
        assertThat(clock.instant()).isEqualTo(MACHINE.minusSeconds(90));
        says(Duration.ofSeconds(-90).plusMillis(300), Duration.ofMillis(10));
        assertThat(clock.instant()).as("no trembling").isEqualTo(MACHINE.minusSeconds(90));
        says(Duration.ofMillis(40), Duration.ofMillis(10));
        assertThat(clock.instant()).as("set right").isEqualTo(MACHINE);
    }

    @Test
    void smallDifferencesAndSlowAnswersAreIgnored() {
        says(Duration.ofMillis(900), Duration.ofMillis(10));
        says(Duration.ofSeconds(90), Duration.ofMillis(700));
        assertThat(clock.instant()).isEqualTo(MACHINE);
    }

    private void says(Duration off, Duration took) {
        clock.synchronize(MACHINE.plus(took.dividedBy(2)).plus(off), MACHINE, MACHINE.plus(took));
    }
}
