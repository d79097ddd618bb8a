package id.detak.strip;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/** What HTML writes in place of characters, in pages and in the stored text of strips. */
final class PageEscapes {

    /** Browsers read these without their semicolon, also before a letter or digit. */
    private static final Pattern OPEN_ENTITY = Pattern.compile("&(nbsp|minus|thinsp|ndash|mdash|amp|shy)(?![;A-Za-z])");

    private static final Pattern CUT_MARKUP = Pattern.compile("(?:</?|<!-?|&[#A-Za-z0-9]*)$");
    private static final int MAX_CUT_MARKUP = 34;

    private PageEscapes() {}

    /** Whether a page has markup, rather than only a less-than sign. */
    static boolean isHtml(String page) {
        int open = page.indexOf('<');
        while (open >= 0 && open + 1 < page.length()) {
            char next = page.charAt(open + 1);
            if (letter(next) || next == '/' || next == '!') {
                return true;
            }
            open = page.indexOf('<', open + 1);
        }
        return false;
    }

    /** Removes the beginning of a tag or entity in which a page that was cut off ends. */
    static String withoutCutMarkup(String page) {
        int from = Math.max(0, page.length() - MAX_CUT_MARKUP);
        Matcher cut = CUT_MARKUP.matcher(page).region(from, page.length());
        return cut.find() ? page.substring(0, cut.start()) : page;
    }

    /** Adds the semicolons that entities lack. */
    static String closeEntities(String page) {
        return page.indexOf('&') < 0 ? page : OPEN_ENTITY.matcher(page).replaceAll("&$1;");
    }

    /** The characters of a plain text in which entities were left. */
    static String decode(String text) {
        return text.indexOf('&') < 0 ? text : Parser.unescapeEntities(closeEntities(text), false);
    }

    /** Whether the character at {@code index} would be read as the beginning of markup or of an entity. */
    static boolean isNeeded(String text, int index) {
        char c = text.charAt(index);
        char next = index + 1 < text.length() ? text.charAt(index + 1) : 'a';
        return c == '&' && (letter(next) || next == '#') && isEntity(text, index)
                || c == '<' && (letter(next) || next == '/' || next == '!' || next == '?');
    }

    private static boolean isEntity(String text, int index) {
        int nextEntity = text.indexOf('&', index + 1);
        int end = Math.min(index + MAX_CUT_MARKUP, nextEntity < 0 ? text.length() : nextEntity);
        String candidate = text.substring(index, end);
        return !decode(candidate).equals(candidate);
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
