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
 * Reads the sign that an element gives to its numbers without printing it: by a class, an icon, a text for screen
 * readers. A sign that is shown but cannot be read is unknown, so that a fall is never taken for a rise.
 */
final class MarkupSign {

    private static final int MAX_LENGTH = 200;
    private static final Set<String> UP = Set.of(
            "up",
            "naik",
            "menguat",
            "meningkat",
            "positive",
            "positif",
            "pos",
            "plus",
            "gain",
            "gains",
            "gainer",
            "increase",
            "increased",
            "rise",
            "rising",
            "bull",
            "bullish",
            "advance",
            "advancing",
            "higher",
            "melonjak",
            "kenaikan",
            "penguatan",
            "untung");
    private static final Set<String> DOWN = Set.of(
            "down",
            "turun",
            "melemah",
            "menurun",
            "negative",
            "negatif",
            "neg",
            "dn",
            "dwn",
            "minus",
            "loss",
            "losses",
            "loser",
            "decrease",
            "decreased",
            "fall",
            "falling",
            "bear",
            "bearish",
            "decline",
            "declining",
            "lower",
            "merosot",
            "jatuh",
            "ambles",
            "terkoreksi",
            "penurunan",
            "pelemahan",
            "rugi",
            "anjlok");
    /** What these say about a direction is about a menu or an animation, not about a number. */
    private static final Set<String> CONTROLS = Set.of(
            "drop",
            "dropdown",
            "dropup",
            "pull",
            "scroll",
            "pop",
            "popup",
            "slide",
            "slideup",
            "slidedown",
            "sign",
            "back",
            "count",
            "mark",
            "markup",
            "set",
            "fade",
            "roll",
            "step",
            "toggle",
            "menu",
            "collapse",
            "page",
            "float");

    private static final Set<String> DIRECTIONS =
            Set.of("trend", "direction", "dir", "change", "state", "status", "type");
    /** Attributes of these names say where a number moved, with a word or a number below or above zero. */
    private static final Set<String> TRENDS =
            Set.of("trend", "tren", "direction", "dir", "arah", "sign", "movement", "move", "arrow");

    private static final Set<String> RED = Set.of("red", "danger", "merah", "crimson", "firebrick");
    private static final Set<String> SHAPES = Set.of(
            "arrow",
            "arrows",
            "caret",
            "icon",
            "ico",
            "trend",
            "trending",
            "triangle",
            "panah",
            "chevron",
            "glyphicon");
    private static final Set<String> ICONS = Set.of("i", "img", "svg", "use", "path", "em", "b", "span");
    private static final Pattern PARTS = Pattern.compile("[^\\p{L}\\d]+|(?<=\\p{Ll})(?=\\p{Lu})");
    private static final Pattern RED_STYLE = Pattern.compile(
            "(?<![\\w-])color\\s*:\\s*(?:red|crimson|firebrick|darkred|#f00|#ff0000|#[c-f][0-9a-f]?[0-4][0-9a-f]?[0-4][0-9a-f]?(?![0-9a-f])|rgba?\\(\\s*2\\d\\d\\s*,\\s*\\d?\\d\\s*,\\s*\\d?\\d)");
    private static final Pattern ANY_COLOUR =
            Pattern.compile("(?<![\\w-])(?:background-)?color\\s*:\\s*(?!green|#0[0-9a-f]{2}|inherit)");
    /** A number below zero, with decimals, or 1. Another one may be a code of the site. */
    private static final Pattern TREND =
            Pattern.compile("-\\d{1,18}(\\.\\d{1,18})?|\\+?\\d{1,18}\\.\\d{1,18}|\\+?[01]");

    private static final Set<String> COLOURS = Set.of("color", "colour", "warna");
    private static final Pattern NO_DIGITS = Pattern.compile("\\D+");
    private static final Pattern NEGATIVE = Pattern.compile("[-\u2212]\\s*\\d.*");

    private MarkupSign() {}

