package id.detak.strip;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jsoup.parser.Parser;

/**
 * Converts a page, HTML or plain text, to text in one pass. Tags become boundaries; attributes, comments and the
 * content of invisible elements are removed. A comment, element, quote or tag that is never closed extends to the end
 * of the page, as in a browser, so no character is read twice.
 */
final class PageReader {

    /** A named entity of HTML has at most 31 letters (CounterClockwiseContourIntegral). */
    private static final int MAX_ENTITY_LENGTH = 33;

    private static final int MAX_CACHED_ENTITIES = 256;
    private static final String[] INVISIBLE = {"script", "style", "template", "noscript", "textarea", "title"};
    private static final Set<String> LISTS = Set.of("ul", "ol", "table");
    private static final String[] CLOSING = {"li", "ul", "ol", "tr", "table", "body", "html"};

    private final String page;
    /** The same text as an array, which is faster to read than a string. */
    private final char[] chars;

    private final boolean html;
    private final PageText.Builder text;
    private final Map<String, String> entities = new HashMap<>();
    private int at;

    private PageReader(String page) {
        this.page = page;
        this.chars = page.toCharArray();
        this.html = looksLikeHtml(page);
        this.text = new PageText.Builder(html);
    }

    static PageText read(String page) {
        return read(page, page.length());
    }

    /** Reads the page up to at least {@code until}, or to its end. */
    static PageText read(String page, int until) {
        return new PageReader(page).read(until);
    }

    /** Whether the character at {@code index} would be read as the beginning of markup or an entity. */
    static boolean needsEscape(String text, int index) {
        char c = text.charAt(index);
        if (c == '&') {
            int end = entityEnd(text, index);
            return end == text.length() || text.charAt(end) == ';';
        }
        return c == '<' && (index + 1 == text.length() || markupStart(text.charAt(index + 1)));
    }

    private static boolean looksLikeHtml(String page) {
        int open = page.indexOf('<');
        while (open >= 0 && open + 1 < page.length()) {
            char next = page.charAt(open + 1);
            if (markupStart(next) && next != '?') {
                return true;
            }
            open = page.indexOf('<', open + 1);
        }
        return false;
    }

    private static boolean markupStart(char c) {
        return asciiLetter(c) || c == '/' || c == '!' || c == '?';
    }

    private PageText read(int until) {
        int length = chars.length;
        while (at < until) {
            char c = chars[at];
            if (plain(c)) {
                int end = at + 1;
                while (end < length && plain(chars[end])) {
                    end++;
                }
                text.addRun(chars, at, end);
                at = end;
            } else if (c == '<' && html) {
                markup();
            } else if (c == '&') {
                entity();
            } else if (c == '\r' && at + 1 < length && chars[at + 1] == '\n') {
                at++;
            } else {
                text.add(c == '\r' ? '\n' : c, at, 1);
                at++;
            }
        }
        return text.build();
    }

    private static boolean plain(char c) {
        return c > ' ' && c < 0x7f && c != '<' && c != '&';
    }

    private void markup() {
        int next = at + 1;
        if (next == page.length()) {
            at = next;
        } else if (asciiLetter(page.charAt(next))) {
            tag(next, false);
        } else if (page.charAt(next) == '/') {
            closingTag(next + 1);
        } else if (page.startsWith("!--", next)) {
            // search from the comment's own dashes, because <!--> is a complete comment
            at = after(page.indexOf("-->", next + 1), 3);
        } else if (page.charAt(next) == '!' || page.charAt(next) == '?') {
            at = after(page.indexOf('>', next), 1);
        } else {
            text.add('<', at, 1);
            at = next;
        }
    }

    private void closingTag(int nameStart) {
        if (nameStart < page.length() && asciiLetter(page.charAt(nameStart))) {
            tag(nameStart, true);
        } else {
            at = after(page.indexOf('>', nameStart), 1);
        }
    }

    private void tag(int nameStart, boolean closing) {
        int nameEnd = nameStart;
        while (nameEnd < chars.length && nameCharacter(chars[nameEnd])) {
            nameEnd++;
        }
        String name = oneOf(closing ? CLOSING : INVISIBLE, nameStart, nameEnd);
        at = tagEnd(nameEnd);
        text.boundary();
        if (name != null && !closing) {
            at = elementEnd(name);
        } else if (name != null && chars[at - 1] == '>') {
            text.close(LISTS.contains(name));
        }
    }

    /**
     * The offset after the '>' of a tag. Quotes count only after an equals sign: {@code <a title=don't>} is a complete
     * tag.
     */
    private int tagEnd(int from) {
        boolean afterEquals = false;
        int i = from;
        while (i < chars.length) {
            char c = chars[i];
            if (c == '>') {
                return i + 1;
            }
            if (afterEquals && (c == '"' || c == '\'')) {
                i = after(page.indexOf(c, i + 1), 1);
                afterEquals = false;
                continue;
            }
            afterEquals = c == '=' || afterEquals && c <= ' ';
            i++;
        }
        return i;
    }

    /** The offset of the closing tag of an invisible element. */
    private int elementEnd(String name) {
        int close = page.indexOf("</", at);
        while (close >= 0) {
            int nameEnd = close + 2 + name.length();
            if (page.regionMatches(true, close + 2, name, 0, name.length())
                    && (nameEnd == page.length() || !nameCharacter(page.charAt(nameEnd)))) {
                return close;
            }
            close = page.indexOf("</", close + 2);
        }
        return page.length();
    }

    private void entity() {
        int end = entityEnd(page, at);
        if (end == page.length()) {
            // cut off in the middle: the entity is unknown
            at = end;
            return;
        }
        String piece = page.charAt(end) == ';' ? page.substring(at, end + 1) : "";
        String decoded = decode(piece);
        if (decoded.equals(piece)) {
            text.add('&', at, 1);
            at++;
            return;
        }
        for (int i = 0; i < decoded.length(); i++) {
            text.add(decoded.charAt(i), at, piece.length());
        }
        at = end + 1;
    }

    private String decode(String entity) {
        String known = entities.get(entity);
        if (known == null) {
            known = Parser.unescapeEntities(entity, false);
            if (entities.size() < MAX_CACHED_ENTITIES) {
                entities.put(entity, known);
            }
        }
        return known;
    }

    /** The offset of the first character after an ampersand that cannot belong to an entity's name. */
    private static int entityEnd(String text, int ampersand) {
        int limit = Math.min(text.length(), ampersand + MAX_ENTITY_LENGTH);
        int i = ampersand + 1;
        while (i < limit
                && (asciiLetter(text.charAt(i)) || StripCharacters.digit(text.charAt(i)) || text.charAt(i) == '#')) {
            i++;
        }
        return i;
    }

    private int after(int found, int width) {
        return found < 0 ? page.length() : found + width;
    }

    private String oneOf(String[] names, int from, int to) {
        for (String name : names) {
            if (name.length() == to - from
                    && (chars[from] | 0x20) == name.charAt(0)
                    && page.regionMatches(true, from, name, 0, name.length())) {
                return name;
            }
        }
        return null;
    }

    private static boolean nameCharacter(char c) {
        return c > ' ' && c != '>' && c != '/';
    }

    private static boolean asciiLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
