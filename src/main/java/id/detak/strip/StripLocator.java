package id.detak.strip;

import java.util.Optional;
import org.jsoup.select.QueryParser;
import org.jsoup.select.Selector;

/**
 * Where a source's page has its strip, if the source says so.
 *
 * @param heading the words above the strip, or null
 * @param selector a CSS selector of the element that holds the strip, or null
 */
public record StripLocator(String heading, String selector) {

    /** The parser finds the strip by the headings that it knows. */
    public static final StripLocator ANYWHERE = new StripLocator(null, null);

    public StripLocator {
        heading = heading == null || heading.isBlank() ? null : heading.strip();
        selector = selector == null || selector.isBlank() ? null : selector.strip();
    }

    /** What is wrong with the selector; empty if it is a CSS selector, or there is none. */
    public Optional<String> selectorProblem() {
        try {
            if (selector != null) {
                QueryParser.parse(selector);
            }
            return Optional.empty();
        } catch (Selector.SelectorParseException | IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
