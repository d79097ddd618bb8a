package id.detak.strip;

import java.util.ArrayList;
import java.util.List;

/**
 * Walks from a header to the end of its strip. Where the items have bullets, only lines with a bullet belong to it; where
 * they have none, the first line that does not look like a strip's ends it.
 */
final class StripBody {

    /** No strip is longer; what goes on and on is noise. */
    private static final int MOST_ITEMS = 200;
    /** Items in a row that belong to the strip only if a firm one follows. */
    private static final int MOST_PENDING = 2;
    /** Lines of nothing but words in a row: more of them are no strip. */
    private static final int MOST_WORDY_LINES = 5;
    private static final int LONGEST_REST = 3000;
    /** Two items that end with a percent make a strip even of a line that goes on with words. */
    private static final int ENOUGH_ITEMS = 2;

    private final PageText page;
    private final String text;
    private final int limit;
    private final PieceScanner scanner;
    private final ItemReader reader;
    private final List<StripItem> items = new ArrayList<>();
    private final List<StripItem> pending = new ArrayList<>();
    private int seen;
    private StripItem rest;

    /**
     * What stands below one header.
     *
     * @param seen how far the text was looked at, give or take a few pieces
     * @param rest what the list still holds behind a line that is no item; null where the walk came to its end
     */
    record Block(StripHeader header, boolean bulleted, List<StripItem> items, int seen, StripItem rest) {

        int end() {
            return items.get(items.size() - 1).end();
        }

        /** Whether it is a strip by itself. A table of an article may be headed INDIKATOR too. */
        boolean convinces() {
            return !items.isEmpty() && (header.hasClock() || bulleted || items.stream().anyMatch(StripItem::known));
        }
    }

    private StripBody(PageText page, int limit, KnownLabels labels) {
        this.page = page;
        this.text = page.text();
        this.limit = limit;
        this.scanner = new PieceScanner(text, limit);
        this.reader = new ItemReader(page, limit, labels, scanner);
    }

    static Block read(PageText page, StripHeader header, int limit, KnownLabels labels) {
        return new StripBody(page, limit, labels).read(header);
    }

    private Block read(StripHeader header) {
        int at = see(scanner.skipGaps(header.wordEnd(), false));
        if (at < limit && text.charAt(at) == ':') {
            at = see(scanner.skipGaps(at + 1, false));
        }
        boolean bulleted = at < limit && scanner.bullet(at);
        if (bulleted) {
            readBulleted(at);
        } else {
            readPlain(at);
        }
        return new Block(header, bulleted, items, seen, rest);
    }

    private void readBulleted(int first) {
        int at = first;
        while (at >= 0 && at < limit && scanner.bullet(at) && items.size() < MOST_ITEMS) {
            int start = see(scanner.skipGaps(at + 1, false));
            if (start >= limit || scanner.bullet(start)) {
                return;
            }
            int end = bulletedLine(start);
            at = end < 0 ? end : see(scanner.skipGaps(end, false));
        }
    }

    /** Where the line ends, or -1 if the strip does. */
    private int bulletedLine(int start) {
        StripItem item = reader.read(start);
        boolean words = item.kind() == StripItem.Kind.WORDS;
        boolean lineOver = scanner.atLineEnd(scanner.skipBlank(item.end()));
        if (!words && (lineOver || item.percent())) {
            takePending();
            items.add(item);
            return lineOver ? item.end() : -1;
        }
        int lineEnd = scanner.lineEnd(item.end());
        boolean reportable = item.known() || !words;
        if (!reportable && lineEnd >= 0 && !hasDigit(start, lineEnd)) {
            pending.add(item.notUnderstood(lineEnd));
            return pending.size() > MOST_WORDY_LINES ? -1 : lineEnd;
        }
        if (reportable || lineEnd >= 0) {
            takePending();
            items.add(item.notUnderstood(lineEnd < 0 ? item.end() : lineEnd));
        }
        return lineEnd;
    }

    /** What waited between items ("Harga BBM hari ini") belongs to the strip, since it goes on behind it. */
    private void takePending() {
        items.addAll(pending);
        pending.clear();
    }

    private void readPlain(int first) {
        int at = first;
        int line = at;
        while (at >= 0 && at < limit && items.size() < MOST_ITEMS) {
            line = at;
            at = plainLine(at);
            at = at < 0 ? at : see(scanner.skipGaps(at, true));
        }
        reportPending();
        if (at < 0 && !items.isEmpty()) {
            reportRest(line);
        }
    }

    /** Where a line ends the walk though the strip's list goes on, the rest of the list is reported in one piece. */
    private void reportRest(int line) {
        int lastEnd = items.get(items.size() - 1).end();
        int end = page.listEnd(lastEnd);
        if (line < lastEnd || !page.inListAt(lastEnd)) {
            return;
        }
        see(Math.min(limit, line + LONGEST_REST));
        if (end > line && end <= Math.min(limit, line + LONGEST_REST) && hasDigit(line, end)) {
            rest = StripItem.unknown(line, end, false, false, false);
        }
    }

    /** What stands in the strip's list, or directly below it, and was not taken for its items: seen by a person at least. */
    private void reportPending() {
        int within = pending.size();
        while (within > 0 && !page.closedAt(pending.get(within - 1).end())) {
            within--;
        }
        pending.subList(0, within).forEach(item -> items.add(item.notUnderstood(item.end())));
    }

    /** Where the line ends, or -1 if the strip does. */
    private int plainLine(int start) {
        List<StripItem> line = new ArrayList<>();
        int at = start;
        while (line.size() < MOST_ITEMS) {
            StripItem item = reader.read(at);
            see(item.end());
            if (item.kind() == StripItem.Kind.WORDS) {
                return takeBeforeWords(line);
            }
            int next = scanner.skipBlank(item.end());
            boolean lineOver = scanner.atLineEnd(next);
            if (!lineOver && !item.percent() && !reader.knownAt(next)) {
                return takeBeforeWords(line);
            }
            line.add(item);
            if (lineOver) {
                return take(line) ? next : -1;
            }
            at = next;
        }
        take(line);
        return -1;
    }

    private int takeBeforeWords(List<StripItem> line) {
        int percents = 0;
        int last = 0;
        for (int i = 0; i < line.size(); i++) {
            if (line.get(i).kind() == StripItem.Kind.QUOTE && line.get(i).percent()) {
                percents++;
                last = i;
            }
        }
        if (percents >= ENOUGH_ITEMS) {
            take(line.subList(0, last + 1));
        }
        return -1;
    }

    /** False if too much in a row has nothing to say for itself. */
    private boolean take(List<StripItem> line) {
        for (StripItem item : line) {
            pending.add(item);
            if (item.firm()) {
                takePending();
            } else if (pending.size() > MOST_PENDING) {
                return false;
            }
        }
        return true;
    }

    private int see(int index) {
        seen = Math.max(seen, index);
        return index;
    }

    private boolean hasDigit(int start, int end) {
        for (int i = start; i < end; i++) {
            if (StripCharacters.digit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
