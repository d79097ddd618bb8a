package id.detak.strip;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * Distinguishes what a page shows from what it hides: copies for screen readers, templates, elements that are switched
 * off.
 */
final class Visibility {

    private static final Set<String> INVISIBLE = Set.of(
            "script",
            "style",
            "template",
            "noscript",
            "textarea",
            "title",
            "head",
            "select",
            "datalist",
            "audio",
            "noframes");
    /** The text in them is shown only where the drawing cannot be. */
    private static final Set<String> DRAWINGS = Set.of("svg", "canvas", "object", "embed", "iframe", "video");

    private static final Set<String> FOR_SCREEN_READERS =
            Set.of("sr-only", "visually-hidden", "screen-reader-text", "visuallyhidden");
    private static final Set<String> TOOLTIPS = Set.of("tooltiptext", "tooltip-text", "tooltip-content");
    private static final Set<String> HIDING_CLASSES = Set.of("d-none", "hidden", "hide", "is-hidden", "invisible");
    /** On a larger screen, or when a script says so. */
    private static final Pattern SHOWING_CLASS = Pattern.compile("d-(?:sm|md|lg|xl|xxl|print)-.*"
            + "|\\w+:(?:block|flex|flow-root|grid|inline|list-item|contents|table|visible).*"
            + "|visible-.*|show-.*|show|active");

    /** A class that shows an element on screens of a size, and does nothing else. */
    private static final Pattern DISPLAY_CLASS = Pattern.compile("(?:d-(?:sm|md|lg|xl|xxl)-|(?:sm|md|lg|xl|2xl):)"
            + "(?:none|hidden|block|flex|flow-root|grid|contents|list-item|inline(?:-block|-flex|-grid)?"
            + "|table(?:-row|-cell)?)");

    private static final Pattern HIDING =
            Pattern.compile("display\\s*:\\s*none|visibility\\s*:\\s*(?:hidden|collapse)");
    /** An item has no more elements beside each other. */
    private static final int MAX_PARTS = 20;

    private Visibility() {}

    /** Whether an element is not shown, or is a copy of what is. */
    static boolean isHidden(Element element) {
        return isHiddenFromAll(element)
                || isForScreenReaders(element)
                || isHiddenFromScreenReaders(element) && !showsTheOnlyNumber(element);
    }

    static boolean isHiddenFromAll(Element element) {
        return isHiddenByClass(element) || isHiddenOtherwise(element);
    }

    /** Whether nothing but a usual class hides an element. */
    static boolean isHiddenOnlyByClass(Element element) {
        return isHiddenByClass(element)
                && !isHiddenOtherwise(element)
                && !isForScreenReaders(element)
                && !isHiddenFromScreenReaders(element);
    }

    private static boolean isHiddenOtherwise(Element element) {
        return INVISIBLE.contains(element.normalName())
                || element.hasAttr("hidden")
                || element.attr("type").equalsIgnoreCase("hidden")
                || isTooltip(element)
                || element.hasAttr("style")
                        && HIDING.matcher(element.attr("style").toLowerCase(Locale.ROOT))
                                .find();
    }

    private static boolean isTooltip(Element element) {
        return element.attr("role").equals("tooltip") || TOOLTIPS.stream().anyMatch(element::hasClass);
    }

    /**
     * Whether a usual class hides an element at every size of the screen. Only of one that is no larger than an item: a
     * script may show a hidden list, and its numbers are compared with those of its copy.
     */
    static boolean isHiddenByClass(Element element) {
        return HIDING_CLASSES.stream().anyMatch(element::hasClass)
                && element.classNames().stream()
                        .noneMatch(name -> SHOWING_CLASS.matcher(name).matches())
                && ElementText.gather(element)
                        .filter(words -> words.indexOf('%') == words.lastIndexOf('%'))
                        .isPresent();
    }

    /** Whether a class only shows or hides elements, so that it states no sign. */
    static boolean isDisplayClass(String name) {
        return HIDING_CLASSES.contains(name) || DISPLAY_CLASS.matcher(name).matches();
    }

    static boolean isHiddenFromScreenReaders(Element element) {
        return element.attr("aria-hidden").equalsIgnoreCase("true");
    }

    static boolean isForScreenReaders(Element element) {
        return FOR_SCREEN_READERS.stream().anyMatch(element::hasClass);
    }

    static boolean isDrawing(Element element) {
        return DRAWINGS.contains(element.normalName());
    }

    /** Whether the text in an element is not shown as text. */
    static boolean isWithoutText(Element element) {
        return INVISIBLE.contains(element.normalName()) || isDrawing(element);
    }

    /** Whether an element has a text for screen readers beside it, in an item of few parts. */
    static boolean isBesideTextForScreenReaders(Element element) {
        Element item = element.parent();
        return item != null
                && item.childrenSize() <= MAX_PARTS
                && item.children().stream().anyMatch(Visibility::isForScreenReaders);
    }

    /**
     * Whether an element that screen readers skip is not a copy: it has a number, and what stands beside it has none,
     * or only a text for screen readers.
     */
    private static boolean showsTheOnlyNumber(Element element) {
        Element item = element.parent();
        return item != null
                && !item.nameIs("body")
                && item.childrenSize() <= MAX_PARTS
                && hasNumber(element)
                && !StyleSigns.hasNumber(item.ownText())
                && item.children().stream().noneMatch(other -> other != element && showsNumber(other));
    }

    private static boolean showsNumber(Element other) {
        return !isHiddenFromAll(other)
                && !isForScreenReaders(other)
                && (ElementText.gather(other).isEmpty() || hasNumber(other));
    }

    private static boolean hasNumber(Element element) {
        return ElementText.gather(element).filter(StyleSigns::hasNumber).isPresent();
    }
}
