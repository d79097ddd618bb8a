package id.detak.strip;

/** The characters with a meaning in a strip. */
final class StripCharacters {

    /** U+0095 and U+0096 are the bullet and the dash of windows-1252 in a page that was decoded as ISO 8859-1. */
    private static final String BULLETS = "•·*●▪◦‣∙\u0095";

    private static final String MINUSES = "-\u2010\u2011\u2012\u2013\u2212\uFE63\uFF0D\u0096";
    private static final String UP = "▲△↑▴";
    private static final String DOWN = "▼▽↓▾";

    private StripCharacters() {}

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
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
        return c == '+' ? 1 : minus(c) ? -1 : 0;
    }

    /** -1 or 1 for an arrow or triangle, 0 for any other character. */
    static int arrow(char c) {
        return UP.indexOf(c) >= 0 ? 1 : DOWN.indexOf(c) >= 0 ? -1 : 0;
    }
}
