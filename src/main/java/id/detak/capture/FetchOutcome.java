package id.detak.capture;

import com.fasterxml.jackson.annotation.JsonValue;
import id.detak.platform.Word;
import jakarta.persistence.EnumeratedValue;

/** How an attempt to get a page ended. */
public enum FetchOutcome implements Word {
    /** A page with a strip. */
    OK("ok"),
    /** The page is the same as before (304, or the same body). This is an observation, too, at its own time. */
    UNCHANGED("unchanged"),
    /** A page without a strip; the page is kept. */
    NO_STRIP("no-strip"),
    /** No response, or an incomplete one. */
    UNREACHABLE("unreachable"),
    /** A response whose status is not 200 or 304. */
    HTTP_ERROR("http-error"),
    /** Not requested: robots.txt, a redirect into the own network, a URL that is not http(s). */
    REFUSED("refused"),
    TOO_LARGE("too-large"),
    /** A page that could not be stored; it is kept. */
    FAILED("failed");

    @EnumeratedValue
    private final String word;

    FetchOutcome(String word) {
        this.word = word;
    }

    /** The word in the table and in JSON. */
    @Override
    @JsonValue
    public String word() {
        return word;
    }

    public boolean broughtStrip() {
        return this == OK || this == UNCHANGED;
    }
}
