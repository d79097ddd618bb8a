package id.detak.strip;

/** Finds the boundaries of items and pieces in the text of a strip without interpreting them. */
final class PieceScanner {

    /** Longer pieces are sentences or noise. */
    static final int MAX_PIECE_LENGTH = 200;
    /** An item may contain more than a piece, but not an article. */
    static final int MAX_ITEM_LENGTH = 1000;

    private static final int MAX_WORDS_LENGTH = 80;
    /** Signs, arrows, brackets, "Rp." and blanks before a digit. */
    private static final int MAX_PREFIX_LENGTH = 12;

    private final String text;
    private final int limit;

    /**
     * A label and the numbers after it.
     *
     * @param labelEnd the end of the words, after which separate numbers begin; a number may be attached to the last
     *     word
     * @param percent whether it ends with a percent, so that nothing after it can belong to it
     * @param sign an arrow before the label, or 0
     */
    record Piece(int start, int labelStart, int labelEnd, int end, boolean percent, char sign) {

        boolean hasNumbersApart() {
            return end > labelEnd;
        }
    }

    PieceScanner(String text, int limit) {
        this.text = text;
        this.limit = limit;
    }

    /** The item from {@code start} to {@code end}, whose boundaries are certain. */
    Piece item(int start, int end) {
        int label = skipArrows(start, end);
        int i = label;
        while (i < end && !(StripCharacters.gap(text.charAt(i)) && numberStarts(i + 1))) {
            i++;
        }
        boolean numbersFirst = label < end && numberStarts(label);
        int labelEnd = numbersFirst ? label : trimmed(label, i);
        return new Piece(start, label, labelEnd, end, endsWithPercent(label, end), leadingSign(start, label));
    }

    private boolean endsWithPercent(int start, int end) {
        int i = end;
        while (i > start
                && (") ]".indexOf(text.charAt(i - 1)) >= 0 || StripCharacters.arrow(text.charAt(i - 1)) != 0)) {
            i--;
        }
        return i > start && text.charAt(i - 1) == '%'
                || i - start > 6 && text.regionMatches(true, i - 6, "persen", 0, 6);
    }

    /** The piece at {@code start}, up to the next word or bullet, or up to the first percent. */
    Piece scan(int start) {
        int label = skipArrows(start, limit);
        char sign = leadingSign(start, label);
        if (numberStarts(label)) {
            return numbers(start, label, label, label, sign);
        }
        boolean comma = false;
        int i = label;
        while (i < limit
                && i - start < MAX_WORDS_LENGTH
                && !StripCharacters.lineBreak(text.charAt(i))
                && !boundary(i)) {
            char c = text.charAt(i);
            if (c == ' ' && numberStarts(i + 1)) {
                return numbers(start, label, i, i + 1, sign);
            }
            if (c == '%' && afterDigit(i)) {
                return percentPiece(start, label, -1, i, sign);
            }
            if (comma && Character.isLetter(c) && StripCharacters.digit(text.charAt(i - 1))) {
                break;
            }
            comma = c != ' ' && (comma || c == ',');
            i++;
        }
        int labelEnd = trimmed(label, i);
        int next = skipBreaks(i);
        if (i < limit && StripCharacters.lineBreak(text.charAt(i)) && next > 0 && numberStarts(next)) {
            return numbers(start, label, labelEnd, next, sign);
        }
        return new Piece(start, label, labelEnd, labelEnd, false, sign);
    }

    private Piece numbers(int start, int label, int labelEnd, int first, char sign) {
        int i = first;
        while (i < limit && i - start < MAX_PIECE_LENGTH && !boundary(i)) {
            char c = text.charAt(i);
            if (c == '%' && i > first) {
                return percentPiece(start, label, labelEnd, i, sign);
            }
            if (StripCharacters.lineBreak(c)) {
                int next = skipBreaks(i);
                if (next < 0 || !numberStarts(next)) {
                    break;
                }
                i = next;
                continue;
            }
            NumberWords.Word word = Character.isLetter(c) || c == '/' ? NumberWords.after(text, i, limit) : null;
            int unit = NumberWords.unit(text, i, limit);
            if (word != null && word.meaning() == NumberWords.Meaning.PERCENT) {
                return percentPiece(start, label, labelEnd, i + word.length() - 1, sign);
            } else if (word != null || unit > 0) {
                i += word != null ? word.length() : unit;
            } else if (Character.isLetter(c) && c != StripCharacters.DELTA) {
                break;
            } else {
                i++;
            }
        }
        return new Piece(start, label, labelEnd, trimmed(first, i), false, sign);
    }

