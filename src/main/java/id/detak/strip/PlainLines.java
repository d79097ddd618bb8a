package id.detak.strip;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the items of a strip without bullets: lines, or one line with several items. A line that does not look like an
 * item ends the strip, unless a quote that certainly belongs to it follows soon.
 */
final class PlainLines {

    /** Consecutive items that belong to the strip only if a firm item follows. */
    private static final int MAX_PENDING = 2;
    /** Two items that end with a percent make a strip, even if the line continues with words. */
    private static final int MIN_PERCENT_ITEMS = 2;

    private static final int MAX_SIGN_LENGTH = 3;

    private final PageText page;
    private final String text;
    private final int limit;
    private final PieceScanner scanner;
    private final ItemReader reader;
    private final List<StripItem> items;
    private final List<StripItem> pending = new ArrayList<>();
    private int seen;

    /** @param items to which the items are added */
    PlainLines(PageText page, int limit, PieceScanner scanner, ItemReader reader, List<StripItem> items) {
        this.page = page;
        this.text = page.text();
        this.limit = limit;
        this.scanner = scanner;
        this.reader = reader;
        this.items = items;
    }

    /**
     * Reads the items from {@code first} on.
     *
     * @param sure whether the heading is not that of a sentence, so that even the first item may be odd
     * @return the offset up to which the text was read
     */
    int read(int first, boolean sure) {
        int at = first;
        seen = first;
        while (at >= 0
                && at < limit
                && items.size() < StripBody.MAX_ITEMS
                && text.charAt(at) != StripCharacters.SECTION) {
            int next = line(at);
            at = next < 0 ? resume(lastEnd(first), sure) : scanner.skipGaps(next, true);
            seen = Math.max(seen, at);
        }
        return seen;
    }

    private void takePending() {
        items.addAll(pending);
        pending.clear();
    }

    private int lastEnd(int first) {
        return items.isEmpty()
                ? first
                : scanner.skipGaps(items.get(items.size() - 1).end(), false);
    }

    /**
     * Finds the next quote behind a piece that is not understood, and reports that piece. The quote is a checked one of
     * a known label, or one of the known labels up to the end of the line. Returns -1 if there is none nearby.
     */
    private int resume(int from, boolean sure) {
        if (from >= limit) {
            return -1;
        }
        int stop = Math.min(limit, from + PieceScanner.MAX_PIECE_LENGTH);
        for (int i = from + 1; i < stop; i++) {
            char before = text.charAt(i - 1);
            if (text.charAt(i) == StripCharacters.SECTION || before == '\n' && text.charAt(i) == '\n') {
                return -1;
            }
            if (StripCharacters.gap(before) && reader.knownAt(i)) {
                boolean mayBegin = sure || !items.isEmpty() || before != ' ';
                boolean line = StripCharacters.lineBreak(before) || !items.isEmpty();
                if (mayBegin && reader.read(i).isChecked() || line && knownUpToLineEnd(i)) {
                    pending.clear();
                    addBetween(from, i);
                    return i;
                }
            }
        }
        seen = Math.max(seen, stop);
        return -1;
    }

    private boolean knownUpToLineEnd(int start) {
        int at = start;
        for (int i = 0; i < StripBody.MAX_ITEMS; i++) {
            StripItem item = reader.read(at);
            if (!isKnownWithPercent(item)) {
                return false;
            }
            at = scanner.skipBlank(item.end());
            if (scanner.atLineEnd(at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKnownWithPercent(StripItem item) {
        return item.isQuote()
                && item.known()
                && item.percent()
                && (item.quote().changePercent() == null
                        || item.quote().changePercent().scale() > 0);
    }

    /** Reports what stands between two quotes, but for quotes of known labels within it. */
    private void addBetween(int from, int to) {
        int start = from;
        int at = from;
        while (at < to) {
            boolean label = (at == from || StripCharacters.gap(text.charAt(at - 1))) && reader.knownAt(at);
            StripItem item = label ? reader.read(at) : null;
            if (item == null || !isKnownWithPercent(item) || item.end() > to) {
                at++;
                continue;
            }
            addUnknown(start, at);
            items.add(item);
            start = scanner.skipGaps(item.end(), false);
            at = Math.max(at + 1, start);
        }
        addUnknown(start, to);
    }

    private void addUnknown(int start, int end) {
        int trimmed = scanner.trimmed(start, end);
        if (text.substring(start, trimmed).chars().anyMatch(Character::isLetterOrDigit)) {
            items.add(StripItem.unknown(start, trimmed, false, false, true));
        }
    }

    /** Returns the end of the line, or -1 if the strip ends. */
    private int line(int start) {
        List<StripItem> line = new ArrayList<>();
        int at = start;
        while (line.size() < StripBody.MAX_ITEMS) {
            int signEnd = page.isHtml() ? at : signLineEnd(at);
            if (signEnd > at) {
                line.add(StripItem.unknown(at, signEnd, false, false, true));
                return take(line) ? signEnd : -1;
            }
            StripItem item = reader.read(at);
            int label = item.isQuote() ? at : labelBehindWords(at, item.end(), !line.isEmpty());
            if (label > at) {
                line.add(StripItem.unknown(at, scanner.trimmed(at, label), false, false, false));
                at = label;
                item = reader.read(at);
            }
            seen = Math.max(seen, item.end());
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

    /**
     * The end of a line that is nothing but an arrow, which may be that of either neighbour; {@code start} if it is
     * not.
     */
    private int signLineEnd(int start) {
        int end = start;
        while (end < limit && !StripCharacters.lineBreak(text.charAt(end)) && end - start < MAX_SIGN_LENGTH) {
            end++;
        }
        return scanner.atLineEnd(end) && MarkupSign.isAlone(text.substring(start, end)) ? end : start;
    }

    /**
     * Where a quote of a known label begins within a piece, behind words such as "Memuat..."; {@code start} if there is
     * none. Words in capitals may belong to the label.
     */
    private int labelBehindWords(int start, int end, boolean behindItems) {
        boolean small = false;
        for (int i = start + 1; i < end; i++) {
            char before = text.charAt(i - 1);
            small |= Character.isLowerCase(before);
            if (StripCharacters.digit(before)) {
                return start;
            }
            if (small && before == ' ' && reader.knownAt(i)) {
                StripItem item = reader.read(i);
                boolean amongItems = behindItems || reader.knownAt(scanner.skipBlank(item.end()));
                return item.isChecked() || amongItems && isKnownWithPercent(item) ? i : start;
            }
        }
        return start;
    }

    private int takeBeforeWords(List<StripItem> line) {
        int percents = 0;
        int last = 0;
        boolean checked = false;
        for (int i = 0; i < line.size(); i++) {
            if (line.get(i).isQuote() && line.get(i).percent()) {
                percents++;
                last = i;
                checked |= line.get(i).isChecked();
            }
        }
        if (percents >= MIN_PERCENT_ITEMS || checked) {
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
}
