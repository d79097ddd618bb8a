package id.detak.strip;

import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Recognizes the article of a page: its elements, its titles, and its paragraphs, which notices are not. */
final class ArticleMarkup {

    private static final Set<String> PARAGRAPHS = Set.of("p", "blockquote", "figcaption", "h1", "h2", "h3");
    private static final Set<String> NO_PARAGRAPHS = Set.of("a", "li", "button", "label", "small");
    private static final int MIN_PARAGRAPH = 40;
    private static final Set<String> DIALOGS = Set.of("dialog", "alertdialog", "alert");
    /** The number of elements around a sentence that may be its box. */
    private static final int MAX_NOTICE_DEPTH = 4;

    private static final int MAX_NAME = 200;

    private static final Pattern ARTICLE = Pattern.compile("(?:^|[\\s_-])article(?:$|[\\s_-])|articleBody");

    private ArticleMarkup() {}

    static boolean isMain(Element element) {
        return element.normalName().equals("main") || element.attr("role").equals("main");
    }

    static boolean isArticle(Element element) {
        return element.nameIs("article")
                || element.nameIs("blockquote")
                || !element.nameIs("body")
                        && (ARTICLE.matcher(element.attr("itemprop")).find()
                                || element.attr("role").equals("article")
                                || ARTICLE.matcher(element.className()).find());
    }

    /** Whether an element, other than the whole page, has a paragraph of prose, or several short ones, of its own. */
    static boolean hasParagraphs(Element element, ParseBudget budget) {
        if (element.nameIs("body")) {
            return false;
        }
        int paragraphs = 0;
        for (Element child : element.children()) {
            budget.check();
            if (child.nameIs("p") && !Visibility.isHidden(child) && !isInNotice(child)) {
                String words = ElementText.beginning(child);
                if (Prose.isSentence(words)) {
                    return true;
                }
                paragraphs += Prose.isWords(words) && !Prose.isNotice(words) ? 1 : 0;
            }
        }
        return paragraphs > 1;
    }

    /** Whether an element is a paragraph or title of an article. A link or list item may be a headline in a menu. */
    static boolean isProse(Element element) {
        if (isInNotice(element)) {
            return false;
        }
        String name = element.normalName();
        if (PARAGRAPHS.contains(name)) {
            return Prose.isSentence(ElementText.beginning(element));
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
            boolean named = DIALOGS.contains(at.attr("role")) || isNamedNotice(at.attr("class"), at.attr("id"));
            if (named && ElementText.gather(at).isPresent()) {
                return true;
            }
            at = at.parent();
        }
        return false;
    }

    private static boolean isNamedNotice(String classes, String id) {
        return classes.length() + id.length() < MAX_NAME && Prose.isNotice(classes + " " + id);
    }

    static boolean hasProse(Element cell) {
        return cell.getAllElements().stream().anyMatch(ArticleMarkup::isProse);
    }
}
