package id.detak.intake;

import id.detak.platform.RejectedException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Validates the time at which a page was fetched, as stated by the person or program that hands it in. The time is
 * never taken from the page, because an article's date is not the strip's time.
 */
public final class ObservationTime {

    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);
    private static final int FIRST_YEAR = 1990;

    private ObservationTime() {}

    /** @throws RejectedException if it is no date and time with offset, too early or in the future */
    public static Instant parse(String name, String text, Instant now) {
        if (text == null || text.isBlank()) {
            throw RejectedException.invalid(
                    name + " is missing: state when the page was fetched, such as 2026-11-25T09:30:00+07:00.");
        }
        Instant at = read(name, text);
        if (isFuture(at, now)) {
            throw RejectedException.invalid(name + " is in the future.");
        }
        if (isTooEarly(at)) {
            throw RejectedException.invalid(name + " is before " + FIRST_YEAR + ", when the site had no such pages.");
        }
        return at;
    }

    /** Returns false for times in the future and times before the site existed. */
    public static boolean canBe(Instant at, Instant now) {
        return !isFuture(at, now) && !isTooEarly(at);
    }

    private static boolean isFuture(Instant at, Instant now) {
        return at.isAfter(now.plus(CLOCK_TOLERANCE));
    }

    private static boolean isTooEarly(Instant at) {
        return at.atZone(ZoneOffset.UTC).getYear() < FIRST_YEAR;
    }

    private static Instant read(String name, String text) {
        try {
            return OffsetDateTime.parse(text.strip().replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw RejectedException.invalid(
                    name
                            + " must be a date and time with offset, such as 2026-11-25T09:30:00+07:00 (in a URL, write + as %2B).");
        }
    }
}
