package id.detak.strip;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads one piece of a strip: a quote, an unknown piece, or words that are not part of a strip. */
final class ItemReader {

    private final PageText page;
    private final String text;
    private final int limit;
    private final KnownLabels labels;
    private final PieceScanner scanner;
    private final LabelCuts cuts;

    ItemReader(PageText page, int limit, KnownLabels labels, PieceScanner scanner) {
        this.page = page;
        this.text = page.text();
        this.limit = limit;
        this.labels = labels;
        this.scanner = scanner;
        this.cuts = new LabelCuts(text);
    }

    StripItem read(int start) {
        List<KnownLabels.Match> matches = labels.at(text, start, limit);
        for (KnownLabels.Match match : matches) {
            if (match.apart() && knownAt(match.end() + 1)) {
                // "LQ45 EMAS 1.319.000": the first label has no value.
                return StripItem.unknown(start, match.end(), false, true, true);
            }
        }
        Optional<KnownLabels.Match> apart =
                matches.stream().filter(KnownLabels.Match::apart).findFirst();
        StripPiece piece = scanner.scan(start);
        if (apart.isPresent() && wordFollows(apart.get().end())) {
            return longerLabel(piece, apart.get().end());
        }
        boolean glued = apart.isEmpty()
                && !matches.isEmpty()
                && scanner.numberStarts(matches.get(0).end());
        boolean known = apart.isPresent() || glued;
        boolean number = glued || piece.hasNumbersApart() || piece.percent();
        if (number && cutOff(piece)) {
            return StripItem.unknown(start, piece.end(), false, known, true);
        }
        Optional<Quote> quote = cuts.known(piece, matches);
        boolean listed = quote.isPresent()
                && matches.stream()
                        .anyMatch(match -> match.code().equals(quote.get().code()));
        if (listed) {
            return StripItem.quote(piece, quote.get(), true, true);
        }
        Optional<Quote> discovered = quote.isPresent() || apart.isPresent() ? quote : cuts.unknown(piece);
        if (discovered.isPresent()) {
            return StripItem.quote(piece, discovered.get(), false, firm(discovered.get()));
        }
        if (known || number) {
            int end = Math.max(piece.end(), apart.map(KnownLabels.Match::end).orElse(0));
            return StripItem.unknown(start, end, piece.percent(), known, known);
        }
        return StripItem.words(start, piece.end(), false);
    }

    boolean knownAt(int start) {
        return start < limit && !labels.at(text, start, limit).isEmpty();
    }

    /**
     * Reads a label that begins with a known one. It is a separate index ("IDX BUMN20") if it is printed in upper case
     * or its numbers agree, and otherwise the beginning of a sentence ("LQ45 turun 2,5%").
     */
    private StripItem longerLabel(StripPiece piece, int knownEnd) {
        if (piece.hasNumbersApart() && cutOff(piece)) {
            return StripItem.words(piece.start(), knownEnd, true);
        }
        Optional<Quote> quote = cuts.unknown(piece)
                .filter(found -> found.quality() == Quality.OK
                        || found.label().equals(found.label().toUpperCase(Locale.ROOT)));
        return quote.isPresent()
                ? StripItem.quote(piece, quote.get(), false, firm(quote.get()))
                : StripItem.words(piece.start(), knownEnd, true);
    }

    /**
     * Tells quotes from headlines that end with a percent, too ("Harga emas naik 2,5%"): headlines mix upper and lower
     * case.
     */
    private static boolean firm(Quote quote) {
        String label = quote.label();
        boolean oneCase = label.equals(label.toUpperCase(Locale.ROOT)) || label.equals(label.toLowerCase(Locale.ROOT));
        return quote.changePercent() != null && (oneCase || quote.quality() == Quality.OK);
    }

    private boolean wordFollows(int end) {
        int next = end + 1;
        return next < limit
                && text.charAt(end) == ' '
                && Character.isLetter(text.charAt(next))
                && !PieceScanner.rupiah(text, next, limit);
    }

    /**
     * Whether the page ends before the piece is certainly complete. EMAS 1.319 may be the beginning of 1.319.000, and a
     * value without a percent may have had one. Only a percent sign completes a piece.
     */
    private boolean cutOff(StripPiece piece) {
        if (piece.percent() || scanner.skipGaps(piece.end(), false) < text.length()) {
            return false;
        }
        return switch (page.tail()) {
            case CLOSED -> false;
            case LINE_ENDED -> !piece.oneLine();
            case OPEN -> true;
        };
    }
}
