package id.detak.capture;

import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An attempt to fetch a page, before it is stored.
 *
 * @param source name of the source, or of the file
 * @param observedAt when the page was fetched, in whole microseconds (the precision of the database)
 * @param serverDate the response's Date, or null
 * @param httpStatus null if there was no HTTP response
 * @param reason why there is no strip, as a sentence, or null
 * @param page the page as text, or null
 * @param complaint what its strip lacks, compared with those before, as a sentence; then the page is kept, too; or null
 * @param unchangedSince the capture of the same page, if the server says that it has not changed, or null
 * @param strip the strip as text, or null
 * @param stripClock the time that the strip itself shows (WIB), or null
 * @param unknown parts of the strip that were not understood
 */
public record FetchAttempt(
        String source,
        Via via,
        String url,
        Instant observedAt,
        Instant serverDate,
        FetchOutcome outcome,
        Integer httpStatus,
        String reason,
        String page,
        String strip,
        LocalTime stripClock,
        List<String> unknown,
        String complaint,
        Capture unchangedSince) {

    public FetchAttempt {
        observedAt = observedAt.truncatedTo(ChronoUnit.MICROS);
        strip = strip == null ? null : storable(strip);
        unknown = unknown.stream().map(FetchAttempt::storable).toList();
    }

    boolean isPageWorthKeeping() {
        return outcome == FetchOutcome.NO_STRIP || outcome == FetchOutcome.FAILED || complaint != null;
    }

    /** PostgreSQL's text type cannot store NUL. */
    static String storable(String text) {
        return text.replace("\0", "");
    }
}
