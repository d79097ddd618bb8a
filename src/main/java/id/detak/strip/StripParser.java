package id.detak.strip;

import java.util.Collection;
import java.util.Optional;

/** Reads the indicator strip of a page of kontan.co.id, HTML or plain text. Safe for use by several threads. */
public final class StripParser {

    private final KnownLabels labels;

    /** @param known the labels on the list; others are discovered by what they look like */
    public StripParser(Collection<KnownLabel> known) {
        labels = new KnownLabels(known);
    }

    /** The strip, or empty if the page has none: no header with at least one quote or piece not understood below it. */
    public Optional<Strip> parse(String page) {
        PageText text = PageReader.read(page);
        Gathering gathering = new Gathering(text);
        Optional<Header> header = Header.next(text.text(), 0);
        while (header.isPresent()) {
            Header present = header.get();
            header = Header.next(text.text(), present.wordEnd());
            int limit = header.map(Header::start).orElse(text.text().length());
            gathering.add(StripBody.read(text, present, Math.max(limit, present.wordEnd()), labels));
        }
        return gathering.strip();
    }
}
