package id.detak.strip;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/**
 * Reads the sign that an element states for its numbers without printing it: by a class, an icon, a text for screen
 * readers. {@link PlainMarkup} names the markup that may show a sign without stating it.
 */
final class MarkupSign {

    private static final int MAX_LENGTH = 200;
    /** Two signs that contradict each other, or one that is not stated plainly. */
    private static final int UNKNOWN = 2;

    private static final Set<String> UP = words(
            "up naik menguat meningkat positive positif pos plus gain gains gainer gainers increase increased rise rising"
                    + " bull bullish advance advancing higher melonjak kenaikan penguatan untung north");
    private static final Set<String> DOWN = words(
            "down turun melemah menurun negative negatif neg dn dwn minus loss losses loser losers decrease decreased fall"
                    + " falling bear bearish decline declining lower merosot jatuh ambles terkoreksi penurunan pelemahan"
                    + " rugi anjlok south");
    /** Beside words that are not listed, a direction may be that of a margin, a menu or an animation. */
    private static final Set<String> BESIDE = words(
            "price harga value val change chg perubahan delta diff percent pct persen percentage number num angka point"
                    + " points text txt color colour warna bg background font label item is has state status dir direction"
                    + " arah style variant type class tag badge quote ticker stock saham index indeks market pasar data"
                    + " arrow arrows panah caret icon icons ico ic img trend trending tren triangle glyphicon fa fas far"
                    + " bi mdi ti ion material symbols circle fill filled solid bold outline outlined long short alt thin"
                    + " small large right left east west png svg gif webp jpg jpeg drop");
    /** Words in a text whose direction is not about a number. */
    private static final Set<String> CONTROLS = words(
            "drop dropdown dropup pull scroll pop popup slide sign back count mark markup set fade roll step toggle menu"
                    + " collapse expand page float sort");

    private static final Set<String> CHANGES = words("change chg delta diff percent pct perubahan");
    /** Attributes of these names say where a number moved, with a word or a number below or above zero. */
    private static final Set<String> TRENDS = words("trend tren direction dir arah sign movement move arrow");

    private static final Set<String> TEXTS = Set.of("alt", "aria-label", "title", "aria-description");
    private static final Set<String> FILES = Set.of("src", "href", "xlink:href", "data", "srcset");
    private static final Set<String> TRUE = Set.of("", "true", "1", "yes", "ya");
    private static final Set<String> FALSE = Set.of("false", "0", "no", "tidak");
    private static final Set<String> FLAT =
            Set.of("0", "flat", "neutral", "netral", "none", "equal", "tetap", "same", "ltr", "rtl", "auto");
    private static final Set<String> REDS = words("red danger merah crimson firebrick");
    private static final Set<String> BEHAVIOUR = words("toggle target placement action aos animation animate bs");

    private static final Pattern PARTS = Pattern.compile("[^\\p{L}\\d]+|(?<=\\p{Ll})(?=\\p{Lu})");
    /** A number below zero, with decimals, or 1. Another one may be a code of the site. */
    private static final Pattern TREND =
            Pattern.compile("-\\d{1,18}(\\.\\d{1,18})?|\\+?\\d{1,18}\\.\\d{1,18}|\\+?[01]");

    private static final String SEPARATORS = "|/·•:;,.()[]%*\u00a0";
    private static final Pattern NO_DIGITS = Pattern.compile("\\D+");
    private static final Pattern NEGATIVE = Pattern.compile("[-\u2212]\\s*\\d.*");

    private MarkupSign() {}

    /** An arrow, {@link StripCharacters#UNKNOWN_SIGN} if what the element states is not certain, or 0. */
    static char of(Element element) {
        int stated = element.normalName().indexOf('-') > 0 ? ofName(element.normalName()) : 0;
        for (Attribute attribute : element.attributes()) {
            String name = attribute.getKey().toLowerCase(Locale.ROOT);
            if (attribute.getValue().length() <= MAX_LENGTH && !name.startsWith("on")) {
                stated = combine(stated, ofAttribute(name, attribute.getValue().strip(), element));
            }
        }
        return sign(stated == 0 && PlainMarkup.isRed(element) ? UNKNOWN : stated);
    }

    /** The sign of a drawing: its own, or that of a part of it. */
    static char ofDrawing(Element drawing) {
        char own = of(drawing);
        if (StripCharacters.arrow(own) != 0) {
            return own;
        }
        for (Element part : drawing.children()) {
            char sign = part.nameIs("title") ? ofText(part.text()) : of(part);
            if (StripCharacters.arrow(sign) != 0) {
                return sign;
            }
        }
        return own;
    }

    /** The sign that a visible text without digits shows: a minus, an arrow, a word, or a character of an icon font. */
    static char ofShown(String text) {
        char only = text.length() == 1 ? text.charAt(0) : 0;
        char sign = only != 0 && StripCharacters.sign(only) != 0 ? sign(StripCharacters.sign(only)) : ofText(text);
        boolean glyph = text.chars().noneMatch(Character::isLetter)
                && text.chars().anyMatch(c -> !Character.isWhitespace(c) && SEPARATORS.indexOf(c) < 0);
        return sign == 0 && glyph ? StripCharacters.UNKNOWN_SIGN : sign;
    }

