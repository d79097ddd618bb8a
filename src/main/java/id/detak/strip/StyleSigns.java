package id.detak.strip;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * Decides whether a style sheet may show a sign at an element: some of its markup is not plain. It shows none if the
 * same markup stands at a number whose sign is certain, or if the page prints the minus of its falls, too.
 */
final class StyleSigns {

    private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\d.,:/])\\d(?!\\d?[:.]\\d\\d WIB)");
    private static final int MAX_ELEMENTS = 20_000;
    /** No item has more elements. */
    private static final int MAX_PARTS = 200;

    private final List<Element> roots;
    private final ToIntFunction<String> direction;
    private final Predicate<String> label;
    private final ParseBudget budget;
    private Set<String> signless;
    private boolean printsSigns;
    /** The elements around falls that print their sign, and around rises. */
    private final Set<Element> withFalls = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<Element> withRises = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param direction of a text that is a quote, if it is certain; else 0
     * @param label whether a text is a known label
     */
    StyleSigns(List<Element> roots, ToIntFunction<String> direction, Predicate<String> label, ParseBudget budget) {
        this.roots = roots;
        this.direction = direction;
        this.label = label;
        this.budget = budget;
    }

    /** Whether the style of an element may show the sign of a number. */
    boolean mayShow(Element element) {
        List<String> unknown = unknown(element);
        if (unknown.isEmpty()) {
            return false;
        }
        compareOnce();
        return !printsSigns && !signless.containsAll(unknown);
    }

    /**
     * Whether the sign that an element around several items states, or its colour, says something about one of them. It
     * does not if it has items of both directions. Beside a fall that prints its sign, others without a sign rose; a
     * colour does not mean a fall around an item that certainly rose.
     */
    boolean mayConcernItems(Element group, char stated) {
        compareOnce();
        boolean falls = withFalls.contains(group);
        boolean rises = withRises.contains(group);
        return stated == StripCharacters.UNKNOWN_SIGN
                ? !falls && !rises
                : stated == StripCharacters.DOWN ? !falls || !rises : !falls;
    }

    private void compareOnce() {
        if (signless == null) {
            compare();
        }
    }

    static boolean hasNumber(String words) {
        return NUMBER.matcher(words).find();
    }

    private List<String> unknown(Element element) {
        return PlainMarkup.doubts(element, label);
    }

    /** Compares the styles of the numbers whose sign is certain with those of the others. */
    private void compare() {
        signless = new HashSet<>();
        Set<String> ofFalls = new HashSet<>();
        Set<String> ofOthers = new HashSet<>();
        int seen = 0;
        for (Element root : roots) {
            for (Element element : root.stream().toList()) {
                budget.check();
                if (++seen > MAX_ELEMENTS) {
                    return;
                }
                compare(element, ofFalls, ofOthers);
            }
        }
        ofFalls.removeAll(ofOthers);
        printsSigns = !ofFalls.isEmpty();
    }

    private static void markAround(Element item, Set<Element> marked) {
        for (Element at = item.parent(); at != null && marked.add(at); at = at.parent()) {}
    }

    private void compare(Element element, Set<String> ofFalls, Set<String> ofOthers) {
        Optional<String> words = ElementText.gather(element).filter(StyleSigns::hasNumber);
        if (words.isEmpty() || words.get().indexOf('%') != words.get().lastIndexOf('%')) {
            return;
        }
        char printed = MarkupSign.ofPrinted(words.get());
        boolean item = words.get().indexOf('%') >= 0;
        int certain = item ? direction.applyAsInt(words.get()) : 0;
        if (certain != 0) {
            markAround(element, certain < 0 ? withFalls : withRises);
        }
        if (item && (printed != 0 || certain > 0)) {
            element.stream()
                    .limit(MAX_PARTS)
                    // a script may draw something else at a fall
                    .filter(part -> printed != 0 || !Visibility.isDrawing(part))
                    .forEach(part -> signless.addAll(unknown(part)));
        }
        if (element.childrenSize() == 0) {
            (printed == StripCharacters.DOWN ? ofFalls : ofOthers).addAll(unknown(element));
        }
    }
}
