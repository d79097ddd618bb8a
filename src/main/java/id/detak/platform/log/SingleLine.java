package id.detak.platform.log;

import java.util.Locale;

/**
 * Makes text from outside safe for logs and terminals: characters that end a line, control a terminal, hide text or
 * change its direction are written as {@code \n} or <code>&#92;u202e</code>.
 */
public final class SingleLine {

    private SingleLine() {}

    public static String of(String text) {
        if (text == null || text.codePoints().noneMatch(SingleLine::isUnsafe)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isUnsafe(c)) {
                clean.append(written(c));
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    /**
     * Control characters, line and paragraph separators, direction marks and other format characters, unpaired
     * surrogates. Tabs are harmless.
     */
    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\t';
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.FORMAT, Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static String written(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> String.format(Locale.ROOT, c > 0xffff ? "\\U%08x" : "\\u%04x", c);
        };
    }
}
