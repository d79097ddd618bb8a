package id.detak.strip;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
    private final Predicate<String> surelyRise;
    private final Predicate<String> label;
    private final ParseBudget budget;
    private Set<String> signless;
    private boolean printsSigns;

    /**
     * @param surelyRise whether a text is a quote whose numbers agree only if they rose
     * @param label whether a text is a known label
     */
    StyleSigns(List<Element> roots, Predicate<String> surelyRise, Predicate<String> label, ParseBudget budget) {
        this.roots = roots;
        this.surelyRise = surelyRise;
        this.label = label;
        this.budget = budget;
    }

    /** Whether the style of an element may show the sign of a number. */
    boolean mayShow(Element element) {
        List<String> unknown = unknown(element);
        if (unknown.isEmpty()) {
            return false;
        }
        if (signless == null) {
            compare();
        }
        return !printsSigns && !signless.containsAll(unknown);
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

    private void compare(Element element, Set<String> ofFalls, Set<String> ofOthers) {
        Optional<String> words = HtmlReader.gather(element).filter(StyleSigns::hasNumber);
        if (words.isEmpty() || words.get().indexOf('%') != words.get().lastIndexOf('%')) {
            return;
        }
        char printed = HtmlReader.printedSign(words.get());
        boolean item = words.get().indexOf('%') >= 0;
        if (item && (printed != 0 || surelyRise.test(words.get()))) {
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
