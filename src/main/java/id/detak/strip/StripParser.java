package id.detak.strip;

import java.util.Collection;
import java.util.Optional;

/** Reads the indicator strip of a page of kontan.co.id, HTML or plain text. Safe for use by several threads. */
public final class StripParser {

    /** As much of the page behind the last word that may be a header as a strip takes with all its markup. */
    private static final int STRIP_WITH_MARKUP = 32_768;
    /** A strip whose reading came this close to the end of a page's part may depend on what follows. */
    private static final int MARGIN = 4 * PieceScanner.LONGEST_LINE;

    private final KnownLabels labels;

    /** @param known the labels on the list; others are discovered by what they look like */
    public StripParser(Collection<KnownLabel> known) {
        labels = new KnownLabels(known);
    }

    /** The strip, or empty if the page has none: no header with at least one quote or piece not understood below it. */
    public Optional<Strip> parse(String page) {
        int lastWord = StripHeader.lastWord(page);
        if (lastWord < 0) {
            return Optional.empty();
        }
        int enough = lastWord + STRIP_WITH_MARKUP;
        if (enough < page.length()) {
            PageText part = PageReader.read(page, enough);
            StripAssembler gathering = gather(part);
            if (gathering.seen() + MARGIN < part.text().length()) {
                return gathering.strip();
            }
        }
        return gather(PageReader.read(page)).strip();
    }

    private StripAssembler gather(PageText page) {
        StripAssembler gathering = new StripAssembler(page);
        String text = page.text();
        Optional<StripHeader> header = StripHeader.next(text, 0);
        while (header.isPresent()) {
            StripHeader present = header.get();
            header = StripHeader.next(text, present.wordEnd());
            int limit = header.map(StripHeader::start).orElse(text.length());
            gathering.add(StripBody.read(page, present, Math.max(limit, present.wordEnd()), labels));
        }
        return gathering;
    }
}
