package id.detak.page.shared;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The numbers of a quote where there is room for a large one and a small one. A fund has no level, so its percent is the large one.
 *
 * @param mainMoves whether it is the percent
 * @param moved change and percent; empty where that is said already, or not known
 */
public record QuoteFigures(String main, boolean mainMoves, String moved) {

    public static QuoteFigures of(QuoteCard quote) {
        return quote.level() ? new QuoteFigures(quote.value(), false, joined(quote.arrow(), quote.change(), quote.percent())) : new QuoteFigures(joined(quote.arrow(), quote.percent()), true, "");
    }

    private static String joined(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty() && !part.equals(Formats.MISSING)).collect(Collectors.joining(" "));
    }
}
