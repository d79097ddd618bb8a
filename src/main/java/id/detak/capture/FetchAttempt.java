package id.detak.capture;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An attempt to get a page, as it is to be kept.
 *
 * @param source name of the source, or of the file
 * @param observedAt the moment the page was got, in whole microseconds (what the database keeps)
 * @param serverDate the answer's Date, or null
 * @param httpStatus null where there was no answer over HTTP
 * @param reason why there is no strip, in a sentence, or null
 * @param page the page as text, or null
 * @param complaint how its strip reads worse than those before, in a sentence, or null; then the page is kept
 * @param unchangedSince the capture whose page it still is, as the server says, or null
 * @param strip the strip as text, or null
 * @param unknown pieces of the strip that were not understood
 */
public record FetchAttempt(String source, Via via, String url, Instant observedAt, Instant serverDate, FetchOutcome outcome, Integer httpStatus,
        String reason, String page, String strip, List<String> unknown, String complaint, Capture unchangedSince) {

    public FetchAttempt {
        observedAt = observedAt.truncatedTo(ChronoUnit.MICROS);
        strip = strip == null ? null : storable(strip);
        unknown = unknown.stream().map(FetchAttempt::storable).toList();
    }

    boolean isPageWorthKeeping() {
        return outcome == FetchOutcome.NO_STRIP || outcome == FetchOutcome.FAILED || complaint != null;
    }

    /** PostgreSQL's text holds no NUL. */
    static String storable(String text) {
        return text.replace("\0", "");
    }
}
