package id.detak.page.card;

/**
 * A line of text that fits its place in an SVG image, whatever font the reader has.
 *
 * @param size font size
 * @param length the length to compress the text to if it could exceed its place; else null
 */
record FittedText(String text, int size, Integer length) {

    /** Text compressed more than this is hard to read. */
    private static final double MAX_COMPRESSION = 1.3;

    private static final String ELLIPSIS = "…";

    /** Keeps every character: a truncated number would be a different number. */
    static FittedText whole(String text, int size, int room) {
        return new FittedText(text, size, width(text, size) > room ? room : null);
    }

    /** Truncates a text that is far too long, with an ellipsis. */
    static FittedText shortened(String text, int size, int room) {
        if (width(text, size) <= room * MAX_COMPRESSION) {
            return whole(text, size, room);
        }
        int end = text.length();
        while (end > 0 && width(text.substring(0, end) + ELLIPSIS, size) > room * MAX_COMPRESSION) {
            end = text.offsetByCodePoints(end, -1);
        }
        return whole(text.substring(0, end) + ELLIPSIS, size, room);
    }

    private static double width(String text, int size) {
        return size * text.codePoints().mapToDouble(FittedText::width).sum();
    }

    /** The width relative to the font size, as in wide bold fonts, so that the text also fits in narrower ones. */
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