    /** A piece that ends with a percent, a bracket that was opened before it, and an arrow at the end of the line. */
    private Piece percentPiece(int start, int label, int labelEnd, int percent, char sign) {
        int end = percent + 1;
        int next = skipBlank(end);
        if (next < limit
                && (text.charAt(next) == ')' && opened('(', start, percent)
                        || text.charAt(next) == ']' && opened('[', start, percent))) {
            end = next + 1;
        }
        char ofArrow = sign;
        next = skipBlank(end);
        if (next < limit
                && (StripCharacters.arrow(text.charAt(next)) != 0
                        || text.charAt(next) == StripCharacters.UNKNOWN_SIGN)) {
            int behind = skipBlank(next + 1);
            if (atLineEnd(behind)) {
                end = next + 1;
            } else if (sign == 0) {
                ofArrow = StripCharacters.UNKNOWN_SIGN; // this piece's or the next one's
            }
        }
        return new Piece(start, label, labelEnd < 0 ? end : labelEnd, end, true, ofArrow);
    }

    private boolean opened(char bracket, int start, int percent) {
        for (int i = percent; i >= start && percent - i <= MAX_PIECE_LENGTH; i--) {
            if (text.charAt(i) == bracket) {
                return true;
            }
        }
        return false;
    }

    private int skipArrows(int start, int end) {
        int i = start;
        while (i < end
                && i - start < MAX_PREFIX_LENGTH
                && (StripCharacters.arrow(text.charAt(i)) != 0
                        || text.charAt(i) == StripCharacters.UNKNOWN_SIGN
                        || i > start && StripCharacters.gap(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    private char leadingSign(int start, int label) {
        char sign = 0;
        for (int i = start; i < label; i++) {
            char c = text.charAt(i);
            if (!StripCharacters.gap(c)) {
                sign = sign == 0 || sign == c ? c : StripCharacters.UNKNOWN_SIGN;
            }
        }
        boolean behindAnother = start > 1 && text.charAt(start - 1) == ' ' && text.charAt(start - 2) == '%';
        return sign != 0 && behindAnother ? StripCharacters.UNKNOWN_SIGN : sign;
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
            int unit = NumberWords.unit(text, i, limit);
            if (StripCharacters.digit(c) || c == '%') {
                return true;
            }
            if (unit > 0) {
                sign = true;
                i += unit;
            } else if (StripCharacters.sign(c) != 0
                    || StripCharacters.arrow(c) != 0
                    || "([.,".indexOf(c) >= 0
                    || c == StripCharacters.UNKNOWN_SIGN
                    || c == StripCharacters.DELTA
                    || c == StripCharacters.STRUCK) {
                sign = true;
                i++;
            } else if (sign && StripCharacters.gap(c)) {
                i++;
            } else {
                return false;
            }
        }
        return i >= limit && sign;
    }

    /** Whether nothing from here on can belong to what stands before. */
    private boolean boundary(int i) {
        return bullet(i) || text.charAt(i) == StripCharacters.SECTION;
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
        return next < limit && Character.isLetter(text.charAt(next)) && NumberWords.unit(text, next, limit) == 0;
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
     * The end of the item at {@code start}. An item of a list reaches to the end of its element. Otherwise, it is a
     * line, and the lines below that continue it.
     *
     * @param labelEnd the end of a known label, which may reach over a line
     */
    int itemEnd(int start, boolean element, int labelEnd) {
        int i = start;
        while (i < limit) {
            char c = text.charAt(i);
            if (c == StripCharacters.SECTION || c == StripCharacters.ITEM || !element && bullet(i)) {
                break;
            }
            if (c == '\n') {
                boolean blankLine = i + 1 < limit && text.charAt(i + 1) == '\n';
                if (blankLine || !element && i >= labelEnd && !numberStarts(i + 1)) {
                    break;
                }
            }
            i++;
        }
        return trimmed(start, i);
    }

    /** The end of what is read of an item: of one that is too long for a strip, only the first words are. */
    int shortened(int start, int end) {
        if (end - start <= MAX_ITEM_LENGTH) {
            return end;
        }
        int i = start + MAX_PIECE_LENGTH;
        while (i > start && !StripCharacters.gap(text.charAt(i))) {
            i--;
        }
        return i > start ? trimmed(start, i) : start + MAX_PIECE_LENGTH;
    }

    boolean atLineEnd(int i) {
        return i >= limit || StripCharacters.lineBreak(text.charAt(i)) || boundary(i);
    }

    private boolean afterDigit(int i) {
        char before = text.charAt(i - 1);
        return StripCharacters.digit(before) || before == ' ' && i > 1 && StripCharacters.digit(text.charAt(i - 2));
    }

    int trimmed(int start, int end) {
        int i = end;
        while (i > start && StripCharacters.gap(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }
}
