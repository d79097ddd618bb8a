package id.detak.strip;

/** The characters with a meaning in the text of a page, and those that {@link PageText} puts in. */
final class StripCharacters {

    /** The beginning of a list item, table row or other element that holds one quote. A blank line ends it. */
    static final char ITEM = '\uE001';
    /** The end of a list or table. */
    static final char SECTION = '\f';
    /**
     * Before a digit in a superscript: 898 and a small 78 are 898,78 or 89878; IDX and a small 30 are IDX30 or a note.
     */
    static final char RAISED = '^';
    /** Surrounds text that is struck out. */
    static final char STRUCK = '~';
    /** A sign that the page shows in a way that cannot be read, such as a colour. */
    static final char UNKNOWN_SIGN = '\u00B1';
    /** Precedes a number that is the change by the head of its column. */
    static final char DELTA = '\u0394';
    /** Between the cells of a table whose columns are not understood. */
    static final char REFUSED = '\u00A6';

    /** Where a value may be missing: only numbers that agree are read behind it. */
    static final String EMPTY_CELL = "| |";

    static final char UP = '▲';
    static final char DOWN = '▼';

    /** U+0095 to U+0097 are bullet and dashes of windows-1252 in a page that was decoded as ISO 8859-1. */
    private static final String BULLETS = "•·*●▪◦‣∙\u0095" + ITEM;

    private static final String MINUSES = "-\u2010\u2011\u2012\u2013\u2014\u2212\uFE63\uFF0D\u0096\u0097\u02D7\u2796";
    private static final String UPS = "▲△↑▴\u2197\u21D1\u21E7\u2B06\u2B08\u23F6\u25B5\u2934\u279A\u2B9D\u2BC5";
    private static final String DOWNS = "▼▽↓▾\u2198\u21D3\u21E9\u2B07\u2B0A\u23F7\u25BF\u2935\u2798\u2B9F\u2BC6";

    private StripCharacters() {}

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean hasDigit(String text) {
        return text.chars().anyMatch(c -> digit((char) c));
    }

    /**
     * A digit or a mark within a number. {@link NumberReader} decides whether a mark groups thousands or is the decimal
     * mark.
     */
    static boolean figure(char c) {
        return digit(c) || c == '.' || c == ',';
    }

    static boolean bullet(char c) {
        return BULLETS.indexOf(c) >= 0;
    }

    static boolean minus(char c) {
        return MINUSES.indexOf(c) >= 0;
    }

    /** A boundary between cells: a line end (or tag), or the bar that the strip prints. */
    static boolean lineBreak(char c) {
        return c == '\n' || c == '|';
    }

    static boolean gap(char c) {
        return c == ' ' || lineBreak(c);
    }

    /** -1 or 1 for a printed sign, 0 for any other character. */
    static int sign(char c) {
        return c == '+' || c == '\uFF0B' || c == '\u2795' ? 1 : minus(c) ? -1 : 0;
    }

    /** -1 or 1 for an arrow or triangle, 0 for any other character. */
    static int arrow(char c) {
        return UPS.indexOf(c) >= 0 ? 1 : DOWNS.indexOf(c) >= 0 ? -1 : 0;
    }

    /** A pictogram as the character that means the same; 0 if it shows nothing; -1 if it is none of these. */
    static int pictogram(int codePoint) {
        return switch (codePoint) {
            case 0x1F53A, 0x1F53C, 0x1F4C8, 0x1F815, 0x1F845 -> UP;
            case 0x1F53B, 0x1F53D, 0x1F4C9, 0x1F817, 0x1F847 -> DOWN;
            case 0x1F534, 0x1F7E5 -> UNKNOWN_SIGN;
            case 0x1F7E2, 0x1F7E9 -> 0;
            default -> -1;
        };
    }

    /**
     * Soft hyphen, zero-width blanks and joiners, direction marks and isolates, variation selectors, byte order mark,
     * and the private characters with a meaning of their own here.
     */
    static boolean invisible(char c) {
        return c == 0xAD
                || c == 0x61C
                || c >= 0x200B && c <= 0x200F
                || c >= 0x202A && c <= 0x202E
                || c >= 0x2060 && c <= 0x206F
                || c >= 0xFE00 && c <= 0xFE0F
                || c == 0xFEFF
                || c >= 0xE000 && c <= 0xE00F;
    }
}
