package id.detak.retention;

import id.detak.platform.BadSettingException;
import id.detak.platform.Wib;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** For how long what is kept, as the user wants it; empty: for ever. */
@Singleton
class RetentionSettings {

    /** A rule may look back so far. */
    private static final Period OBSERVATIONS_AT_LEAST = Period.ofYears(2);
    /** Whoever looks for a fault, or sends a message again, must still find it. */
    private static final Period OTHERS_AT_LEAST = Period.ofDays(7);

    private final Optional<Period> observations;
    private final Optional<Period> pages;
    private final Optional<Period> notifications;
    private final Clock clock;

    RetentionSettings(@ConfigProperty(name = "detak.keep-observations") Optional<Period> observations, @ConfigProperty(name = "detak.keep-pages") Optional<Period> pages,
            @ConfigProperty(name = "detak.keep-notifications") Optional<Period> notifications, Clock clock) {
        this.clock = clock;
        this.observations = observations.map(period -> atLeast(OBSERVATIONS_AT_LEAST, "DETAK_KEEP_OBSERVATIONS", period));
        this.pages = pages.map(period -> atLeast(OTHERS_AT_LEAST, "DETAK_KEEP_PAGES", period));
        this.notifications = notifications.map(period -> atLeast(OTHERS_AT_LEAST, "DETAK_KEEP_NOTIFICATIONS", period));
    }

    private Period atLeast(Period least, String variable, Period period) {
        LocalDate today = today();
        if (today.minus(period).isAfter(today.minus(least))) {
            throw new BadSettingException(variable + " is too short: give a period of " + least + " or more, or leave it out to keep all for ever.");
        }
        return period;
    }

    /** Observations before that day may go. Months as a whole, and a rule's window may begin with a value of two weeks before it. */
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
