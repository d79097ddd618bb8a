package id.detak.strip;

import java.util.Collection;
import java.util.Optional;

/** Parses the indicator strip of a page of kontan.co.id, HTML or plain text. Thread-safe. */
public final class StripParser {

    /** The maximum length of a strip with its markup, after the last word that may be its header. */
    private static final int STRIP_WITH_MARKUP = 32_768;
    /** If the parser came this close to the end of a part of the page, the result may depend on what follows. */
    private static final int MARGIN = 4 * PieceScanner.MAX_LINE_LENGTH;

    private final KnownLabels labels;

    /** @param known the known labels; others are recognized by their format */
    public StripParser(Collection<KnownLabel> known) {
        labels = new KnownLabels(known);
    }

    /** Returns the strip; empty if the page has no header with at least one quote or unknown piece below it. */
    public Optional<Strip> parse(String page) {
        int lastWord = StripHeader.lastWord(page);
        if (lastWord < 0) {
            return Optional.empty();
        }
        int enough = lastWord + STRIP_WITH_MARKUP;
        if (enough < page.length()) {
            PageText part = PageReader.read(page, enough);
            StripAssembler assembler = assemble(part);
            if (assembler.seen() + MARGIN < part.text().length()) {
                return assembler.strip();
            }
        }
        return assemble(PageReader.read(page)).strip();
    }

    private StripAssembler assemble(PageText page) {
        StripAssembler assembler = new StripAssembler(page);
        String text = page.text();
        Optional<StripHeader> header = StripHeader.next(text, 0);
        while (header.isPresent()) {
            StripHeader current = header.get();
            header = StripHeader.next(text, current.wordEnd());
            int limit = header.map(StripHeader::start).orElse(text.length());
            assembler.add(StripBody.read(page, current, Math.max(limit, current.wordEnd()), labels));
        }
        return assembler;
    }
}