    /** The first sign before a number, as an arrow; 0 if all numbers are without a sign. */
    static char ofPrinted(String words) {
        char sign = 0;
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (StripCharacters.arrow(c) != 0 || StripCharacters.sign(c) != 0) {
                sign = StripCharacters.arrow(c) + StripCharacters.sign(c) > 0
                        ? StripCharacters.UP
                        : StripCharacters.DOWN;
                if (StripCharacters.arrow(c) != 0) {
                    return sign;
                }
            } else if (StripCharacters.digit(c) && sign != 0) {
                return sign;
            } else if (Character.isLetter(c)) {
                sign = 0;
            }
        }
        return 0;
    }

    /** Whether a text is nothing but signs and arrows. */
    static boolean isAlone(String text) {
        String words = text.strip();
        return !words.isEmpty()
                && words.chars()
                        .mapToObj(c -> (char) c)
                        .allMatch(c -> c == StripCharacters.UNKNOWN_SIGN
                                || StripCharacters.gap(c)
                                || StripCharacters.sign(c) != 0
                                || StripCharacters.arrow(c) != 0);
    }

    /** The sign in a text for screen readers, such as "turun"; 0 if there is none. */
    static char ofText(String text) {
        int direction = text.length() > MAX_LENGTH ? 0 : ofWords(text);
        if (direction == 0 || direction == UNKNOWN) {
            for (int i = 0; i < Math.min(text.length(), MAX_LENGTH); i++) {
                if (StripCharacters.arrow(text.charAt(i)) != 0) {
                    return text.charAt(i);
                }
            }
            return 0;
        }
        return sign(direction);
    }

    /** The sign in the name of an icon, such as "arrow_drop_down"; 0 if there is none. */
    static char ofIcon(String name) {
        return name.length() > MAX_LENGTH ? 0 : sign(ofName(name));
    }

    private static char sign(int stated) {
        return stated == 0
                ? 0
                : stated == UNKNOWN
                        ? StripCharacters.UNKNOWN_SIGN
                        : stated > 0 ? StripCharacters.UP : StripCharacters.DOWN;
    }

    private static int ofAttribute(String name, String value, Element element) {
        if (value.length() == 1
                && StripCharacters.sign(value.charAt(0)) + StripCharacters.arrow(value.charAt(0)) != 0) {
            return StripCharacters.sign(value.charAt(0)) + StripCharacters.arrow(value.charAt(0));
        }
        if (name.equals("class")) {
            return ofClasses(value);
        }
        if (TEXTS.contains(name)) {
            return ofWords(value);
        }
        if (FILES.contains(name)) {
            return element.nameIs("a") ? 0 : ofName(value.substring(value.lastIndexOf('/') + 1));
        }
        if (name.equals("style") || anyOf(BEHAVIOUR, name)) {
            return 0;
        }
        int named = ofName(name);
        if (named != 0) {
            String stated = value.toLowerCase(Locale.ROOT);
            return TRUE.contains(stated) ? named : named < 0 && FALSE.contains(stated) ? 0 : UNKNOWN;
        }
        return isNegative(value, element) ? -1 : ofValue(name, value);
    }

    private static int ofClasses(String value) {
        int stated = 0;
        for (String one : value.split("\\s+")) {
            stated = combine(stated, ofName(one));
        }
        return stated == 0 && anyOf(REDS, value) ? UNKNOWN : stated;
    }

    private static int ofValue(String name, String value) {
        if (anyOf(CHANGES, name) && NEGATIVE.matcher(value).matches()) {
            return -1;
        }
        if (!anyOf(TRENDS, name) || FLAT.contains(value)) {
            return ofName(value);
        }
        int direction = ofWords(value);
        return TREND.matcher(value).matches() ? new BigDecimal(value).signum() : direction == 0 ? UNKNOWN : direction;
    }

    private static int combine(int before, int now) {
        return now == 0 || before == now ? before : before == 0 ? now : UNKNOWN;
    }

    /** The direction in a text of words. */
    private static int ofWords(String text) {
        List<String> parts = parts(text);
        return parts.stream().anyMatch(CONTROLS::contains) ? 0 : direction(parts);
    }

    /** The direction in a name of one or more words, which must all be about numbers. */
    private static int ofName(String name) {
        List<String> parts = parts(name);
        boolean plain = parts.stream()
                .allMatch(part -> part.isEmpty() || UP.contains(part) || DOWN.contains(part) || BESIDE.contains(part));
        boolean menu = parts.contains("drop") && !parts.contains("arrow");
        return plain && !menu ? direction(parts) : 0;
    }

    private static int direction(List<String> parts) {
        boolean up = parts.stream().anyMatch(UP::contains);
        boolean down = parts.stream().anyMatch(DOWN::contains);
        return up && down ? UNKNOWN : up ? 1 : down ? -1 : 0;
    }

    /** Whether an attribute has the number of its element with a minus, as in {@code data-value="-6.59"}. */
    private static boolean isNegative(String value, Element element) {
        String digits = NO_DIGITS.matcher(value).replaceAll("");
        return digits.length() > 1
                && NEGATIVE.matcher(value).matches()
                && NO_DIGITS.matcher(element.ownText()).replaceAll("").startsWith(digits);
    }

    /** Whether all values of an attribute have a meaning here. */
    static boolean isUnderstood(String name) {
        return ofName(name) != 0 || anyOf(TRENDS, name) || anyOf(BEHAVIOUR, name) || TEXTS.contains(name);
    }

    private static boolean anyOf(Set<String> words, String text) {
        return parts(text).stream().anyMatch(words::contains);
    }

    static List<String> parts(String text) {
        return Arrays.stream(PARTS.split(text))
                .map(part -> part.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Set<String> words(String words) {
        return Set.copyOf(List.of(words.split(" ")));
    }
}
