package id.detak.strip;

import id.detak.strip.PageText.Zone;
import id.detak.strip.StripBody.Block;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses the blocks of a page that are a strip, and combines them into one. Pages often contain the strip twice, for
 * desktop and mobile: repeated quotes are dropped; if two copies of a quote differ, it is suspect, and the second is
 * reported as unknown.
 */
final class StripAssembler {

    /** As many checked quotes of known labels are a strip even without a heading. */
    static final int ENOUGH_CHECKED = 3;

    private static final String DOUBTFUL = StripCharacters.UNKNOWN_SIGN + " ";

    private final PageText page;
    private final Map<String, StripItem> quotes = new LinkedHashMap<>();
    private final Set<String> contradicted = new LinkedHashSet<>();
    private final List<StripItem> items = new ArrayList<>();
    private final List<StripItem> contradictions = new ArrayList<>();
    /** Reported pieces that are not in the strip's text: parsed again, they would be quotes. */
    private final List<StripItem> others = new ArrayList<>();

    private LocalTime clock;
    private boolean started;

    StripAssembler(PageText page) {
        this.page = page;
    }

    /** Adds the blocks that are a strip. If some of them certainly are, a list of an article is not. */
    void add(List<Block> blocks) {
        List<Block> strips = blocks.stream().filter(this::isStrip).toList();
        int surest = strips.stream().mapToInt(this::rank).max().orElse(0);
        strips.stream().filter(block -> rank(block) == surest).forEach(this::addStrip);
    }

    private void addStrip(Block block) {
        if (!started) {
            clock = block.header().clock();
        }
        block.items().forEach(started ? this::addCopy : this::add);
        others.addAll(block.others());
        started = true;
    }

    boolean isEmpty() {
        return !started;
    }

    /**
     * Whether a block is a strip. A list or table in an article may have the heading INDIKATOR, too, with numbers of
     * another day or of a forecast: a heading that not only strips have counts only before the article, or in the
     * header or footer of the page.
     */
    private boolean isStrip(Block block) {
        if (block.items().isEmpty()) {
            return false;
        }
        long checked = block.count(StripItem::isChecked);
        long known = block.count(item -> item.known() && item.isQuote() && item.percent());
        Zone zone = page.zone(block.header().start());
        boolean quoted = zone == Zone.ARTICLE
                || zone == Zone.PROSE
                        && page.proseBefore(block.header().start())
                        && !block.header().hasBlankClock();
        if (quoted || block.header().strong()) {
            return !quoted;
        }
        if (zone == Zone.PROSE
                || announcesOtherTime(page, block)
                || zone == Zone.PAGE && page.proseBefore(block.items().get(0).end())) {
            return false;
        }
        boolean mostlyKnown = 2 * block.count(StripItem::known) >= block.items().size();
        return mostlyKnown && (checked > 0 || known > 1)
                || block.items().stream().allMatch(item -> item.known() && item.isQuote() && !item.rest());
    }

    /** Whether what stands before the quotes of a block announces a forecast or the like. */
    static boolean announcesOtherTime(PageText page, Block block) {
        int start = block.header().start();
        int first = block.items().stream()
                .filter(StripItem::isQuote)
                .mapToInt(StripItem::start)
                .findFirst()
                .orElse(start);
        return Prose.announcesOtherTime(page.introduction(start, first));
    }

    /** How sure it is that a block is a strip. Only the surest ones of a page count. */
    private int rank(Block block) {
        int start = block.header().start();
        boolean behindArticle = page.isHtml() && page.zone(start) != Zone.EDGE && page.proseBefore(start);
        return !block.header().strong() ? 1 : behindArticle ? 2 : 3;
    }

    private void add(StripItem item) {
        if (item.isQuote()) {
            String code = item.quote().code();
            StripItem first = quotes.get(code);
            if (first != null) {
                repeat(item, first);
                return;
            }
            quotes.put(code, item);
        }
        items.add(item);
    }

