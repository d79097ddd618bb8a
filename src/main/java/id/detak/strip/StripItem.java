package id.detak.strip;

/**
 * A piece of the strip as understood.
 *
 * @param quote   what was read; null unless the kind is QUOTE
 * @param percent whether it ends with a percent sign, so that words behind it are no part of it
 * @param known   whether it begins with a label on the list
 * @param firm    whether it belongs to the strip by itself; otherwise only if a firm item follows
 */
record StripItem(Kind kind, int start, int end, Quote quote, boolean percent, boolean known, boolean firm) {

    enum Kind { QUOTE, UNKNOWN, WORDS }

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
