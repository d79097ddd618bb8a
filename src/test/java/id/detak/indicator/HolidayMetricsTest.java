package id.detak.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.platform.DataFolder;
import id.detak.testsupport.BesideTheApplication;
import id.detak.testsupport.ExpectedLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@BesideTheApplication
class HolidayMetricsTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of().orPerhaps("The list of the exchange's holidays ends on");

    @TempDir
    Path folder;

    private Instant now;

    @Test
    void endOfTheHolidaysIsReportedOnceADay() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Calendars calendars = new Calendars(MarketHours.IDX, new DataFolder(folder));
        Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
        int year = calendars.lastKnownYear();
        HolidayMetrics metrics = new HolidayMetrics(calendars, clock, registry);
        now = Instant.parse(year + "-11-01T02:00:00Z");
        assertThat(metrics.warnIfDue()).isFalse();
        assertThat(registry.get("detak.holidays.remaining.days").gauge().value())
                .isEqualTo(60);
        now = Instant.parse(year + "-11-02T02:00:00Z");
        assertThat(metrics.warnIfDue()).isTrue();
        assertThat(metrics.warnIfDue()).isFalse();
        now = Instant.parse(year + "-11-03T02:00:00Z");
        assertThat(metrics.warnIfDue()).isTrue();
    }
}
