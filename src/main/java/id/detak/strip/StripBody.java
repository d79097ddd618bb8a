package id.detak.strip;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads from a header to the end of its strip. If the items have bullets, only lines with a bullet belong to the strip.
 * Otherwise, the first line that does not look like an item ends it.
 */
final class StripBody {

    /** No strip is longer; anything longer is noise. */
    private static final int MAX_ITEMS = 200;
    /** Consecutive items that belong to the strip only if a firm item follows. */
    private static final int MAX_PENDING = 2;
    /** Consecutive lines of words only. More of them do not belong to a strip. */
    private static final int MAX_WORD_LINES = 5;

    private static final int MAX_REST_LENGTH = 3000;
    /** Two items that end with a percent make a strip, even if the line continues with words. */
    private static final int MIN_PERCENT_ITEMS = 2;

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
     * The items below one header.
     *
     * @param seen the approximate offset up to which the text was read
     * @param rest the rest of the list after a line that is not an item; null if the list was read completely
     */
    record Block(StripHeader header, boolean bulleted, List<StripItem> items, int seen, StripItem rest) {

        int end() {
            return items.get(items.size() - 1).end();
        }

        /** Whether this is a strip. A table in an article may have the heading INDIKATOR, too. */
        boolean convinces() {
            return !items.isEmpty()
                    && (header.hasClock() || bulleted || items.stream().anyMatch(StripItem::known));
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
        while (at >= 0 && at < limit && scanner.bullet(at) && items.size() < MAX_ITEMS) {
            int start = see(scanner.skipGaps(at + 1, false));
            if (start >= limit || scanner.bullet(start)) {
                return;
            }
            int end = bulletedLine(start);
            at = end < 0 ? end : see(scanner.skipGaps(end, false));
        }
    }

    /** Returns the end of the line, or -1 if the strip ends. */
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
            return pending.size() > MAX_WORD_LINES ? -1 : lineEnd;
        }
        if (reportable || lineEnd >= 0) {
            takePending();
            items.add(item.notUnderstood(lineEnd < 0 ? item.end() : lineEnd));
        }
        return lineEnd;
    }

    /** Adds the pending items ("Harga BBM hari ini"): they belong to the strip, because it continues after them. */
    private void takePending() {
        items.addAll(pending);
        pending.clear();
    }

    private void readPlain(int first) {
        int at = first;
        int line = at;
        while (at >= 0 && at < limit && items.size() < MAX_ITEMS) {
            line = at;
            at = plainLine(at);
            at = at < 0 ? at : see(scanner.skipGaps(at, true));
        }
        reportPending();
        if (at < 0 && !items.isEmpty()) {
            reportRest(line);
        }
    }

    /** If a line ends the strip although its list continues, reports the rest of the list as one unknown piece. */
    private void reportRest(int line) {
        int lastEnd = items.get(items.size() - 1).end();
        int end = page.listEnd(lastEnd);
        if (line < lastEnd || !page.inListAt(lastEnd)) {
            return;
        }
        see(Math.min(limit, line + MAX_REST_LENGTH));
        if (end > line && end <= Math.min(limit, line + MAX_REST_LENGTH) && hasDigit(line, end)) {
            rest = StripItem.unknown(line, end, false, false, false);
        }
    }

    /** Reports pending items in the strip's list, or directly below it, as unknown, so that a person sees them. */
    private void reportPending() {
        int within = pending.size();
        while (within > 0 && !page.closedAt(pending.get(within - 1).end())) {
            within--;
        }
        pending.subList(0, within).forEach(item -> items.add(item.notUnderstood(item.end())));
    }

    /** Returns the end of the line, or -1 if the strip ends. */
    private int plainLine(int start) {
        List<StripItem> line = new ArrayList<>();
        int at = start;
        while (line.size() < MAX_ITEMS) {
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
        if (percents >= MIN_PERCENT_ITEMS) {
            take(line.subList(0, last + 1));
        }
        return -1;
    }

    /** Adds the items of a line. Returns false after too many consecutive items that are not firm. */
    private boolean take(List<StripItem> line) {
        for (StripItem item : line) {
            pending.add(item);
            if (item.firm()) {
                takePending();
            } else if (pending.size() > MAX_PENDING) {
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
