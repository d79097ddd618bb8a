package id.detak.strip;

import id.detak.strip.PageText.Zone;
import id.detak.strip.StripBody.Block;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** Parses the indicator strip of a page of kontan.co.id, HTML or plain text. Thread-safe. */
public final class StripParser {

    /** Ordinary pages take some milliseconds. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private static final int MAX_SETTLING = 3;
    /** A page with more headings, or more lists that could be a strip without one, is noise. */
    private static final int MAX_BLOCKS = 500;

    private final KnownLabels labels;
    private final LongSupplier nanos;

    /** @param known the known labels; others are recognized by their format */
    public StripParser(Collection<KnownLabel> known) {
        this(known, System::nanoTime);
    }

    StripParser(Collection<KnownLabel> known, LongSupplier nanos) {
        this.labels = new KnownLabels(known);
        this.nanos = nanos;
    }

    /** Returns the strip; empty if the page has none with at least one quote or unknown piece. */
    public Optional<Strip> parse(String page) {
        return parse(page, StripLocator.ANYWHERE);
    }

    /**
     * @param locator where the page has its strip; its heading counts for plain text, too
     * @throws ParseTimeoutException if the page takes more than ten seconds
     */
    public Optional<Strip> parse(String page, StripLocator locator) {
        ParseBudget budget = new ParseBudget(nanos, TIME_LIMIT);
        return find(page, locator, budget).map(strip -> settled(strip, budget));
    }

    /** The strip as its text gives it, so that a later reparse of the stored text changes nothing. */
    private Strip settled(Strip strip, ParseBudget budget) {
        Strip settled = strip;
        for (int i = 0; i < MAX_SETTLING; i++) {
            Optional<Strip> again = find(settled.text(), StripLocator.ANYWHERE, budget);
            if (again.isEmpty()
                    || again.get().text().equals(settled.text())
                            && again.get().quotes().equals(settled.quotes())) {
                return settled;
            }
            Set<String> unknown = new LinkedHashSet<>(settled.unknown());
            unknown.addAll(again.get().unknown());
            Strip now = again.get();
            settled = new Strip(now.clock(), now.quotes(), List.copyOf(unknown), now.text());
        }
        return settled;
    }

    private Optional<Strip> find(String page, StripLocator locator, ParseBudget budget) {
        if (!PageEscapes.isHtml(page)) {
            return read(TextReader.read(PageEscapes.decode(page), labels::contains, budget), locator.heading(), budget);
        }
        Document document = document(page, budget);
        boolean named = locator.selector() != null;
        List<Element> roots = named ? document.select(locator.selector()) : List.of(document.body());
        StyleSigns styles =
                new StyleSigns(roots, words -> StripBody.certainDirection(words, labels), labels::contains, budget);
        PageText text = HtmlReader.read(
                roots,
                named ? Zone.EDGE : Zone.PAGE,
                words -> StripBody.isQuote(words, labels),
                labels::contains,
                styles,
                budget);
        if (named) {
            return readNamed(text, locator.heading(), budget);
        }
        return read(text, locator.heading(), budget);
    }

    private static Document document(String page, ParseBudget budget) {
        Parser parser = Parser.htmlParser();
        return parser.parseInput(
                budget.reader(PageEscapes.closeEntities(PageEscapes.withoutCutMarkup(page)) + HtmlReader.END), "");
    }

    /** Reads the element that the source names: below its heading if it has one, and otherwise from its beginning. */
    private Optional<Strip> readNamed(PageText page, String heading, ParseBudget budget) {
        Optional<Strip> headed = read(page, heading, budget);
        if (headed.isPresent()) {
            return headed;
        }
        StripAssembler assembler = new StripAssembler(page);
        StripHeader header = new StripHeader(0, 0, true, false, null);
        assembler.add(List.of(StripBody.read(page, header, page.text().length(), labels)));
        return assembler.strip();
    }

    private Optional<Strip> read(PageText page, String heading, ParseBudget budget) {
        StripAssembler assembler = new StripAssembler(page);
        String text = page.text();
        StripHeader.Finder headers = new StripHeader.Finder(text, labels, heading);
        StripHeader header = headers.next();
        List<Block> headed = new ArrayList<>();
        for (int blocks = 0; header != null && blocks < MAX_BLOCKS; blocks++) {
            budget.check();
            StripHeader next = headers.next();
            if (next != null && onlyGaps(text, header.end(), next.start())) {
                header = next.after(header); // the head of a table below the heading
                continue;
            }
            int limit = next == null ? text.length() : Math.max(next.start(), header.end());
            headed.add(StripBody.read(page, header, limit, labels));
            header = next;
        }
        assembler.add(headed);
        if (assembler.isEmpty()) {
            readWithoutHeading(page, assembler, budget);
        }
        return assembler.strip();
    }

    private static boolean onlyGaps(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!StripCharacters.gap(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Finds a list of checked quotes of known labels. */
    private void readWithoutHeading(PageText page, StripAssembler assembler, ParseBudget budget) {
        String text = page.text();
        int at = 0;
        List<Block> found = new ArrayList<>();
        int blocks = 0;
        while (at < text.length() && blocks < MAX_BLOCKS) {
            boolean lineStart = at == 0 || StripCharacters.lineBreak(text.charAt(at - 1));
            boolean start = StripCharacters.bullet(text.charAt(at))
                    || lineStart && !labels.at(text, at, text.length()).isEmpty();
            if (!start) {
                at++;
                continue;
            }
            blocks++;
            budget.check();
            Block block = StripBody.read(page, new StripHeader(at, at, false, false, null), text.length(), labels);
            Block trimmed = withoutLeadingWords(block);
            if (trimmed.count(StripItem::isChecked) >= StripAssembler.ENOUGH_CHECKED
                    && page.zone(at) != Zone.ARTICLE
                    && !StripAssembler.announcesOtherTime(page, trimmed)) {
                found.add(trimmed);
            }
            at = Math.max(at + 1, block.seen());
        }
        assembler.add(found);
    }

    private static Block withoutLeadingWords(Block block) {
        List<StripItem> items = block.items();
        int first = 0;
        while (first < items.size() && !items.get(first).isQuote()) {
            first++;
        }
        return new Block(
                block.header(), block.bulleted(), items.subList(first, items.size()), block.others(), block.seen());
    }
}
