package id.detak.notify.channel;

/** Removes what would make a text look like something else: control characters, line breaks, changes of direction. */
final class PlainText {

    private PlainText() {}

    /** Joins lines into one. Null becomes empty. */
    static String line(String text) {
        return clean(text == null ? "" : text.replace('\n', ' '));
    }

    /** Keeps line breaks, all as {@code \n}. Null becomes empty. */
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
            } else if (!Character.isISOControl(c) && !changesDirection(c)) {
                out.appendCodePoint(c);
            }
        });
        return out.toString().strip();
    }

    private static boolean changesDirection(int c) {
        return c == 0x061c || c == 0x200e || c == 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
    }
}
