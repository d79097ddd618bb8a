package id.detak.retention;

import id.detak.platform.BadSettingException;
import id.detak.platform.Wib;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;

/** Checks how long data is kept, and calculates the times before which it is deleted. */
@Singleton
class RetentionSettings {

    /** Rules may look back this far. */
    private static final Period MIN_OBSERVATIONS = Period.ofYears(2);
    /** Needed to investigate a problem or to send a message again. */
    private static final Period MIN_OTHERS = Period.ofDays(7);

    private final Optional<Period> observations;
    private final Optional<Period> pages;
    private final Optional<Period> notifications;
    private final Clock clock;

    @Inject
    RetentionSettings(RetentionConfig config, Clock clock) {
        this(config.keepObservations(), config.keepPages(), config.keepNotifications(), clock);
    }

    RetentionSettings(
            Optional<Period> observations, Optional<Period> pages, Optional<Period> notifications, Clock clock) {
        this.clock = clock;
        this.observations = observations.map(period -> atLeast(MIN_OBSERVATIONS, "DETAK_KEEP_OBSERVATIONS", period));
        this.pages = pages.map(period -> atLeast(MIN_OTHERS, "DETAK_KEEP_PAGES", period));
        this.notifications = notifications.map(period -> atLeast(MIN_OTHERS, "DETAK_KEEP_NOTIFICATIONS", period));
    }

    private Period atLeast(Period least, String variable, Period period) {
        LocalDate today = today();
        if (today.minus(period).isAfter(today.minus(least))) {
            throw new BadSettingException(variable + " is too short: give a period of " + least
                    + " or more, or leave it out to keep everything.");
        }
        return period;
    }

    /**
     * The day before which observations may be deleted: the first of a month, at least two weeks before the period
     * starts, because a rule's window may start with an older value.
     */
    Optional<LocalDate> observationsFrom() {
        return observations.map(period -> today().minus(period).minusDays(14).withDayOfMonth(1));
    }

    Optional<Instant> pagesFrom() {
        return pages.map(period -> Wib.midnight(today().minus(period)));
    }

    Optional<Instant> notificationsFrom() {
        return notifications.map(period -> Wib.midnight(today().minus(period)));
    }

    private LocalDate today() {
        return Wib.date(clock.instant());
    }
}