    /** An arrow, {@link StripCharacters#UNKNOWN_SIGN}, or 0 if the element shows no sign. */
    static char of(Element element) {
        int direction = element.normalName().indexOf('-') > 0 ? direction(element.normalName()) : 0;
        boolean unknown = false;
        for (Attribute attribute : element.attributes()) {
            String name = attribute.getKey().toLowerCase(Locale.ROOT);
            String value = attribute.getValue();
            if (value.length() > MAX_LENGTH) {
                continue;
            }
            direction = combine(direction, ofSign(value.strip()));
            switch (name) {
                case "class" -> {
                    for (String one : value.split("\\s+")) {
                        direction = combine(direction, direction(one));
                        unknown |= anyOf(RED, one);
                    }
                }
                case "alt", "aria-label", "title", "aria-description" ->
                    direction = combine(direction, direction(value));
                case "src", "href", "xlink:href" ->
                    direction = element.nameIs("a")
                            ? direction
                            : combine(direction, direction(value.substring(value.lastIndexOf('/') + 1)));
                case "style" ->
                    unknown |= RED_STYLE.matcher(value.toLowerCase(Locale.ROOT)).find()
                            || element.nameIs("font")
                                    && ANY_COLOUR
                                            .matcher(value.toLowerCase(Locale.ROOT))
                                            .find();
                case "color" ->
                    unknown |=
                            anyOf(RED, value) || value.toLowerCase(Locale.ROOT).startsWith("#f");
                default -> {
                    if (value.isEmpty()) {
                        direction = combine(direction, direction(name));
                    } else if (name.startsWith("data-") || DIRECTIONS.contains(name) || name.equals("value")) {
                        unknown |= anyOf(COLOURS, name) && anyOf(RED, value);
                        int stated = isNegative(value, element) ? -1 : ofData(name, value);
                        direction = combine(direction, stated);
                        unknown |= stated == 0 && name.startsWith("data-") && anyOf(TRENDS, name) && !isZero(value);
                    }
                }
            }
        }
        if (direction == BOTH) {
            return StripCharacters.UNKNOWN_SIGN;
        }
        if (direction != 0) {
            return direction > 0 ? StripCharacters.UP : StripCharacters.DOWN;
        }
        return unknown || icon(element) ? StripCharacters.UNKNOWN_SIGN : 0;
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

    /** The sign in a text for screen readers, such as "turun"; 0 if there is none. */
    static char ofText(String text) {
        int direction = text.length() > MAX_LENGTH ? 0 : direction(text);
        if (direction == 0 || direction == BOTH) {
            for (int i = 0; i < Math.min(text.length(), MAX_LENGTH); i++) {
                if (StripCharacters.arrow(text.charAt(i)) != 0) {
                    return text.charAt(i);
                }
            }
            return 0;
        }
        return direction > 0 ? StripCharacters.UP : StripCharacters.DOWN;
    }

    private static final int BOTH = 2;

    private static int combine(int before, int now) {
        return now == 0 || before == now ? before : before == 0 ? now : BOTH;
    }

    private static int direction(String words) {
        List<String> parts = parts(words);
        if (parts.stream().anyMatch(CONTROLS::contains)) {
            return 0;
        }
        boolean up = parts.stream().anyMatch(UP::contains);
        boolean down = parts.stream().anyMatch(DOWN::contains);
        return up && down ? BOTH : up ? 1 : down ? -1 : 0;
    }

    private static int ofData(String name, String value) {
        if (anyOf(Set.of("change", "chg", "delta", "diff", "percent", "pct", "perubahan"), name)) {
            return NEGATIVE.matcher(value.strip()).matches() ? -1 : direction(value);
        }
        if (anyOf(TRENDS, name) && TREND.matcher(value.strip()).matches()) {
            return new BigDecimal(value.strip()).signum();
        }
        return anyOf(Set.of("toggle", "target", "placement", "action", "aos", "animation", "animate"), name)
                ? 0
                : direction(value);
    }

    /** Whether an attribute has the number of its element with a minus, as in {@code data-value="-6.59"}. */
    private static boolean isNegative(String value, Element element) {
        String digits = NO_DIGITS.matcher(value).replaceAll("");
        return digits.length() > 1
                && NEGATIVE.matcher(value.strip()).matches()
                && NO_DIGITS.matcher(element.ownText()).replaceAll("").startsWith(digits);
    }

    /** The direction of a sign or arrow that is a whole value, as for a style sheet that shows attributes. */
    private static int ofSign(String value) {
        return value.length() == 1 ? StripCharacters.sign(value.charAt(0)) + StripCharacters.arrow(value.charAt(0)) : 0;
    }

    private static boolean isZero(String value) {
        return Set.of("0", "flat", "neutral", "netral", "none", "equal", "tetap", "same")
                .contains(value.strip());
    }

    /** An empty element that shows an arrow, or a picture, whose direction only the style sheet knows. */
    private static boolean icon(Element element) {
        if (!ICONS.contains(element.normalName()) || element.hasText()) {
            return false;
        }
        return switch (element.normalName()) {
            case "img", "svg" -> true;
            case "i" -> element.attributesSize() > 0;
            default -> anyOf(SHAPES, element.className());
        };
    }

    private static boolean anyOf(Set<String> words, String text) {
        return parts(text).stream().anyMatch(words::contains);
    }

    private static List<String> parts(String text) {
        return Arrays.stream(PARTS.split(text))
                .map(part -> part.toLowerCase(Locale.ROOT))
                .toList();
    }
}
