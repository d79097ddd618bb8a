package id.detak.indicator;

import id.detak.database.DatabaseGauges;
import id.detak.platform.Wib;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Reports, by a metric and once a day in the log, that the list of holidays ends soon. */
@Startup
@ApplicationScoped
class HolidayMetrics implements DatabaseGauges {

    /** The exchange announces the holidays of a year in the autumn before. */
    private static final int WARNING_DAYS = 60;

    private final Calendars calendars;
    private final Clock clock;
    private LocalDate warnedOn;

    HolidayMetrics(Calendars calendars, Clock clock, MeterRegistry registry) {
        this.calendars = calendars;
        this.clock = clock;
        Gauge.builder("detak.holidays.remaining.days", this::remainingDays)
                .description("Days until the list of the exchange's holidays ends; negative after its end")
                .register(registry);
    }

    private LocalDate today() {
        return Wib.date(clock.instant());
    }

    private long remainingDays() {
        return ChronoUnit.DAYS.between(today(), lastDay());
    }

    private LocalDate lastDay() {
        return LocalDate.of(calendars.lastKnownYear(), 12, 31);
    }

    /** Reads no database; it only runs at the same intervals. */
    @Override
    public void refresh() {
        warnIfDue();
    }

    /** Returns whether this call wrote the line of the day. */
    synchronized boolean warnIfDue() {
        if (calendars.isAlwaysOpen() || remainingDays() >= WARNING_DAYS || today().equals(warnedOn)) {
            return false;
        }
        warnedOn = today();
        Log.warnf(
                "The list of the exchange's holidays ends on %s; afterwards, every Monday to Friday counts as a trading"
                        + " day. Add the holidays of %d to %s in the data folder.",
                lastDay(), lastDay().getYear() + 1, Holidays.FILE);
        return true;
    }
}
