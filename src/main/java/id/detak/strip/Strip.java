package id.detak.strip;

import java.time.LocalTime;
import java.util.List;
import java.util.Objects;

/**
 * The strip of one page.
 *
 * @param clock the time printed in the strip; null if blank or absent. Never use it as the time of observation
 * @param unknown pieces that the parser does not understand or of which it took only the value, and repeated quotes
 *     that contradict the first
 * @param text the strip as plain text; parsing it again gives the same clock, quotes and unknown pieces
 */
public record Strip(LocalTime clock, List<Quote> quotes, List<String> unknown, String text) {

    public Strip {
        quotes = List.copyOf(quotes);
        unknown = List.copyOf(unknown);
        Objects.requireNonNull(text, "text");
        if (quotes.isEmpty() && unknown.isEmpty()) {
            throw new IllegalArgumentException("a strip holds at least one quote or unknown piece");
        }
    }
}
