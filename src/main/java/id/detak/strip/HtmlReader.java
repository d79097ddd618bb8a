package id.detak.strip;

import id.detak.strip.PageText.Soft;
import id.detak.strip.PageText.Zone;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * Writes what a document shows as text in the notation of a strip: items get a bullet, signs that only the markup
 * states get an arrow, numbers that are split over elements become one, tables are put into the order of a strip.
 */
final class HtmlReader implements NodeFilter {

    /** Marks the end of the page within the document. */
    static final char END = '\uE000';

    private static final Set<String> FORMATS = Set.of(
            "b", "strong", "i", "em", "u", "font", "small", "big", "mark", "tt", "code", "abbr", "bdi", "bdo", "ins");
    private static final Set<String> LISTS = Set.of("ul", "ol", "dl", "menu");
    private static final Set<String> STRUCK = Set.of("del", "s", "strike");
    private static final Set<String> EDGES = Set.of("header", "footer", "nav", "aside");
    private static final Set<String> NO_RECORDS = Set.of("p", "h1", "h2", "h3", "h4", "li", "br", "article", "main");
    private static final Set<String> HEADINGS = Set.of("h2", "h3", "h4", "h5", "h6");
    /** Classes of a font that shows the name of an icon as its picture. */
    private static final Pattern ICON_FONT =
            Pattern.compile("(?i)(?:^|[\\s_-])(?:icons?|material[_-]symbols)(?:$|[\\s_-])");

    /** No ticker has more items. */
    private static final int MAX_TURNS = 50;

    private static final Pattern ICON_NAME = Pattern.compile("[a-z][a-z_]{0,60}");

    private final PageText.Builder text;
    private final Predicate<String> quote;
    private final Predicate<String> label;
    private final StyleSigns styles;
    private final ParseBudget budget;
    private final Set<Node> records = identitySet();
    private boolean inCell;

    /** The depth of list items and other elements that hold one quote. */
    private int openItems;

    private int openQuotes;
    /** Elements around several quotes that may state a sign for all of them. */
    private int doubtfulGroups;

    private Element currentList;

    private final Set<Node> quotes = identitySet();
    private final Set<Node> groups = identitySet();
    private final Deque<Scope> scopes = new ArrayDeque<>();

    private static Set<Node> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** An element that sets the zone of its text. */
    private static final class Scope {
        private final Element element;
        private Zone zone;

        private Scope(Element element, Zone zone) {
            this.element = element;
            this.zone = zone;
        }
    }

    private HtmlReader(
            PageText.Builder text,
            Predicate<String> quote,
            Predicate<String> label,
            StyleSigns styles,
            ParseBudget budget) {
        this.styles = styles;
        this.budget = budget;
        this.text = text;
        this.quote = quote;
        this.label = label;
    }

    /**
     * Reads the elements one after the other.
     *
     * @param quote whether a text is a whole quote
     * @param label whether a text is a known label
     */
    static PageText read(
            List<Element> roots,
            Zone zone,
            Predicate<String> quote,
            Predicate<String> label,
            StyleSigns styles,
            ParseBudget budget) {
        PageText.Builder text = new PageText.Builder(true);
        text.zone(zone);
        for (Element root : roots) {
            HtmlReader reader = new HtmlReader(text, quote, label, styles, budget);
            reader.scopes.push(new Scope(null, zone));
            NodeTraversor.filter(reader, root);
            text.end();
        }
        return text.build();
    }

