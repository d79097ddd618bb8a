package id.detak.capture;

import id.detak.indicator.Calendars;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.BadSettingException;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Time until a source's next poll: depends on market hours, and grows while polls fail. */
@Startup
@ApplicationScoped
public class PollSchedule {

    static final Duration WITHIN_HOURS = Duration.ofMinutes(5);
    static final Duration OUTSIDE_HOURS = Duration.ofHours(1);

    /** Closing prices settle until 16:15. */
    private static final Duration SETTLING = Duration.ofMinutes(15);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    private static final Duration MAX_BACKOFF = Duration.ofHours(1);
    private static final int MAX_BACKOFF_POLLS = 12;
    /** Of robots.txt. */
    private static final Duration MAX_CRAWL_DELAY = Duration.ofMinutes(1);

    private static final int MISSED = 3;
    private static final double JITTER = 0.05;
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Calendars calendars;
    private final Optional<Duration> configured;
    private final RandomGenerator random = RandomGenerator.getDefault();

    @Inject
    PollSchedule(Calendars calendars, CaptureConfig config) {
        this(calendars, config.pollEvery());
    }

    public PollSchedule(Calendars calendars, Optional<Duration> configured) {
        this.calendars = calendars;
        this.configured = configured;
        if (configured.isPresent() && configured.get().compareTo(SHORTEST) < 0) {
            throw new BadSettingException("DETAK_POLL_EVERY is at least 1s.");
        }
    }

    /** The longest time between two polls, unless a server asks for a pause. */
    public Duration longest() {
        return longest(configured);
    }

    static Duration longest(Optional<Duration> configured) {
        Duration longest = max(MAX_CRAWL_DELAY, longestBackoff(configured.orElse(OUTSIDE_HOURS)));
        return longest.plus(longest.dividedBy(10)); // more than the jitter
    }

    /** The regular time between two polls. */
    public Duration interval(Instant now) {
        return configured.orElseGet(() -> exchange().wasOpenBetween(now, now, SETTLING) ? WITHIN_HOURS : OUTSIDE_HOURS);
    }

    /**
     * Whether at least three polls within a market's hours have passed since then. Only open time counts: polls are
     * five minutes apart while the exchange is open, too, otherwise an hour.
     */
    public boolean missedThreePolls(TradingCalendar market, Instant since, Instant now) {
        if (configured.isPresent()) {
            return market.openLongerThan(configured.get().multipliedBy(MISSED), since, now);
        }
        return market.openLongerThan(WITHIN_HOURS.multipliedBy(MISSED), since, now, exchange())
                || market.openLongerThan(OUTSIDE_HOURS.multipliedBy(MISSED), since, now);
    }

    /** The time at which the next poll after one at that time is overdue. */
    public Instant nextExpectedBy(Instant last) {
        return last.plus(interval(last).multipliedBy(3).dividedBy(2));
    }

    /**
     * The time until the next poll, with a jitter of a twentieth.
     *
     * @param failures failed attempts in a row
     * @param retryAfter what the server asked for, or null
     */
    public Duration delay(Instant now, int failures, Duration retryAfter) {
        Duration delay = jitter(failures == 0 ? untilRegular(now) : backoff(now, failures));
        return retryAfter != null && retryAfter.compareTo(delay) > 0 ? retryAfter : delay;
    }

    /** The regular interval, but no longer than until the next opening. */
    private Duration untilRegular(Instant now) {
        Duration untilOpening = Duration.between(now, exchange().nextOpening(now));
        Duration interval = interval(now);
        return configured.isEmpty() && untilOpening.compareTo(interval) < 0
                ? untilOpening.plus(interval.dividedBy(50))
                : interval;
    }

    private Duration backoff(Instant now, int failures) {
        Duration interval = interval(now);
        Duration first = min(interval, FIRST_RETRY);
        return min(longestBackoff(interval), first.multipliedBy(1L << Math.min(failures - 1, 20)));
    }

    private static Duration longestBackoff(Duration interval) {
        return max(interval, min(MAX_BACKOFF, interval.multipliedBy(MAX_BACKOFF_POLLS)));
    }

    private Duration jitter(Duration delay) {
        return Duration.ofMillis(Math.round(delay.toMillis() * (1 + JITTER * (2 * random.nextDouble() - 1))));
    }

    private TradingCalendar exchange() {
        return calendars.exchange();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
