package id.detak.strip;

import id.detak.strip.PageText.Soft;
import id.detak.strip.PageText.Zone;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
    private static final Set<String> ROW_GROUPS = Set.of("thead", "tbody", "tfoot");
    private static final Set<String> STRUCK = Set.of("del", "s", "strike");
    private static final Set<String> EDGES = Set.of("header", "footer", "nav", "aside");
    private static final Set<String> NO_RECORDS = Set.of("p", "h1", "h2", "h3", "h4", "li", "br", "article", "main");
    private static final Set<String> PARAGRAPHS = Set.of("p", "blockquote", "figcaption", "h1", "h2", "h3");
    private static final Set<String> HEADINGS = Set.of("h2", "h3", "h4", "h5", "h6");
    private static final Set<String> NO_PARAGRAPHS = Set.of("a", "li", "button", "label", "small");
    private static final int MIN_PARAGRAPH = 40;
    private static final Set<String> DIALOGS = Set.of("dialog", "alertdialog", "alert");
    /** The number of elements around a sentence that may be its box. */
    private static final int MAX_NOTICE_DEPTH = 4;
    /** Classes of a font that shows the name of an icon as its picture. */
    private static final Pattern ICON_FONT =
            Pattern.compile("(?i)(?:^|[\\s_-])(?:icons?|material[_-]symbols)(?:$|[\\s_-])");

    private static final Pattern ICON_NAME = Pattern.compile("[a-z][a-z_]{0,60}");
    private static final Pattern ARTICLE = Pattern.compile("(?:^|[\\s_-])article(?:$|[\\s_-])|articleBody");

    /** No item is longer, or made of more nodes. */
    private static final int MAX_ITEM_LENGTH = 200;

    private static final int MAX_ITEM_NODES = 100;
    private static final int MAX_FIELDS = 20;
    /** A larger table is no strip. */
    private static final int MAX_CELLS = 2000;

    private static final int MAX_SPAN = 20;

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

    private void add(String words) {
        int end = words.indexOf(END);
        text.add(end < 0 ? words : words.substring(0, end));
        if (end >= 0) {
            text.open();
        }
    }

    private FilterResult begin(Element element) {
        String name = element.normalName();
        if (Visibility.isHidden(element) && !showsTheLabel(element)) {
            hidden(element);
            return FilterResult.SKIP_ENTIRELY;
        }
        if (name.equals("table") && table(element)) {
            return FilterResult.SKIP_ENTIRELY;
        }
        separate(element, name, true);
        zone(element, name);
        if (scopes.peek().zone != Zone.EDGE && isProse(element, name)) {
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
        if (isInItem() && (label.test(text.line()) || isWord(text.line())) && isMissingValue(element)) {
            text.mark(StripCharacters.REFUSED);
        }
        sign(element, name);
        return Visibility.isDrawing(element) ? FilterResult.SKIP_ENTIRELY : FilterResult.CONTINUE;
    }

    private static boolean isWord(String line) {
        return line.chars().anyMatch(Character::isLetter) && !StripCharacters.hasDigit(line);
    }

    /** Whether an element is empty where another item has a number, or by its name. */
    private static boolean isMissingValue(Element element) {
        if (PlainMarkup.isMissingValue(element)) {
            return true;
        }
        Element item = element.parent();
        if (element.childNodeSize() > 0 || item == null || item.childrenSize() > MAX_FIELDS) {
            return false;
        }
        int index = element.elementSiblingIndex();
        return Stream.of(
                        Optional.ofNullable(item.previousElementSibling()),
                        Optional.ofNullable(item.nextElementSibling()))
                .flatMap(Optional::stream)
                .filter(other -> other.childrenSize() == item.childrenSize())
                .map(other -> other.child(index))
                .anyMatch(field -> field.nameIs(element.normalName())
                        && gather(field).filter(StyleSigns::hasNumber).isPresent());
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
                    .filter(scope -> scope.element != null && isMain(scope.element))
                    .forEach(scope -> {
                        scope.zone = Zone.ARTICLE;
                        text.zone(Zone.ARTICLE);
                    });
        } else if (name.equals("article") || name.equals("blockquote") || isArticle(element)) {
            enter(element, Zone.ARTICLE);
        } else if (EDGES.contains(name)) {
            enter(element, Zone.EDGE);
        } else if (outer == Zone.PAGE && (name.equals("p") && text.hasProse() || hasParagraphs(element, name))) {
            enter(element, Zone.PROSE);
        } else if (isMain(element)) {
            enter(element, outer);
        }
    }

    /** Whether an element, other than the whole page, has a paragraph of prose, or several short ones, of its own. */
    private static boolean hasParagraphs(Element element, String name) {
        if (name.equals("body")) {
            return false;
        }
        int paragraphs = 0;
        for (Element child : element.children()) {
            if (child.nameIs("p") && !Visibility.isHidden(child) && !isInNotice(child)) {
                String words = beginning(child);
                if (Prose.isSentence(words)) {
                    return true;
                }
                paragraphs += Prose.isWords(words) && !Prose.isNotice(words) ? 1 : 0;
            }
        }
        return paragraphs > 1;
    }

    private void enter(Element element, Zone zone) {
        scopes.push(new Scope(element, zone));
        text.zone(zone);
    }

    private static boolean isMain(Element element) {
        return element.normalName().equals("main") || element.attr("role").equals("main");
    }

    private static boolean isArticle(Element element) {
        return !element.nameIs("body")
                && (ARTICLE.matcher(element.attr("itemprop")).find()
                        || element.attr("role").equals("article")
                        || ARTICLE.matcher(element.className()).find());
    }

    /** Whether an element that screen readers skip has a label that stands beside it only for screen readers. */
    private boolean showsTheLabel(Element element) {
        return Visibility.isHiddenFromScreenReaders(element)
                && !Visibility.isHiddenFromAll(element)
                && gather(element).filter(label).isPresent()
                && Visibility.isBesideTextForScreenReaders(element)
                && !label.test(text.line());
    }

    /** Reads the sign of an icon or of a text for screen readers. A hidden copy of a quote is skipped. */
    private void hidden(Element element) {
        if (Visibility.isForScreenReaders(element)) {
            mark(MarkupSign.ofText(gather(element).orElse("")));
        } else if (Visibility.isHiddenFromScreenReaders(element) && !Visibility.isHiddenFromAll(element)) {
            String words = gather(element).orElse("0");
            if (!StripCharacters.hasDigit(words)) {
                char sign = isIcon(element) ? MarkupSign.ofIcon(words) : MarkupSign.ofShown(words);
                char drawn = sign != 0 ? sign : MarkupSign.ofDrawing(element);
                mark(drawn == 0 && mayShow(element) ? StripCharacters.UNKNOWN_SIGN : drawn);
            }
        }
        separate(element, element.normalName(), true);
    }

    private boolean mayShow(Element element) {
        return element.stream().limit(MAX_ITEM_NODES).anyMatch(styles::mayShow);
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
        Optional<String> words = gather(element);
        boolean several =
                words.isEmpty() || words.get().indexOf('%') != words.get().lastIndexOf('%');
        if (several || openItems == 0 && element.selectFirst("li, tr") != null) {
            if (stated != 0 && element.isBlock() && styles.mayConcernItems(element, stated)) {
                groups.add(element);
                doubtfulGroups++;
            }
            return;
        }
        char printed = printedSign(words.get());
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

    /** The first sign before a number, as an arrow; 0 if all numbers are without a sign. */
    static char printedSign(String words) {
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

    /** If a child of an element is a whole quote, all its siblings of that kind are items, too. */
    private void findRecords(Element element, String name) {
        boolean spoken = element.children().stream().anyMatch(Visibility::isForScreenReaders);
        if (LISTS.contains(name) || spoken) {
            return; // an item, with a copy for screen readers
        }
        Set<String> kinds = new HashSet<>();
        for (Element child : element.children()) {
            if (gather(child).filter(HtmlReader::mayBeQuote).filter(quote).isPresent()) {
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

    /** The visible text of a small element; empty if it is too long for an item. */
    static Optional<String> gather(Element element) {
        StringBuilder words = new StringBuilder();
        Node node = element;
        for (int nodes = 0; node != null; nodes++) {
            if (nodes > MAX_ITEM_NODES || words.length() > MAX_ITEM_LENGTH) {
                return Optional.empty();
            }
            if (node instanceof TextNode part) {
                String text = part.getWholeText();
                if (text.length() > 2 * MAX_ITEM_LENGTH) {
                    return Optional.empty();
                }
                words.append(' ').append(text.strip());
            }
            boolean skip = node instanceof Element child && Visibility.isWithoutText(child);
            node = following(node, element, skip);
        }
        return Optional.of(words.toString().strip());
    }

    /** Whether an element is a paragraph or title of an article. A link or list item may be a headline in a menu. */
    private static boolean isProse(Element element, String name) {
        if (isInNotice(element)) {
            return false;
        }
        if (PARAGRAPHS.contains(name)) {
            return Prose.isSentence(beginning(element));
        }
        if (NO_PARAGRAPHS.contains(name)
                || element.parent() != null && element.parent().nameIs("a")) {
            return false;
        }
        int length = 0;
        for (Node child : element.childNodes()) {
            length += child instanceof TextNode words ? words.getWholeText().length() : 0;
        }
        return length >= MIN_PARAGRAPH && Prose.isParagraph(element.ownText());
    }

    /** Whether an element is in a small box that is no part of an article, such as a notice about cookies. */
    private static boolean isInNotice(Element element) {
        Element at = element;
        for (int depth = 0; at != null && depth < MAX_NOTICE_DEPTH; depth++) {
            boolean named = DIALOGS.contains(at.attr("role")) || Prose.isNotice(at.className() + " " + at.id());
            if (named && gather(at).isPresent()) {
                return true;
            }
            at = at.parent();
        }
        return false;
    }

    private static boolean hasProse(Element cell) {
        return cell.getAllElements().stream().anyMatch(part -> isProse(part, part.normalName()));
    }

    private static String beginning(Element element) {
        StringBuilder words = new StringBuilder();
        Node node = element;
        for (int nodes = 0; node != null && nodes < MAX_ITEM_NODES && words.length() < Prose.ENOUGH; nodes++) {
            if (node instanceof TextNode part) {
                String text = part.getWholeText();
                words.append(text, 0, Math.min(text.length(), Prose.ENOUGH));
            }
            boolean skip = node instanceof Element child && Visibility.isWithoutText(child);
            node = following(node, element, skip);
        }
        return words.toString();
    }

    private static Node following(Node node, Element root, boolean skipChildren) {
        if (!skipChildren && node.childNodeSize() > 0) {
            return node.childNode(0);
        }
        Node at = node;
        while (at != root) {
            Node next = at.nextSibling();
            if (next != null) {
                return next;
            }
            at = at.parent();
        }
        return null;
    }

    /** Writes a table of quotes. Returns false for a table that only arranges the page. */
    private boolean table(Element table) {
        List<List<String>> rows = new ArrayList<>();
        int cells = 0;
        boolean open = false;
        table.children().stream()
                .filter(child -> child.nameIs("caption") && !Visibility.isHidden(child))
                .flatMap(caption -> gather(caption).stream())
                .forEach(caption -> rows.add(List.of(caption)));
        boolean doubtful = doubtfulGroups > 0 || mayStateSign(table);
        for (Element row : rows(table)) {
            List<String> line = new ArrayList<>();
            char sign = doubtful || row.parent() != table && statesSign(row.parent())
                    ? StripCharacters.UNKNOWN_SIGN
                    : rowSign(row);
            for (Element cell : Visibility.isHidden(row) ? List.<Element>of() : row.children()) {
                Optional<String> words = gather(cell);
                if (++cells > MAX_CELLS
                        || words.isEmpty()
                        || cell.selectFirst("table, ul, ol") != null
                        || hasProse(cell)) {
                    return false;
                }
                if (!Visibility.isHidden(cell)) {
                    open |= words.get().indexOf(END) >= 0;
                    String content = cell(cell);
                    String name = withoutSigns(content);
                    if (line.isEmpty() && name.length() < content.length() && label.test(name)) {
                        sign = combined(sign, content);
                        content = name;
                    }
                    line.add(signed(content, sign));
                    for (int i = 1; i < Math.min(span(cell), MAX_SPAN); i++) {
                        line.add("");
                    }
                }
            }
            rows.add(line);
        }
        text.end();
        list(table);
        write(text, new StripTable(rows, label).items(), open);
        return true;
    }

    /** Whether a table or one of its columns states a sign for several numbers. */
    private boolean mayStateSign(Element table) {
        return statesSign(table)
                || table.children().stream()
                        .filter(child -> child.nameIs("colgroup") || child.nameIs("col"))
                        .flatMap(Element::stream)
                        .limit(MAX_CELLS)
                        .anyMatch(column -> MarkupSign.of(column) != 0);
    }

    private boolean statesSign(Element group) {
        char stated = MarkupSign.of(group);
        return stated != 0 && styles.mayConcernItems(group, stated);
    }

    /** The sign that a row gives to all its numbers; 0 if it gives none, or if a number has its own. */
    private char rowSign(Element row) {
        char stated = MarkupSign.of(row);
        char sign = stated == 0 && styles.mayShow(row) ? StripCharacters.UNKNOWN_SIGN : stated;
        return sign != 0
                        && gather(row)
                                .map(HtmlReader::printedSign)
                                .filter(printed -> printed == 0 || stated != 0 && printed != stated)
                                .isPresent()
                ? sign
                : 0;
    }

    private static String withoutSigns(String cell) {
        return cell.replaceAll("[▲▼" + StripCharacters.UNKNOWN_SIGN + "\\s]+", " ")
                .strip();
    }

    /** The sign of a row and that of its label. */
    private static char combined(char sign, String cell) {
        char own = 0;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (StripCharacters.arrow(c) != 0 || c == StripCharacters.UNKNOWN_SIGN) {
                own = own == 0 || own == c ? c : StripCharacters.UNKNOWN_SIGN;
            }
        }
        return sign == 0 || sign == own ? own : StripCharacters.UNKNOWN_SIGN;
    }

    private String signed(String cell, char sign) {
        return sign != 0 && StripCharacters.hasDigit(cell) && !label.test(cell) ? sign + " " + cell : cell;
    }

    private static List<Element> rows(Element table) {
        List<Element> rows = new ArrayList<>();
        for (Element child : table.children()) {
            if (child.nameIs("tr")) {
                rows.add(child);
            } else if (ROW_GROUPS.contains(child.normalName()) && !Visibility.isHidden(child)) {
                child.children().stream().filter(row -> row.nameIs("tr")).forEach(rows::add);
            }
        }
        return rows;
    }

    private static int span(Element cell) {
        String span = cell.attr("colspan");
        return span.matches("\\d{1,2}") ? Integer.parseInt(span) : 1;
    }

    private String cell(Element cell) {
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

    /** Writes the items of a table. */
    static void write(PageText.Builder text, StripTable.Items table, boolean open) {
        text.boundary();
        text.add(table.heading());
        for (String item : table.items()) {
            text.item();
            for (String cell : item.split("\n")) {
                text.add(cell);
                text.boundary();
            }
            if (open && item == table.items().get(table.items().size() - 1)) {
                text.open();
            }
            text.end();
        }
        text.section();
    }
}
