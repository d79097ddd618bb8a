package id.detak.capture;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How an attempt to get a page ended. */
public enum FetchOutcome {
    /** A page with a strip. */
    OK,
    /** The same page as before (304, or the same body): an observation too, at its own instant. */
    UNCHANGED,
    /** A page in which no strip was found; it is kept. */
    NO_STRIP,
    /** No answer, or not a whole one. */
    UNREACHABLE,
    /** An answer with a status that is no page. */
    HTTP_ERROR,
    /** Not asked for: robots.txt, a redirect inwards, an address that is not http(s). */
    REFUSED,
    TOO_LARGE,
    /** A page that could not be taken; it is kept. */
    FAILED;

    /** The word in table and JSON, such as {@code no-strip}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static FetchOutcome of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    public boolean broughtStrip() {
        return this == OK || this == UNCHANGED;
    }
}
