package id.detak.notify.channel;

/** Takes out of a text what would make it look like, or be, something else: controls, line breaks, turned directions. */
final class PlainText {

    private PlainText() {
    }

    /** One line, whatever it was. Null becomes nothing. */
    static String line(String text) {
        return clean(text == null ? "" : text.replace('\n', ' '));
    }

    /** Line breaks stay, all as {@code \n}. */
    static String text(String text) {
        return clean(text == null ? "" : text.replace("\r\n", "\n"));
    }

    private static String clean(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                out.append('\n');
            } else if (c == '\r' || c == '\t' || c == 0x85 || c == 0x2028 || c == 0x2029) {
                out.append(' ');
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                out.append('\ufffd'); // half a character
            } else if (!Character.isISOControl(c) && !turnsDirection(c)) {
                out.appendCodePoint(c);
            }
        });
        return out.toString().strip();
    }

    private static boolean turnsDirection(int c) {
        return c == 0x061c || c == 0x200e || c == 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
    }
}
