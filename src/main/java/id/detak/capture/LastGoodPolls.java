package id.detak.capture;

import id.detak.database.DatabaseGauges;
import id.detak.indicator.Calendars;
import id.detak.platform.Ages;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** The time of each source's last good poll, for metrics and health; refreshed from the database at intervals. */
@ApplicationScoped
class LastGoodPolls implements DatabaseGauges {

    private final Captures captures;
    private final PollSchedule schedule;
    private final Calendars calendars;
    private final Clock clock;
    private final Instant startedAt;
    private final MultiGauge age;
    private volatile Map<String, Instant> bySource = Map.of();
    private volatile Instant readAt;

    LastGoodPolls(Captures captures, PollSchedule schedule, Calendars calendars, Clock clock, MeterRegistry registry) {
        this.captures = captures;
        this.schedule = schedule;
        this.calendars = calendars;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.readAt = startedAt;
        this.age = MultiGauge.builder("detak.source.last.good.poll.age")
                .baseUnit("seconds")
                .description("Time since the last strip of a source; +Inf if there was none")
                .register(registry);
    }

    @Override
    @Transactional
    public void refresh() {
        readAt = clock.instant();
        bySource = captures.lastGoodPolls();
        age.register(bySource.keySet().stream()
                .<Row<?>>map(source -> Row.of(Tags.of("source", source), () -> age(source)))
                .toList());
    }

    private double age(String source) {
        Instant last = bySource.get(source);
        return last == null ? Double.POSITIVE_INFINITY : Ages.seconds(last, clock.instant());
    }

    /** The times by source; null for a source without a good poll. */
    Map<String, Instant> all() {
        return bySource;
    }

    /**
     * Whether the time of three polls in the exchange's hours has passed since then, or since the start of the process
     * if there was none.
     */
    boolean isOverdue(Instant last) {
        return schedule.missedThreePolls(calendars.exchange(), last == null ? startedAt : last, readAt);
    }
}