    @Override
    public FilterResult head(Node node, int depth) {
        budget.check();
        if (node instanceof TextNode words) {
            add(words.getWholeText());
        } else if (node instanceof Element element) {
            return begin(element);
        }
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element) {
            end(element);
        }
        return FilterResult.CONTINUE;
    }

    private void add(String shown) {
        String words = shown.replace(StripCharacters.STRUCK, StripCharacters.UNKNOWN_SIGN);
        int end = words.indexOf(END);
        text.add(end < 0 ? words : words.substring(0, end));
        if (end >= 0) {
            text.open();
        }
    }

    private FilterResult begin(Element element) {
        String name = element.normalName();
        if (Visibility.isHidden(element) && !showsTheLabel(element) && !isTurnOfTicker(element)) {
            hidden(element);
            return FilterResult.SKIP_ENTIRELY;
        }
        if (name.equals("table") && table(element)) {
            return FilterResult.SKIP_ENTIRELY;
        }
        separate(element, name, true);
        zone(element, name);
        if (scopes.peek().zone != Zone.EDGE && ArticleMarkup.isProse(element)) {
            text.prose();
        }
        if (name.equals("h1")) {
            text.title();
        } else if (HEADINGS.contains(name)) {
            text.heading();
        }
        findRecords(element, name);
        if (name.equals("li") || records.contains(element)) {
            if (openItems == 0 && element.parent() != null) {
                list(element.parent());
            }
            text.item();
            openItems++;
            if (doubtfulGroups > 0) {
                text.mark(StripCharacters.UNKNOWN_SIGN);
            }
        }
        if (quotes.contains(element)) {
            openQuotes++;
        }
        if (STRUCK.contains(name)) {
            text.mark(StripCharacters.STRUCK);
        }
        if (isIcon(element)) {
            char sign = MarkupSign.ofIcon(element.text());
            mark(sign != 0 ? sign : StripCharacters.UNKNOWN_SIGN);
            return FilterResult.SKIP_CHILDREN;
        }
        if (isInItem() && (label.test(text.line()) || isWord(text.line())) && PlainMarkup.isMissingValue(element)) {
            text.mark(StripCharacters.REFUSED);
        }
        sign(element, name);
        return Visibility.isDrawing(element) ? FilterResult.SKIP_ENTIRELY : FilterResult.CONTINUE;
    }

    private static boolean isWord(String line) {
        return line.chars().anyMatch(Character::isLetter) && !StripCharacters.hasDigit(line);
    }

    /** Marks the beginning of a list. Its items are in the same place, too. */
    private void list(Element list) {
        if (list != currentList) {
            currentList = list;
            text.list(ListPlace.of(list));
        }
    }

    private static boolean isIcon(Element element) {
        return ICON_FONT.matcher(element.className()).find()
                && ICON_NAME.matcher(element.text()).matches();
    }

    private void end(Element element) {
        String name = element.normalName();
        if (STRUCK.contains(name)) {
            text.mark(StripCharacters.STRUCK);
        }
        separate(element, name, false);
        openQuotes -= quotes.remove(element) ? 1 : 0;
        doubtfulGroups -= groups.remove(element) ? 1 : 0;
        boolean record = records.remove(element);
        if (name.equals("li") || record) {
            text.end();
            openItems--;
        }
        boolean listEnds = LISTS.contains(name) || record && element.nextElementSibling() == null;
        if (listEnds && openItems == 0) {
            text.section(); // a list within an item is a group of the outer list
        }
        if (scopes.peek().element == element) {
            scopes.pop();
            text.zone(scopes.peek().zone);
        }
    }

    private void separate(Element element, String name, boolean start) {
        if (name.equals("wbr")) {
            text.soft(Soft.BREAK_OPPORTUNITY);
        } else if (name.equals("br") || element.isBlock()) {
            text.boundary();
        } else if (start && (name.equals("sup") || name.equals("sub"))) {
            text.soft(Soft.RAISED);
        } else {
            text.soft(FORMATS.contains(name) || name.equals("sup") || name.equals("sub") ? Soft.FORMAT : Soft.ELEMENT);
        }
    }

    private void zone(Element element, String name) {
        Zone outer = scopes.peek().zone;
        if (outer == Zone.ARTICLE) {
            return;
        }
        if (name.equals("h1")) {
            scopes.stream()
                    .filter(scope -> scope.element != null && ArticleMarkup.isMain(scope.element))
                    .forEach(scope -> {
                        scope.zone = Zone.ARTICLE;
                        text.zone(Zone.ARTICLE);
                    });
        } else if (ArticleMarkup.isArticle(element)) {
            enter(element, Zone.ARTICLE);
        } else if (EDGES.contains(name)) {
            enter(element, Zone.EDGE);
        } else if (outer == Zone.PAGE
                && (name.equals("p") && text.hasProse() || ArticleMarkup.hasParagraphs(element, budget))) {
            enter(element, Zone.PROSE);
        } else if (ArticleMarkup.isMain(element)) {
            enter(element, outer);
        }
    }

    private void enter(Element element, Zone zone) {
        scopes.push(new Scope(element, zone));
        text.zone(zone);
    }

    /** Whether an element is a whole quote that a ticker shows in turn with the quotes beside it. */
    private boolean isTurnOfTicker(Element element) {
        Element list = element.parent();
        return Visibility.isHiddenOnlyByClass(element)
                && list != null
                && list.childrenSize() <= MAX_TURNS
                && ElementText.gather(element).filter(this::isQuote).isPresent()
                && list.children().stream().anyMatch(other -> isShownQuote(other, element))
                && list.children().stream()
                        .noneMatch(other -> isShownQuote(other, element) && sameLabel(other, element));
    }

    private boolean isShownQuote(Element other, Element element) {
        return other.nameIs(element.normalName())
                && !Visibility.isHidden(other)
                && ElementText.gather(other).filter(this::isQuote).isPresent();
    }

    private boolean isQuote(String words) {
        return mayBeQuote(words) && quote.test(words);
    }

    private static boolean sameLabel(Element one, Element other) {
        return firstWord(one).equals(firstWord(other));
    }

    private static String firstWord(Element element) {
        return ElementText.gather(element).orElse("").split("\\s", 2)[0];
    }

    /** Whether an element that screen readers skip has a label that stands beside it only for screen readers. */
    private boolean showsTheLabel(Element element) {
        return Visibility.isHiddenFromScreenReaders(element)
                && !Visibility.isHiddenFromAll(element)
                && ElementText.gather(element).filter(label).isPresent()
                && Visibility.isBesideTextForScreenReaders(element)
                && !label.test(text.line());
    }

    /** Reads the sign of an icon or of a text for screen readers. A hidden copy of a quote is skipped. */
    private void hidden(Element element) {
        if (Visibility.isForScreenReaders(element)) {
            mark(MarkupSign.ofText(ElementText.gather(element).orElse("")));
        } else if (Visibility.isHiddenFromScreenReaders(element) && !Visibility.isHiddenFromAll(element)) {
            String words = ElementText.gather(element).orElse("0");
            if (!StripCharacters.hasDigit(words)) {
                char sign = isIcon(element) ? MarkupSign.ofIcon(words) : MarkupSign.ofShown(words);
                char drawn = sign != 0 ? sign : MarkupSign.ofDrawing(element);
                mark(drawn == 0 && mayShow(element) ? StripCharacters.UNKNOWN_SIGN : drawn);
            }
        }
        if (Visibility.isHiddenByClass(element)) {
            if (statesSign(element)) {
                mark(StripCharacters.UNKNOWN_SIGN);
            } else if (label.test(text.line()) || isInItem() && endsWithUnknownLabel() && hasNumber(element)) {
                text.add(StripCharacters.EMPTY_CELL); // perhaps that of the value
            }
        }
        separate(element, element.normalName(), true);
    }

    private boolean endsWithUnknownLabel() {
        String line = text.line();
        return isWord(line) || !line.isEmpty() && line.indexOf(' ') < 0 && Character.isLetter(line.charAt(0));
    }

    private static boolean hasNumber(Element element) {
        return ElementText.gather(element).filter(StripCharacters::hasDigit).isPresent();
    }

    /** Whether a part of an item without numbers shows a sign, by its text or markup. */
    private static boolean statesSign(Element element) {
        String words = ElementText.gather(element).orElse("");
        return !StripCharacters.hasDigit(words)
                && (MarkupSign.ofShown(words) != 0 || MarkupSign.ofDrawing(element) != 0);
    }

    private boolean mayShow(Element element) {
        return element.stream().limit(ElementText.MAX_NODES).anyMatch(styles::mayShow);
    }

    private void sign(Element element, String name) {
        if (name.equals("body") || name.equals("html")) {
            return;
        }
        char stated = Visibility.isDrawing(element) ? MarkupSign.ofDrawing(element) : MarkupSign.of(element);
        char sign =
                stated == 0 && isPartOfItem(element) && styles.mayShow(element) ? StripCharacters.UNKNOWN_SIGN : stated;
        if (sign == 0) {
            return;
        }
        Optional<String> words = ElementText.gather(element);
        boolean several =
                words.isEmpty() || words.get().indexOf('%') != words.get().lastIndexOf('%');
        if (several || openItems == 0 && element.selectFirst("li, tr") != null) {
            if (stated != 0 && element.isBlock() && styles.mayConcernItems(element, stated)) {
                groups.add(element);
                doubtfulGroups++;
            }
            return;
        }
        char printed = MarkupSign.ofPrinted(words.get());
        boolean contradiction = printed != 0 && sign != StripCharacters.UNKNOWN_SIGN && printed != sign;
        if (printed == 0 || contradiction) {
            mark(sign);
        }
    }

    /** Outside of items, a block is more than a number. */
    private boolean isPartOfItem(Element element) {
        return !element.isBlock() || isInItem();
    }

    private boolean isInItem() {
        return openItems > 0 || openQuotes > 0 || inCell;
    }

    /** Adds a sign. Outside of items, one that is unknown matters only after a label or number. */
    private void mark(char sign) {
        if (sign != 0
                && (sign != StripCharacters.UNKNOWN_SIGN
                        || isInItem()
                        || text.endsWithNumber()
                        || label.test(text.line()))) {
            text.mark(sign);
        }
    }

    /** If a child of an element is a whole quote, all its siblings of that kind are items, too. */
    private void findRecords(Element element, String name) {
        boolean spoken = element.children().stream().anyMatch(Visibility::isForScreenReaders);
        if (LISTS.contains(name) || spoken) {
            return; // an item, with a copy for screen readers
        }
        Set<String> kinds = new HashSet<>();
        for (Element child : element.children()) {
            if (ElementText.gather(child)
                    .filter(HtmlReader::mayBeQuote)
                    .filter(quote)
                    .isPresent()) {
                quotes.add(child);
                if (!NO_RECORDS.contains(child.normalName()) && child.selectFirst("li, tr") == null) {
                    kinds.add(child.normalName());
                }
            }
        }
        if (!kinds.isEmpty() && element.childrenSize() > 1) {
            element.children().stream()
                    .filter(child -> kinds.contains(child.normalName()))
                    .forEach(records::add);
        }
    }

    private static boolean mayBeQuote(String words) {
        return words.indexOf('%') > 0 && !StripCharacters.digit(words.charAt(0));
    }

    /** Writes a table of quotes. Returns false for a table that only arranges the page. */
    private boolean table(Element table) {
        HtmlTable read = new HtmlTable(table, doubtfulGroups > 0, label, styles, budget);
        if (!read.isTable()) {
            return false;
        }
        text.end();
        list(table);
        read.items().writeTo(text, read.isOpen());
        return true;
    }

    /** The text of a cell. */
    static String cell(Element cell, Predicate<String> label, StyleSigns styles, ParseBudget budget) {
        PageText.Builder part = new PageText.Builder(true);
        HtmlReader reader = new HtmlReader(part, words -> false, label, styles, budget);
        reader.inCell = true;
        reader.scopes.push(new Scope(null, Zone.PAGE));
        reader.sign(cell, cell.normalName());
        for (Node child : cell.childNodes()) {
            NodeTraversor.filter(reader, child);
        }
        return part.build().text();
    }
}
