package id.detak.strip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Writes a page of plain text in the notation of a strip: a Markdown table is put into the order of a strip. */
final class TextReader {

    private static final Pattern RULE = Pattern.compile("[\\s:|-]++");
    private static final Pattern LINK =
            Pattern.compile("!?\\[([^\\[\\]\n]{1,200})]\\((?:https?:/|/|#)[^()\\s]{0,500}\\)");
    private static final Pattern MARKS = Pattern.compile("(?m)^[ \t]{0,20}#{1,6}[ \t]+(?=\\S)|\\*\\*|__");
    /** Text browsers number the links of a page. */
    private static final Pattern REFERENCE = Pattern.compile("\\[\\d{1,4}] ?(?=\\p{L})");

    private static final Pattern NUMBERED = Pattern.compile("(?m)^[ \t]{0,20}\\d{1,3}[.)][ \t]+(?=\\p{L})");
    private static final int MAX_ROWS = 200;

    private TextReader() {}

    /** @param label whether a text is a known label */
    static PageText read(String source, Predicate<String> label, ParseBudget budget) {
        String page = withoutMarkdown(source);
        PageText.Builder text = new PageText.Builder(false);
        int at = 0;
        while (at < page.length()) {
            budget.check();
            int rule = page.indexOf("--", at);
            int head = rule < 0 ? -1 : lineStart(page, lineStart(page, rule) - 1);
            if (rule < 0 || head < at || !isRule(page, rule) || !hasCells(page, head)) {
                int next = rule < 0 ? page.length() : lineEnd(page, rule);
                text.add(page.substring(at, next));
                at = next;
                continue;
            }
            text.add(page.substring(at, head));
            at = table(page, head, text, label, budget);
        }
        return text.build();
    }

    /** The text without the marks of headings, links and bold words; a numbered item gets a bullet. */
    private static String withoutMarkdown(String page) {
        String plain = LINK.matcher(page).replaceAll("$1");
        plain = MARKS.matcher(plain).replaceAll("");
        plain = REFERENCE.matcher(plain).replaceAll("");
        return NUMBERED.matcher(plain).replaceAll("• ");
    }

    /** Whether the line above the rule is the head of a table. */
    private static boolean hasCells(String page, int head) {
        return page.substring(head, lineEnd(page, head)).indexOf('|') >= 0;
    }

    private static boolean isRule(String page, int index) {
        int start = lineStart(page, index);
        int end = lineEnd(page, index);
        return end - start < 200 && isRule(page.substring(start, end));
    }

    private static boolean isRule(String line) {
        return line.contains("--") && RULE.matcher(line).matches();
    }

    private static int table(
            String page, int head, PageText.Builder text, Predicate<String> label, ParseBudget budget) {
        List<List<String>> rows = new ArrayList<>();
        int at = head;
        while (at < page.length() && rows.size() < MAX_ROWS) {
            budget.check();
            int end = lineEnd(page, at);
            String line = page.substring(at, end).strip();
            if (line.indexOf('|') < 0 || !rows.isEmpty() && line.length() > 1000) {
                break;
            }
            if (!isRule(line)) {
                String inner = line.startsWith("|") ? line.substring(1) : line;
                rows.add(Arrays.stream(inner.split("\\|")).map(String::strip).toList());
            }
            at = Math.min(page.length(), end + 1);
        }
        new StripTable(rows, label).items().writeTo(text, false);
        return at;
    }

    private static int lineStart(String page, int index) {
        return index <= 0 ? 0 : page.lastIndexOf('\n', index - 1) + 1;
    }

    private static int lineEnd(String page, int index) {
        int end = page.indexOf('\n', index);
        return end < 0 ? page.length() : end;
    }
}
