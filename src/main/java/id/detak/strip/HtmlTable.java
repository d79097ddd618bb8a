package id.detak.strip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jsoup.nodes.Element;

/** Reads the cells of a table, with the signs that its rows and columns state. */
final class HtmlTable {

    private static final Set<String> ROW_GROUPS = Set.of("thead", "tbody", "tfoot");
    /** A larger table is no strip. */
    private static final int MAX_CELLS = 2000;

    private static final int MAX_SPAN = 20;

    private final Element table;
    private final Predicate<String> label;
    private final StyleSigns styles;
    private final ParseBudget budget;
    private final List<List<String>> rows = new ArrayList<>();
    private final boolean isTable;
    private boolean open;

    /**
     * @param doubtful whether an element around the table states a sign for several numbers
     * @param label whether a text is a known label
     */
    HtmlTable(Element table, boolean doubtful, Predicate<String> label, StyleSigns styles, ParseBudget budget) {
        this.table = table;
        this.label = label;
        this.styles = styles;
        this.budget = budget;
        this.isTable = read(doubtful);
    }

    /** Whether it is a table of values, not one that only arranges the page. */
    boolean isTable() {
        return isTable;
    }

    /** Whether the page ends within it. */
    boolean isOpen() {
        return open;
    }

    StripTable.Items items() {
        return new StripTable(rows, label).items();
    }

    private boolean read(boolean doubtfulGroup) {
        int cells = 0;
        table.children().stream()
                .filter(child -> child.nameIs("caption") && !Visibility.isHidden(child))
                .flatMap(caption -> ElementText.gather(caption).stream())
                .forEach(caption -> rows.add(List.of(caption)));
        boolean doubtful = doubtfulGroup || mayStateSign();
        for (Element row : rows()) {
            List<String> line = new ArrayList<>();
            char sign = doubtful || row.parent() != table && statesSign(row.parent())
                    ? StripCharacters.UNKNOWN_SIGN
                    : rowSign(row);
            for (Element cell : Visibility.isHidden(row) ? List.<Element>of() : row.children()) {
                Optional<String> words = ElementText.gather(cell);
                if (++cells > MAX_CELLS
                        || words.isEmpty()
                        || cell.selectFirst("table, ul, ol") != null
                        || ArticleMarkup.hasProse(cell)) {
                    return false;
                }
                if (!Visibility.isHidden(cell)) {
                    open |= words.get().indexOf(HtmlReader.END) >= 0;
                    String content = HtmlReader.cell(cell, label, styles, budget);
                    String name = withoutSigns(content);
                    if (line.isEmpty() && name.length() < content.length() && label.test(name)) {
                        sign = combined(sign, content);
                        content = name;
                    }
                    line.add(content.isBlank() ? "" : signed(content, sign));
                    for (int i = 1; i < Math.min(span(cell), MAX_SPAN); i++) {
                        line.add(StripTable.SPANNED);
                    }
                }
            }
            rows.add(line);
        }
        return true;
    }

    /** Whether a table or one of its columns states a sign for several numbers. */
    private boolean mayStateSign() {
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
                        && ElementText.gather(row)
                                .map(MarkupSign::ofPrinted)
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

    private List<Element> rows() {
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
}
