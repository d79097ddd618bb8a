package id.detak.intake;

import id.detak.capture.FetchOutcome;
import id.detak.capture.Via;
import java.time.Instant;
import java.util.UUID;

/**
 * What came of asking for a page.
 *
 * @param source the source's name, or the file's
 * @param url where it came from, or null
 * @param observedAt the moment it was got
 * @param serverDate the answer's Date, or null
 * @param httpStatus or null
 */
public record Arrival(String source, Via via, String url, Instant observedAt, Instant serverDate, Integer httpStatus, Content content) {

    /** The same attempt, where what it brought could not be taken. */
    Arrival untakable(String why) {
        String text = content instanceof Page page ? page.text() : null;
        return new Arrival(source, via, url, observedAt, serverDate, httpStatus, new Untakable(text, "It could not be taken: " + why));
    }

    public sealed interface Content {
    }

    /** A whole page as text. */
    public record Page(String text) implements Content {
    }

    /** The server says that the page is still the one whose strip that capture keeps (304). */
    public record Unchanged(UUID capture) implements Content {
    }

    /** A page that could not be taken, and why, in a sentence. It is kept as it is. */
    public record Untakable(String text, String reason) implements Content {
    }

    /** No page, and why, in a sentence. */
    public record Nothing(FetchOutcome outcome, String reason) implements Content {
    }
}