    /** Adds an item of a block after the first: a copy, or a quote that the first block does not have. */
    private void addCopy(StripItem item) {
        boolean sameUnknown = !item.isQuote()
                && items.stream()
                        .anyMatch(other -> !other.isQuote() && printed(other).equals(printed(item)));
        if (!sameUnknown) {
            add(item);
        }
    }

    private void repeat(StripItem again, StripItem first) {
        Quote one = first.quote();
        Quote other = again.quote();
        if (!agree(one, other)) {
            contradicted.add(one.code());
            contradictions.add(again);
        } else if (fields(other) > fields(one)) {
            items.set(items.indexOf(first), again);
            quotes.put(one.code(), again);
        }
    }

    private static int fields(Quote quote) {
        return (quote.value() == null ? 0 : 1)
                + (quote.change() == null ? 0 : 1)
                + (quote.changePercent() == null ? 0 : 1);
    }

    /** Whether two copies of a number are equal to the digits that both show. */
    static boolean agree(Quote one, Quote other) {
        return agree(one.value(), other.value())
                && agree(one.change(), other.change())
                && agree(one.changePercent(), other.changePercent());
    }

    private static boolean agree(BigDecimal one, BigDecimal other) {
        if (one == null || other == null) {
            return true;
        }
        int scale = Math.min(one.scale(), other.scale());
        return one.setScale(scale, RoundingMode.HALF_UP).compareTo(other.setScale(scale, RoundingMode.HALF_UP)) == 0;
    }

    Optional<Strip> strip() {
        if (items.isEmpty()) {
            return Optional.empty();
        }
        dropRefutedSigns();
        List<Quote> read = new ArrayList<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (StripItem item : items) {
            if (item.isQuote()) {
                boolean suspect = contradicted.contains(item.quote().code());
                read.add(suspect ? QuoteCheck.suspect(item.quote()) : item.quote());
            }
            if (!item.isQuote() || item.rest()) {
                unknown.add(printed(item));
            }
        }
        contradictions.forEach(item -> unknown.add(printed(item)));
        others.forEach(item -> unknown.add(printed(item)));
        return Optional.of(new Strip(clock, read, List.copyOf(unknown), text()));
    }

    /**
     * Drops signs that cannot be right. A quote whose numbers agree only with the opposite sign proves that the page
     * shows its signs elsewhere. Other signs of the same origin then count only if the numbers confirm them.
     */
    private void dropRefutedSigns() {
        Set<SignOrigin> refuted = Stream.concat(items.stream(), contradictions.stream())
                .filter(item -> item.isQuote() && item.quote().isSurelyTurned())
                .map(StripItem::origin)
                .filter(origin -> origin != SignOrigin.PRINTED)
                .collect(Collectors.toSet());
        if (items.stream().anyMatch(item -> item.isQuote() && hasSignInBrackets(printed(item)))) {
            refuted.add(SignOrigin.BRACKETS); // they are an ornament
        }
        boolean printsFalls = items.stream().anyMatch(StripAssembler::printsFall);
        if (!printsFalls && items.stream().anyMatch(item -> statesSign(item) && !isDash(item))) {
            refuted.add(SignOrigin.BARE);
        }
        List<StripItem> read = List.copyOf(items);
        for (int i = 0; i < read.size(); i++) {
            StripItem item = read.get(i);
            boolean doubtful = item.isQuote()
                    && (refuted.contains(item.origin())
                            || !printsFalls && item.origin() == SignOrigin.BARE && isBesideDash(read, i));
            if (doubtful && !item.quote().isSure() && !item.quote().isSurelyTurned()) {
                items.set(i, item.withoutChange());
            }
        }
    }

