package id.detak.strip;

import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Reads the text of elements, no more of it than decides what they are. */
final class ElementText {

    /** No item is made of more nodes. */
    static final int MAX_NODES = 100;

    /** No item is longer. */
    private static final int MAX_LENGTH = 200;

    private ElementText() {}

    /** The visible text of a small element; empty if it is too long for an item. */
    static Optional<String> gather(Element element) {
        StringBuilder words = new StringBuilder();
        Node node = element;
        for (int nodes = 0; node != null; nodes++) {
            if (nodes > MAX_NODES || words.length() > MAX_LENGTH) {
                return Optional.empty();
            }
            if (node instanceof TextNode part) {
                String text = part.getWholeText();
                if (text.length() > 2 * MAX_LENGTH) {
                    return Optional.empty();
                }
                words.append(' ').append(text.strip());
            }
            boolean skip = node instanceof Element child && Visibility.isWithoutText(child);
            node = following(node, element, skip);
        }
        return Optional.of(words.toString().strip());
    }

    /** The beginning of the text of an element, enough to tell prose. */
    static String beginning(Element element) {
        StringBuilder words = new StringBuilder();
        Node node = element;
        for (int nodes = 0; node != null && nodes < MAX_NODES && words.length() < Prose.ENOUGH; nodes++) {
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
}
