package id.detak.page.card;

import id.detak.page.shared.AppMessages;
import id.detak.page.shared.QuoteCard;
import id.detak.page.shared.QuoteFigures;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The texts of an SVG card, each fitted to its place.
 *
 * @param title the main content as text, for screen readers
 * @param warnings one word each
 * @param foot the bottom line, including the warnings
 */
record Card(
        QuoteCard quote,
        String title,
        String description,
        FittedText code,
        FittedText name,
        FittedText main,
        boolean mainMoves,
        FittedText moved,
        String seen,
        List<String> warnings,
        FittedText foot) {

    private static final int INNER_WIDTH = 288;
    private static final int NUMBERS_WIDTH = 172;
    private static final String SEPARATOR = " · ";

    static Card of(QuoteCard quote, boolean simulated, CardMessages messages, AppMessages pageMessages) {
        QuoteFigures figures = QuoteFigures.of(quote);
        String seen = messages.seen(quote.observed().time())
                + (quote.observed().otherDay() == null
                        ? ""
                        : SEPARATOR + pageMessages.ofDay(quote.observed().otherDay()));
        List<String> warnings = Stream.of(
                        quote.quality().suspect() ? pageMessages.suspect() : "",
                        quote.quality().levelChanged() ? pageMessages.levelChanged() : "",
                        quote.quality().stale() ? pageMessages.stale() : "",
                        simulated ? messages.simulated() : "")
                .filter(word -> !word.isEmpty())
                .toList();
        String reasons = Stream.of(
                        quote.quality().suspect()
                                ? pageMessages.suspectWhy(quote.quality().reason())
                                : "",
                        quote.quality().levelChanged() ? pageMessages.levelChangedWhy() : "",
                        quote.quality().stale() ? pageMessages.staleWhy() : "",
                        simulated ? messages.simulatedWhy() : "")
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
        return new Card(
                quote,
                quote.indicator().code() + ": " + (figures.main() + " " + figures.moved()).strip(),
                (quote.indicator().name() + SEPARATOR + seen + ". " + reasons).strip(),
                FittedText.shortened(quote.indicator().code(), 17, INNER_WIDTH),
                FittedText.shortened(
                        quote.indicator().discovered() ? "" : quote.indicator().name(), 12, INNER_WIDTH),
                FittedText.whole(figures.main(), figures.mainMoves() ? 24 : 28, NUMBERS_WIDTH),
                figures.mainMoves(),
                FittedText.whole(figures.moved(), 14, NUMBERS_WIDTH),
                seen,
                warnings,
                FittedText.whole(
                        Stream.concat(Stream.of(seen), warnings.stream()).collect(Collectors.joining(SEPARATOR)),
                        11,
                        INNER_WIDTH));
    }
}