    /** Whether a sign or arrow stands between a bracket and a number. */
    private static boolean hasSignInBrackets(String words) {
        for (int i = 0; i < words.length(); i++) {
            if (words.charAt(i) == '(' || words.charAt(i) == '[') {
                int sign = skipBlank(words, i + 1);
                int digit = skipBlank(words, sign + 1);
                if (digit < words.length()
                        && StripCharacters.digit(words.charAt(digit))
                        && (StripCharacters.sign(words.charAt(sign)) != 0
                                || StripCharacters.arrow(words.charAt(sign)) != 0)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int skipBlank(String words, int from) {
        return from < words.length() && words.charAt(from) == ' ' ? from + 1 : from;
    }

    /** A dash may stand for a missing number, or be the minus of the next one. */
    private boolean isBesideDash(List<StripItem> read, int index) {
        return index > 0 && isDash(read.get(index - 1)) || index + 1 < read.size() && isDash(read.get(index + 1));
    }

    private boolean isDash(StripItem item) {
        String words = item.isQuote() ? "" : printed(item);
        return words.length() == 1 && StripCharacters.minus(words.charAt(0));
    }

    private static boolean printsFall(StripItem item) {
        return item.isQuote()
                && item.origin() == SignOrigin.PRINTED
                && item.quote().changePercent() != null
                && item.quote().changePercent().signum() < 0;
    }

    /**
     * Whether a piece that is no quote may state the sign of its neighbours: an arrow, or a heading such as "Turun".
     */
    private boolean statesSign(StripItem item) {
        String words = item.isQuote() ? "" : printed(item);
        return MarkupSign.isAlone(words)
                || !StripCharacters.hasDigit(words) && MarkupSign.ofText(words) == StripCharacters.DOWN;
    }

    /** The item in one line. */
    private String printed(StripItem item) {
        StringBuilder words = new StringBuilder(item.doubtfulArrow() ? DOUBTFUL : "");
        for (int i = item.start(); i < item.end(); i++) {
            char c = page.text().charAt(i);
            boolean gap = StripCharacters.gap(c) || StripCharacters.bullet(c);
            if (!gap || !words.isEmpty() && words.charAt(words.length() - 1) != ' ') {
                words.append(gap ? ' ' : c);
            }
        }
        return words.toString().stripTrailing();
    }

    private String text() {
        StringBuilder plain = new StringBuilder(header());
        // words behind the last item would be taken for what follows the strip
        int end = items.size();
        while (end > 1 && isWords(items.get(end - 1))) {
            end--;
        }
        List<StripItem> shown = items.subList(0, end);
        shown.forEach(item -> plain.append(line(item)));
        if (!contradictions.isEmpty()) {
            plain.append("\n\n").append(header());
            contradictions.forEach(item -> plain.append(line(item)));
        }
        StripItem last =
                contradictions.isEmpty() ? items.get(items.size() - 1) : contradictions.get(contradictions.size() - 1);
        boolean complete = !last.percent() && !page.open(last.start(), last.end());
        return complete ? plain.append('\n').toString() : plain.toString();
    }

    private boolean isWords(StripItem item) {
        return !item.isQuote() && !item.known() && !statesSign(item) && !StripCharacters.hasDigit(printed(item));
    }

    private String header() {
        return (clock == null ? ":" : clock.toString()) + " WIB | INDIKATOR |";
    }

    private String line(StripItem item) {
        StringBuilder line = new StringBuilder("\n• ").append(item.doubtfulArrow() ? DOUBTFUL : "");
        for (int i = item.start(); i < item.end(); i++) {
            char c = page.text().charAt(i);
            if (StripCharacters.bullet(c) || c == '\n' && mayJoin(i)) {
                line.append('|');
            } else if (c == '\n') {
                line.append(' ');
            } else {
                line.append(
                        i + 1 < item.end() && PageEscapes.isNeeded(page.text(), i) ? c == '&' ? "&amp;" : "&lt;" : c);
            }
        }
        return line.toString();
    }

    /** Whether a blank here could be taken for one that separates thousands. */
    private boolean mayJoin(int boundary) {
        String text = page.text();
        int end = boundary + 1;
        while (end < text.length() && end - boundary < 5 && StripCharacters.digit(text.charAt(end))) {
            end++;
        }
        return end == boundary + 4 && boundary > 0 && StripCharacters.digit(text.charAt(boundary - 1));
    }
}
