package id.detak.page.shared;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The numbers of a quote for layouts with one large and one small text. A fund has no level, so its percentage is the
 * large one.
 *
 * @param mainMoves whether the large text is the percentage
 * @param moved change and percentage; empty if they are the large text or unknown
 */
public record QuoteFigures(String main, boolean mainMoves, String moved) {

    public static QuoteFigures of(QuoteCard quote) {
        QuoteCard.Numbers numbers = quote.numbers();
        return quote.indicator().level()
                ? new QuoteFigures(numbers.value(), false, joined(numbers.arrow(), numbers.change(), numbers.percent()))
                : new QuoteFigures(joined(numbers.arrow(), numbers.percent()), true, "");
    }

    private static String joined(String... parts) {
        return Stream.of(parts)
                .filter(part -> !part.isEmpty() && !part.equals(Formats.MISSING))
                .collect(Collectors.joining(" "));
    }
}
