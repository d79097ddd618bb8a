package id.detak.intake;

import id.detak.capture.FetchOutcome;
import id.detak.capture.Via;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/**
 * The result of one attempt to get a page.
 *
 * @param source the name of the source, or of the imported file
 * @param url where the page came from, or null
 * @param observedAt when the page was fetched
 * @param serverDate the {@code Date} header of the response, or null
 * @param httpStatus the status of the response, or null
 */
public record Arrival(
        String source,
        Via via,
        String url,
        Instant observedAt,
        Instant serverDate,
        Integer httpStatus,
        Content content) {

    /** The same attempt with other content. */
    Arrival with(Content other) {
        return new Arrival(source, via, url, observedAt, serverDate, httpStatus, other);
    }

    /** The same attempt, whose page could not be processed. */
    Arrival unprocessable(String cause) {
        String text = content.match(Page::text, unchanged -> null, Unprocessable::text, nothing -> null);
        return with(new Unprocessable(text, "The page could not be processed: " + cause));
    }

    /** The content that an attempt brought. */
    public sealed interface Content {

        /** Applies the function for this kind of content. A new kind makes the compiler name every caller. */
        <R> R match(
                Function<Page, R> page,
                Function<Unchanged, R> unchanged,
                Function<Unprocessable, R> unprocessable,
                Function<Nothing, R> nothing);
    }

    /** A whole page as text. */
    public record Page(String text) implements Content {

        @Override
        public <R> R match(
                Function<Page, R> page,
                Function<Unchanged, R> unchanged,
                Function<Unprocessable, R> unprocessable,
                Function<Nothing, R> nothing) {
            return page.apply(this);
        }
    }

    /** The server answered 304: the page is still the one whose strip this capture keeps. */
    public record Unchanged(UUID capture) implements Content {

        @Override
        public <R> R match(
                Function<Page, R> page,
                Function<Unchanged, R> unchanged,
                Function<Unprocessable, R> unprocessable,
                Function<Nothing, R> nothing) {
            return unchanged.apply(this);
        }
    }

    /** A page that could not be processed, with a sentence that says why. The page is stored unchanged. */
    public record Unprocessable(String text, String reason) implements Content {

        @Override
        public <R> R match(
                Function<Page, R> page,
                Function<Unchanged, R> unchanged,
                Function<Unprocessable, R> unprocessable,
                Function<Nothing, R> nothing) {
            return unprocessable.apply(this);
        }
    }

    /** No page, with a sentence that says why. */
    public record Nothing(FetchOutcome outcome, String reason) implements Content {

        @Override
        public <R> R match(
                Function<Page, R> page,
                Function<Unchanged, R> unchanged,
                Function<Unprocessable, R> unprocessable,
                Function<Nothing, R> nothing) {
            return nothing.apply(this);
        }
    }
}
