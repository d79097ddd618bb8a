package id.detak.strip;

/** Finds the boundaries of pieces in the text of a strip without interpreting them. */
final class PieceScanner {

    /** Much longer than any label with its numbers. A longer piece is a sentence or noise. */
    static final int MAX_PIECE_LENGTH = 200;
    /** A bulleted line may contain more than a piece, but not an article. */
    static final int MAX_LINE_LENGTH = 1000;

    private static final int MAX_WORDS_LENGTH = 80;
    /** Signs, arrows, brackets, "Rp." and blanks before a digit. */
    private static final int MAX_PREFIX_LENGTH = 12;

    private final String text;
    private final int limit;

    PieceScanner(String text, int limit) {
        this.text = text;
        this.limit = limit;
    }

    StripPiece scan(int start) {
        if (numberStarts(start)) {
            return numbers(start, start, start);
        }
        boolean comma = false;
        int i = start;
        while (i < limit && i - start < MAX_WORDS_LENGTH && !StripCharacters.lineBreak(text.charAt(i)) && !bullet(i)) {
            char c = text.charAt(i);
            if (c == ' ' && numberStarts(i + 1)) {
                return numbers(start, i, i + 1);
            }
            if (c == '%' && afterDigit(i)) {
                int end = percentEnd(start, i);
                return new StripPiece(start, end, end, true, true);
            }
            if (comma && Character.isLetter(c) && StripCharacters.digit(text.charAt(i - 1))) {
                break;
            }
            comma = c != ' ' && (comma || c == ',');
            i++;
        }
        int labelEnd = trimmed(start, i);
        int next = skipBreaks(i);
        if (i < limit && StripCharacters.lineBreak(text.charAt(i)) && next > 0 && numberStarts(next)) {
            return numbers(start, labelEnd, next);
        }
        return new StripPiece(start, labelEnd, labelEnd, false, true);
    }

    private StripPiece numbers(int start, int labelEnd, int first) {
        boolean oneLine = first - labelEnd <= 1 && (first == labelEnd || text.charAt(labelEnd) == ' ');
        int i = first;
        while (i < limit && i - start < MAX_PIECE_LENGTH && !bullet(i)) {
            char c = text.charAt(i);
            if (c == '%' && i > first) {
                return new StripPiece(start, labelEnd, percentEnd(start, i), true, oneLine);
            }
            if (StripCharacters.lineBreak(c)) {
                int next = skipBreaks(i);
                if (next < 0 || !numberStarts(next)) {
                    break;
                }
                oneLine = false;
                i = next;
            } else if (rupiah(text, i, limit)) {
                i += 2;
            } else if (Character.isLetter(c)) {
                break;
            } else {
                i++;
            }
        }
        return new StripPiece(start, labelEnd, trimmed(first, i), false, oneLine);
    }

    /** The end of a percent, including the closing bracket if one was opened before it. */
    private int percentEnd(int start, int percent) {
        int next = skipBlank(percent + 1);
        boolean closes = next < limit && text.charAt(next) == ')' && text.lastIndexOf('(', percent) >= start;
        return closes ? next + 1 : percent + 1;
    }

    /** Skips the boundaries between two cells. Returns -1 at a blank line, which ends every piece. */
    private int skipBreaks(int from) {
        int i = from;
        int lines = 0;
        while (i < limit && StripCharacters.gap(text.charAt(i))) {
            if (text.charAt(i) == '\n' && i > 0 && text.charAt(i - 1) == '\n') {
                return -1;
            }
            i++;
            if (++lines > MAX_PREFIX_LENGTH) {
                return -1;
            }
        }
        return i;
    }

    /**
     * Whether a number begins here, perhaps after signs, arrows, brackets and "Rp". Also true if the text ends before
     * the first digit, because the page was probably cut off there.
     */
    boolean numberStarts(int from) {
        boolean sign = false;
        int i = from;
        while (i < limit && i - from < MAX_PREFIX_LENGTH) {
            char c = text.charAt(i);
            if (StripCharacters.digit(c) || c == '%') {
                return true;
            }
            if (rupiah(text, i, limit)) {
                sign = true;
                i += 2;
            } else if (StripCharacters.sign(c) != 0
                    || StripCharacters.arrow(c) != 0
                    || c == '('
                    || c == '.'
                    || c == ',') {
                sign = true;
                i++;
            } else if (sign && StripCharacters.gap(c)) {
                i++;
            } else {
                return false;
            }
        }
        return i == limit && sign;
    }

    /** Whether there is a bullet, or a dash that begins a line and is followed by a word. */
    boolean bullet(int i) {
        char c = text.charAt(i);
        if (StripCharacters.bullet(c)) {
            return true;
        }
        if (!StripCharacters.minus(c) || i > 0 && !StripCharacters.lineBreak(text.charAt(i - 1))) {
            return false;
        }
        int next = skipBlank(i + 1);
        return next < limit && Character.isLetter(text.charAt(next)) && !rupiah(text, next, limit);
    }

    int skipBlank(int from) {
        return from < limit && text.charAt(from) == ' ' ? from + 1 : from;
    }

    /** Skips blanks and boundaries, and bullets if requested. */
    int skipGaps(int from, boolean bulletsToo) {
        int i = from;
        while (i < limit && (StripCharacters.gap(text.charAt(i)) || bulletsToo && bullet(i))) {
            i++;
        }
        return i;
    }

    /**
     * The end of the line at {@code from}, or the beginning of the next bullet; -1 if it is too long for a line of a
     * strip.
     */
    int lineEnd(int from) {
        int i = from;
        while (i < limit && !StripCharacters.lineBreak(text.charAt(i)) && !bullet(i)) {
            if (++i - from > MAX_LINE_LENGTH) {
                return -1;
            }
        }
        return trimmed(from, i);
    }

    boolean atLineEnd(int i) {
        return i >= limit || StripCharacters.lineBreak(text.charAt(i)) || bullet(i);
    }

    private boolean afterDigit(int i) {
        char before = text.charAt(i - 1);
        return StripCharacters.digit(before) || before == ' ' && i > 1 && StripCharacters.digit(text.charAt(i - 2));
    }

    private int trimmed(int start, int end) {
        int i = end;
        while (i > start && StripCharacters.gap(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    /** Whether "Rp" stands here as a unit, not as the beginning of a word. */
    static boolean rupiah(String text, int i, int limit) {
        return i + 1 < limit
                && (text.charAt(i) == 'R' || text.charAt(i) == 'r')
                && text.charAt(i + 1) == 'p'
                && (i + 2 >= limit || !Character.isLetter(text.charAt(i + 2)));
    }
}
