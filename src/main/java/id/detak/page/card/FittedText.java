package id.detak.page.card;

/**
 * A line of text for a place in a picture, which has no line breaks and does not know the reader's font.
 *
 * @param size of the font
 * @param length to press it to, where it could run out of its place; else null
 */
record FittedText(String text, int size, Integer length) {

    /** Beyond that, pressed letters are no longer read easily. */
    private static final double MOST_PRESSED = 1.3;
    private static final String CUT = "…";

    /** Not a character is left out: half a number would be another number. */
    static FittedText whole(String text, int size, int room) {
        return new FittedText(text, size, width(text, size) > room ? room : null);
    }

    /** What is far too long ends in three dots. */
    static FittedText shortened(String text, int size, int room) {
        if (width(text, size) <= room * MOST_PRESSED) {
            return whole(text, size, room);
        }
        int end = text.length();
        while (end > 0 && width(text.substring(0, end) + CUT, size) > room * MOST_PRESSED) {
            end = text.offsetByCodePoints(end, -1);
        }
        return whole(text.substring(0, end) + CUT, size, room);
    }

    private static double width(String text, int size) {
        return size * text.codePoints().mapToDouble(FittedText::width).sum();
    }

    /** In parts of the font's size; of wide fonts in bold, so that the text fits with the narrower ones too. */
    private static double width(int character) {
        if (character > 0x10FF) {
            return character < 0x2E80 ? 0.8 : 1.1;
        }
        if (" .,:;'|()·".indexOf(character) >= 0) {
            return 0.4;
        }
        return Character.isUpperCase(character) || "%@&".indexOf(character) >= 0 ? 0.82 : 0.68;
    }
}
