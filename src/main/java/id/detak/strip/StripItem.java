package id.detak.strip;

/**
 * An interpreted piece of the strip.
 *
 * @param quote the quote; null unless the kind is QUOTE
 * @param rest whether it prints more than the quote, which must be reported
 * @param percent whether it ends with a percent, so that the words after it do not belong to it
 * @param known whether it begins with a known label
 * @param firm whether it certainly belongs to the strip; otherwise it does only if a firm item follows
 * @param origin of the sign of its change and percent
 * @param doubtfulArrow whether an arrow beside it may belong to its neighbour; then its text is without the arrow
 */
record StripItem(
        Kind kind,
        int start,
        int end,
        Quote quote,
        boolean rest,
        boolean percent,
        boolean known,
        boolean firm,
        SignOrigin origin,
        boolean doubtfulArrow) {

    enum Kind {
        QUOTE,
        UNKNOWN,
        WORDS
    }

    static StripItem unknown(int start, int end, boolean percent, boolean known, boolean firm) {
        return new StripItem(Kind.UNKNOWN, start, end, null, false, percent, known, firm, SignOrigin.PRINTED, false);
    }

    static StripItem words(int start, int end, boolean known) {
        return new StripItem(Kind.WORDS, start, end, null, false, false, known, false, SignOrigin.PRINTED, false);
    }

    StripItem notUnderstood(int until) {
        return new StripItem(Kind.UNKNOWN, start, until, null, false, percent, known, true, origin, doubtfulArrow);
    }

    /** Takes only the value; an item without one is not understood. */
    StripItem withoutChange() {
        Quote value = quote.withoutChange();
        return value == null
                ? notUnderstood(end)
                : new StripItem(kind, start, end, value, true, percent, known, firm, origin, doubtfulArrow);
    }

    boolean isQuote() {
        return kind == Kind.QUOTE;
    }

    /** Whether it is a quote of a known label whose numbers agree. */
    boolean isChecked() {
        return known && isQuote() && quote.quality() == Quality.OK;
    }
}
