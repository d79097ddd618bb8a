package id.detak.strip;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Combines the blocks of a page into one strip. Pages often contain the strip twice, for desktop and mobile: repeated
 * quotes are dropped; if a quote contradicts an earlier one, the first counts and the second is reported as unknown.
 */
final class StripAssembler {

    private final PageText page;
    private final Map<String, Quote> quotes = new LinkedHashMap<>();
    private final Set<String> unknown = new LinkedHashSet<>();
    private final List<StripBody.Block> blocks = new ArrayList<>();
    private int seen;

    StripAssembler(PageText page) {
        this.page = page;
    }

    void add(StripBody.Block block) {
        seen = Math.max(seen, block.seen());
        boolean belongs = blocks.isEmpty() ? block.convinces() : repeats(block);
        if (!belongs) {
            return;
        }
        int before = quotes.size() + unknown.size();
        block.items().forEach(this::add);
        if (quotes.size() + unknown.size() > before) {
            blocks.add(block);
        }
        if (block.rest() != null && !blocks.isEmpty()) {
            unknown.add(printed(block.rest()));
        }
    }

    /** The offset up to which the text was searched for items. */
    int seen() {
        return seen;
    }

    Optional<Strip> strip() {
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        StripHeader header = blocks.get(0).header();
        int end = blocks.get(blocks.size() - 1).end();
        return Optional.of(new Strip(
                header.clock(),
                List.copyOf(quotes.values()),
                List.copyOf(unknown),
                text(),
                page.source(header.start()),
                page.sourceEnd(end)));
    }

    /** Whether a later block repeats the strip: it contains an indicator that was already read. */
    private boolean repeats(StripBody.Block block) {
        return block.items().stream()
                .anyMatch(item ->
                        item.quote() != null && quotes.containsKey(item.quote().code()));
    }

    private void add(StripItem item) {
        if (item.kind() == StripItem.Kind.UNKNOWN) {
            unknown.add(printed(item));
            return;
        }
        Quote first = quotes.putIfAbsent(item.quote().code(), item.quote());
        if (first != null && !isRepeated(item.quote(), first)) {
            unknown.add(printed(item));
        }
    }

    private static boolean isRepeated(Quote again, Quote first) {
        return within(again.value(), first.value())
                && within(again.change(), first.change())
                && within(again.changePercent(), first.changePercent());
    }

    private static boolean within(BigDecimal again, BigDecimal first) {
        return again == null || first != null && again.compareTo(first) == 0;
    }

    private String printed(StripItem item) {
        StringBuilder words = new StringBuilder();
        for (int i = item.start(); i < item.end(); i++) {
            char c = page.text().charAt(i);
            boolean gap = StripCharacters.gap(c);
            if (!gap || words.charAt(words.length() - 1) != ' ') {
                words.append(gap ? ' ' : c);
            }
        }
        return words.toString();
    }

    private String text() {
        StringBuilder plain = new StringBuilder();
        for (StripBody.Block block : blocks) {
            plain.append(plain.isEmpty() ? "" : "\n\n");
            String part = page.text().substring(block.header().start(), block.end());
            for (int i = 0; i < part.length(); i++) {
                char c = part.charAt(i);
                boolean escape = PageReader.needsEscape(part, i);
                plain.append(!escape ? String.valueOf(c) : c == '&' ? "&amp;" : "&lt;");
            }
        }
        List<StripItem> last = blocks.get(blocks.size() - 1).items();
        StripItem item = last.get(last.size() - 1);
        boolean complete = item.kind() == StripItem.Kind.UNKNOWN ? page.closedAt(item.end()) : !item.percent();
        if (complete) {
            // the blank line marks the piece as complete
            plain.append("\n\n");
        }
        return plain.toString();
    }
}
