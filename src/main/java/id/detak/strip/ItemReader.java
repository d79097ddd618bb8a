package id.detak.strip;

import id.detak.strip.LabelCuts.Cut;
import id.detak.strip.PieceScanner.Piece;
import java.math.BigDecimal;
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
        this.cuts = new LabelCuts(text, labels);
    }

    /** Reads the piece at {@code start}, whose end is not certain. */
    StripItem read(int start) {
        return read(scanner.scan(start), limit, false);
    }

    /** Reads an item, whose end is certain. */
    StripItem read(int start, int end) {
        return read(scanner.item(start, end), end, true);
    }

    private StripItem read(Piece piece, int end, boolean whole) {
        int start = piece.start();
        List<KnownLabels.Match> matches = labels.at(text, piece.labelStart(), end);
        Optional<KnownLabels.Match> apart =
                matches.stream().filter(KnownLabels.Match::apart).findFirst();
        if (!whole) {
            for (KnownLabels.Match match : matches) {
                int next = skipDashes(match.end());
                if (match.apart() && next > match.end() && knownAt(next)) {
                    // "LQ45 EMAS 1.319.000", "LQ45 - - EMAS 1.319.000": the first label has no value.
                    return StripItem.unknown(start, scanner.trimmed(start, next), false, true, true);
                }
            }
        }
        if (apart.isPresent() && wordFollows(apart.get().end(), end)) {
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
        Optional<Cut> cut = cuts.known(piece, matches);
        boolean listed = cut.isPresent()
                && matches.stream()
                        .anyMatch(match -> match.code().equals(cut.get().quote().code()));
        if (listed) {
            return quote(piece, cut.get(), true, true);
        }
        Optional<Cut> discovered = cut.isPresent() || apart.isPresent() ? cut : cuts.unknown(piece);
        if (discovered.isPresent()) {
            return quote(piece, discovered.get(), false, firm(discovered.get().quote()));
        }
        if (known || number) {
            int until = Math.max(piece.end(), apart.map(KnownLabels.Match::end).orElse(0));
            return StripItem.unknown(start, until, piece.percent(), known, known);
        }
        return StripItem.words(start, piece.end(), false);
    }

    /** Skips blanks and the dashes that stand for missing numbers. */
    private int skipDashes(int from) {
        int i = from;
        while (i < limit
                && i - from < PieceScanner.MAX_PIECE_LENGTH
                && (text.charAt(i) == ' ' || StripCharacters.minus(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    private static StripItem quote(Piece piece, Cut cut, boolean known, boolean firm) {
        boolean doubtful = piece.sign() == StripCharacters.UNKNOWN_SIGN;
        return new StripItem(
                StripItem.Kind.QUOTE,
                doubtful ? piece.labelStart() : piece.start(),
                piece.end(),
                cut.quote(),
                cut.rest(),
                piece.percent(),
                known,
                firm,
                cut.origin(),
                doubtful);
    }

    /** The value of an item of a known label that has a note between its numbers. */
    Optional<StripItem> valueBeforeNote(int start, int end) {
        Piece piece = scanner.item(start, end);
        return labels.at(text, piece.labelStart(), end).stream()
                .filter(match -> match.apart() && !match.percentOnly())
                .findFirst()
                .flatMap(match -> FieldReader.valueBeforeNote(text, match.end(), end).stream()
                        .findFirst()
                        .map(value -> valueOnly(piece, match, value)));
    }

    private StripItem valueOnly(Piece piece, KnownLabels.Match match, BigDecimal value) {
        String label = KnownLabels.printed(text, piece.labelStart(), match.end());
        Fields fields = Fields.valueOnly(List.of(value));
        Cut cut = new Cut(QuoteCheck.judge(match.code(), label, fields), true, true, fields.origin());
        return quote(piece, cut, true, true);
    }

    /** Whether the quote is that of a price in whole rupiah, which the strip may print without its change. */
    boolean isPrice(StripItem item) {
        return labels.at(text, item.start(), item.end()).stream()
                .anyMatch(match -> match.decimals() == 0
                        && match.code().equals(item.quote().code()));
    }

    KnownLabels labels() {
        return labels;
    }

    boolean knownAt(int start) {
        return start < limit && !labels.at(text, start, limit).isEmpty();
    }

    /** The end of the longest known label at {@code start}; {@code start} if there is none. */
    int labelEnd(int start) {
        return start >= limit
                ? start
                : labels.at(text, start, limit).stream()
                        .findFirst()
                        .map(KnownLabels.Match::end)
                        .orElse(start);
    }

    /** Where a line of an item begins with a known label, behind lines of words; {@code start} if none does. */
    int labelBehindWords(int start, int end) {
        if (knownAt(start)) {
            return start;
        }
        boolean words = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (StripCharacters.digit(c) || StripCharacters.arrow(c) != 0 || c == StripCharacters.UNKNOWN_SIGN) {
                return start;
            }
            if (words && c == '\n' && !labels.at(text, i + 1, end).isEmpty()) {
                return i + 1;
            }
            words |= Character.isLetter(c);
        }
        return start;
    }

    /**
     * Reads a label that begins with a known one. It is a separate index ("IDX BUMN20") if it is printed in upper case
     * or its numbers agree, and otherwise the beginning of a sentence ("LQ45 turun 2,5%").
     */
    private StripItem longerLabel(Piece piece, int knownEnd) {
        if (piece.hasNumbersApart() && cutOff(piece)) {
            return StripItem.words(piece.start(), knownEnd, true);
        }
        Optional<Cut> cut = cuts.unknown(piece).filter(found -> {
            String label = found.quote().label();
            boolean name =
                    Character.isUpperCase(text.charAt(knownEnd + 1)) || label.equals(label.toLowerCase(Locale.ROOT));
            return found.quote().quality() == Quality.OK && name || label.equals(label.toUpperCase(Locale.ROOT));
        });
        return cut.isPresent()
                ? quote(piece, cut.get(), false, firm(cut.get().quote()))
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

    private boolean wordFollows(int end, int until) {
        int next = end + 1;
        return next < until
                && text.charAt(end) == ' '
                && Character.isLetter(text.charAt(next))
                && text.charAt(next) != StripCharacters.DELTA
                && NumberWords.unit(text, next, until) == 0;
    }

    /**
     * Whether the page ends before the piece is certainly complete. EMAS 1.319 may be the beginning of 1.319.000, and a
     * value without a percent may have had one. Only a percent sign completes a piece.
     */
    private boolean cutOff(Piece piece) {
        return !piece.percent() && page.open(piece.start(), scanner.skipGaps(piece.end(), false));
    }
}
