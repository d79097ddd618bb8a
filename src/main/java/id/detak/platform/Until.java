package id.detak.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The end of a pause, as a request states it. */
@Schema(name = "Until")
public record Until(OffsetDateTime until) {

    private static final Duration LONGEST = Duration.ofDays(366);

    /** @throws RejectedException if it is missing, past, or more than a year away */
    public Instant after(Instant now) {
        if (until == null
                || !until.toInstant().isAfter(now)
                || until.toInstant().isAfter(now.plus(LONGEST))) {
            throw RejectedException.invalid(
                    "until must be an instant with offset, later than now and within a year: {\"until\":\"2026-11-26T07:00:00+07:00\"}.");
        }
        return until.toInstant();
    }
}
