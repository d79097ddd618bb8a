package id.detak.strip;

/**
 * An interpreted piece of the strip.
 *
 * @param quote the quote; null unless the kind is QUOTE
 * @param percent whether it ends with a percent sign, so that the words after it do not belong to it
 * @param known whether it begins with a known label
 * @param firm whether it certainly belongs to the strip; otherwise it does only if a firm item follows
 */
record StripItem(Kind kind, int start, int end, Quote quote, boolean percent, boolean known, boolean firm) {

    enum Kind {
        QUOTE,
        UNKNOWN,
        WORDS
    }

    static StripItem quote(StripPiece piece, Quote quote, boolean known, boolean firm) {
        return new StripItem(Kind.QUOTE, piece.start(), piece.end(), quote, piece.percent(), known, firm);
    }

    static StripItem unknown(int start, int end, boolean percent, boolean known, boolean firm) {
        return new StripItem(Kind.UNKNOWN, start, end, null, percent, known, firm);
    }

    static StripItem words(int start, int end, boolean known) {
        return new StripItem(Kind.WORDS, start, end, null, false, known, false);
    }

    StripItem notUnderstood(int until) {
        return unknown(start, until, percent, known, true);
    }
}
