package id.detak.strip;

import java.time.LocalTime;
import java.util.List;
import java.util.Objects;

/**
 * The strip of one page.
 *
 * @param clock the time printed in the strip; null if blank or absent. Never use it as the time of observation
 * @param unknown pieces that the parser does not understand, and repeated quotes that contradict the first
 * @param text the strip as plain text; parsing it again gives the same clock, quotes and unknown pieces
 * @param start the offset in the page of the strip's first character
 * @param end the offset in the page after the last character that was read
 */
public record Strip(LocalTime clock, List<Quote> quotes, List<String> unknown, String text, int start, int end) {

    public Strip {
        quotes = List.copyOf(quotes);
        unknown = List.copyOf(unknown);
        Objects.requireNonNull(text, "text");
        if (quotes.isEmpty() && unknown.isEmpty()) {
            throw new IllegalArgumentException("a strip holds at least one quote or unknown piece");
        }
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("not a range of a page: " + start + " to " + end);
        }
    }
}
