package id.detak.page.card;

import id.detak.page.shared.AppMessages;
import id.detak.page.shared.QuoteCard;
import id.detak.page.shared.QuoteFigures;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands on an SVG card, each text fitted to its place.
 *
 * @param title all of it that matters, for those who cannot see it
 * @param warnings in a word each
 * @param foot what stands at the bottom, warnings included
 */
record Card(QuoteCard quote, String title, String description, FittedText code, FittedText name, FittedText main, boolean mainMoves, FittedText moved, String seen,
        List<String> warnings, FittedText foot) {

    private static final int INNER_WIDTH = 288;
    private static final int NUMBERS_WIDTH = 172;
    private static final String BETWEEN = " · ";

    static Card of(QuoteCard quote, boolean simulated, CardMessages words, AppMessages pageWords) {
        QuoteFigures figures = QuoteFigures.of(quote);
        String seen = words.seen(quote.seenAt()) + (quote.otherDay() == null ? "" : BETWEEN + pageWords.ofDay(quote.otherDay()));
        List<String> warnings = Stream.of(quote.suspect() ? pageWords.suspect() : "", quote.stale() ? pageWords.stale() : "", simulated ? words.simulated() : "")
                .filter(word -> !word.isEmpty()).toList();
        String reasons = Stream.of(quote.suspect() ? quote.movedWhileClosed() ? pageWords.suspectClosed() : pageWords.suspectCheck() : "", quote.stale() ? pageWords.staleWhy() : "",
                simulated ? words.simulatedWhy() : "").filter(sentence -> !sentence.isEmpty()).collect(Collectors.joining(" "));
        return new Card(quote, quote.code() + ": " + (figures.main() + " " + figures.moved()).strip(), (quote.name() + BETWEEN + seen + ". " + reasons).strip(),
                FittedText.shortened(quote.code(), 17, INNER_WIDTH), FittedText.shortened(quote.discovered() ? "" : quote.name(), 12, INNER_WIDTH),
                FittedText.whole(figures.main(), figures.mainMoves() ? 24 : 28, NUMBERS_WIDTH), figures.mainMoves(), FittedText.whole(figures.moved(), 14, NUMBERS_WIDTH), seen, warnings,
                FittedText.whole(Stream.concat(Stream.of(seen), warnings.stream()).collect(Collectors.joining(BETWEEN)), 11, INNER_WIDTH));
    }
}
