package id.detak.strip;

import id.detak.strip.PageText.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the items from a header to the end of its strip. Each item with a bullet is read on its own: one that is not
 * understood is reported and costs no other. {@link PlainLines} reads items without bullets.
 */
final class StripBody {

    /** No strip has more items. */
    static final int MAX_ITEMS = 200;
    /** Consecutive lines of words only. More of them do not belong to a strip. */
    private static final int MAX_WORD_LINES = 5;
    /** Lines without a bullet between two items or lists, such as an advert or a sub-heading. */
    private static final int MAX_FOREIGN_LINES = 2;
    /** Each element within a line makes a line. */
    private static final int MAX_FOREIGN_LINES_OF_HTML = 8;

    private static final int MAX_FOREIGN_LENGTH = 500;
    /** Lists behind the strip that do not belong to it, before one that does. */
    private static final int MAX_OTHER_LISTS = 4;

    private static final Pattern NUMBERS = Pattern.compile(
            "(?:[^\\p{L}]|(?<!\\p{L})(?:Rp|IDR|poin|points?|pts|per gram|gram|gr|g|juta|jt|ribu|rb|persen)(?!\\p{L}))*",
            Pattern.CASE_INSENSITIVE);
    /** A number as a strip prints it: with thousands or decimals, or no change. */
    private static final Pattern OF_STRIP = Pattern.compile("\\d[.,]\\d|(?<![\\d.,])0 ?%");

    private static final Pattern PREFIX = Pattern.compile("(?:\\d{1,3}[.)]|\\d{1,2}:\\d{2}(?: WIB)?)[\\s|]+(?=\\p{L})");

    private final PageText page;
    private final String text;
    private final int limit;
    private final PieceScanner scanner;
    private final ItemReader reader;
    private final List<StripItem> items = new ArrayList<>();
    private final List<StripItem> pending = new ArrayList<>();
    private final List<StripItem> others = new ArrayList<>();
    private final FollowingLists lists;
    private Zone zone;
    /** The place of the strip's lists; null before the first quote. */
    private String place;

    private int seen;

    /**
     * The items below one header.
     *
     * @param bulleted whether the items have bullets
     * @param others pieces near the strip that are reported, but do not belong to it
     * @param seen the offset up to which the text was read
     */
    record Block(StripHeader header, boolean bulleted, List<StripItem> items, List<StripItem> others, int seen) {

        long count(Predicate<StripItem> condition) {
            return items.stream().filter(condition).count();
        }
    }

    private StripBody(PageText page, int limit, KnownLabels labels) {
        this.page = page;
        this.text = page.text();
        this.limit = limit;
        this.scanner = new PieceScanner(text, limit);
        this.reader = new ItemReader(page, limit, labels, scanner);
        this.lists = new FollowingLists(page, limit, scanner, reader);
    }

    static Block read(PageText page, StripHeader header, int limit, KnownLabels labels) {
        return new StripBody(page, limit, labels).read(header);
    }

    /** Whether a text is a whole quote. */
    static boolean isQuote(String words, KnownLabels labels) {
        StripItem item = item(words, labels);
        return item.isQuote() && item.quote().changePercent() != null;
    }

    /** 1 if a text is a whole quote whose numbers agree only if they rose, -1 if it prints a fall, and otherwise 0. */
    static int certainDirection(String words, KnownLabels labels) {
        StripItem item = item(words, labels);
        if (!item.isQuote() || item.quote().changePercent() == null) {
            return 0;
        }
        boolean fall = item.known()
                && item.origin() == SignOrigin.PRINTED
                && item.quote().changePercent().signum() < 0;
        return fall ? -1 : item.quote().isSure() ? item.quote().change().signum() : 0;
    }

    private static StripItem item(String words, KnownLabels labels) {
        PageText.Builder text = new PageText.Builder(false);
        text.add(words + "\n\n");
        PageText page = text.build();
        int end = page.text().length();
        PieceScanner scanner = new PieceScanner(page.text(), end);
        return new ItemReader(page, end, labels, scanner).read(0, end);
    }

    private Block read(StripHeader header) {
        zone = page.zone(header.start());
        int at = see(scanner.skipGaps(header.end(), false));
        if (at < limit && text.charAt(at) == ':') {
            at = see(scanner.skipGaps(at + 1, false));
        }
        while (at < limit && text.charAt(at) == StripCharacters.SECTION) {
            at = see(scanner.skipGaps(at + 1, false)); // the heading is the last item of a list of its own
        }
        int bullet = at >= limit || scanner.bullet(at) ? at : behindForeign(at, header.strong());
        boolean bulleted = bullet >= 0 && bullet < limit;
        if (bulleted) {
            readBulleted(at);
        } else {
            boolean sure = header.strong() || isInCapitals(header);
            see(new PlainLines(page, limit, scanner, reader, items).read(at, sure));
            refuseRowsOfLabels();
            refuseNumbersBeforeLabels();
        }
        return new Block(header, bulleted, items, others, seen);
    }

    /** Where labels stand before their values, the numbers behind the last label may be those of another one. */
    private void refuseRowsOfLabels() {
        for (int i = items.size() - 1; i > 0; i--) {
            StripItem before = items.get(i - 1);
            StripItem item = items.get(i);
            boolean label = isLabel(before) && scanner.skipGaps(before.end(), false) == item.start();
            boolean another = label && item.isQuote() && numberFollows(item.end());
            if (another || label && item.isQuote() && !item.isChecked() && item.rest()) {
                int next = i + 1 < items.size() ? items.get(i + 1).start() : limit;
                int end = another ? endOfNumbers(item.end(), next) : item.end();
                items.set(i - 1, StripItem.unknown(before.start(), end, false, true, true));
                items.remove(i);
            }
        }
    }

    /**
     * Where the first numbers have no label and the last label has no numbers, each label stands behind its numbers.
     */
    private void refuseNumbersBeforeLabels() {
        StripItem first = items.isEmpty() ? null : items.get(0);
        StripItem last = items.isEmpty() ? null : items.get(items.size() - 1);
        if (first == last || first.isQuote() || !isLabel(last)) {
            return;
        }
        String numbers = text.substring(first.start(), first.end());
        if (NUMBERS.matcher(numbers).matches() && OF_STRIP.matcher(numbers).find() && !Prose.isOrnament(numbers)) {
            items.clear();
            items.add(StripItem.unknown(first.start(), last.end(), false, true, true));
        }
    }

    private boolean isLabel(StripItem item) {
        return !item.isQuote() && reader.labelEnd(item.start()) == item.end();
    }

    /** The end of the numbers without a label that follow and are not items yet. */
    private int endOfNumbers(int from, int stop) {
        int end = from;
        int next = scanner.skipGaps(end, false);
        while (next < stop && numberFollows(end)) {
            int found = scanner.scan(next).end();
            if (found <= next) {
                break;
            }
            end = found;
            next = scanner.skipGaps(end, false);
        }
        see(end);
        return end;
    }

    private boolean numberFollows(int end) {
        int next = scanner.skipGaps(end, false);
        return next < limit
                && scanner.numberStarts(next)
                && text.substring(end, next).indexOf("\n\n") < 0;
    }

    private void readBulleted(int first) {
        int at = first;
        boolean listEnded = false;
        while (at >= 0 && at < limit && items.size() < MAX_ITEMS) {
            if (text.charAt(at) == StripCharacters.SECTION) {
                if (!items.isEmpty()) {
                    takePending(); // they are in the strip's list
                }
                listEnded = true;
                at = see(scanner.skipGaps(at + 1, false));
            } else if (listEnded && place != null) {
                at = nextList(at);
                listEnded = false;
            } else if (scanner.bullet(at)) {
                at = bulletedItem(at);
                listEnded = false;
            } else {
                at = foreign(at);
                listEnded = false;
            }
            if (place == null) {
                place = items.stream()
                        .filter(StripItem::isQuote)
                        .findFirst()
                        .map(item -> page.place(item.start()))
                        .orElse(null);
            }
        }
        if (items.size() >= MAX_ITEMS && at >= 0 && at < limit && scanner.bullet(at)) {
            int start = scanner.skipGaps(at + 1, false);
            others.add(StripItem.unknown(start, scanner.itemEnd(start, true, start), false, false, true));
        }
    }

    /**
     * Returns the bullet of the next list that belongs to the strip, or -1 if there is none. Reports what stands before
     * it, and items of the lists behind the strip that look like its own.
     */
    private int nextList(int from) {
        List<StripItem> skipped = new ArrayList<>();
        int at = from;
        for (int i = 0; i < MAX_OTHER_LISTS && at < limit; i++) {
            int bullet = scanner.bullet(at) ? at : behindWords(at, false);
            if (bullet < 0 || page.zone(bullet) == Zone.ARTICLE && zone != Zone.ARTICLE) {
                break;
            }
            FollowingLists.ItemList list = lists.read(bullet);
            if (lists.belongs(list, items, place, at)) {
                others.addAll(skipped);
                if (bullet > at) {
                    addForeign(at, bullet);
                }
                return see(bullet);
            }
            skipped.addAll(list.items());
            at = list.end();
            while (at < limit && text.charAt(at) == StripCharacters.SECTION) {
                at = scanner.skipGaps(at + 1, false);
            }
        }
        skipped.stream().filter(lists::resembles).forEach(others::add);
        return -1;
    }

    /** Returns the offset of what follows, or -1 if the strip ends. */
    private int bulletedItem(int bullet) {
        int start = see(scanner.skipGaps(bullet + 1, false));
        if (start >= limit || scanner.bullet(start) || text.charAt(start) == StripCharacters.SECTION) {
            return start; // an empty item
        }
        boolean element = text.charAt(bullet) == StripCharacters.ITEM;
        int whole = scanner.itemEnd(start, element, reader.labelEnd(start));
        int end = scanner.shortened(start, whole);
        see(whole);
        start = Math.min(end, start + prefix(start, end));
        int label = reader.labelBehindWords(start, end);
        if (label > start) {
            takePending();
            items.add(StripItem.unknown(start, scanner.trimmed(start, label), false, false, true));
            start = label;
        }
        if (end < whole && !element && flattened(start)) {
            return -1;
        }
        StripItem item = reader.read(start, end);
        int next = scanner.skipGaps(whole, false);
        if (item.isQuote()) {
            takePending();
            items.add(item);
        } else if (MarkupSign.isAlone(text.substring(start, end))) {
            takePending();
            items.add(item.notUnderstood(end));
        } else if (item.kind() == StripItem.Kind.WORDS
                && !item.known()
                && !StripCharacters.hasDigit(text.substring(start, end))) {
            pending.add(item.notUnderstood(end));
            return pending.size() > MAX_WORD_LINES ? -1 : next;
        } else if (!element
                && !followedByBullet(end)
                && text.charAt(Math.max(0, bullet - 1)) == ' '
                && flattened(start)) {
            return -1;
        } else if (!sequence(start, end)) {
            takePending();
            items.add(reader.valueBeforeNote(start, end).orElse(item.notUnderstood(end)));
        }
        return next;
    }

    /** The length of the number or time before the label: "1. LQ45", "14:35 LQ45". */
    private int prefix(int start, int end) {
        Matcher prefix = PREFIX.matcher(text).region(start, end);
        return prefix.lookingAt() ? prefix.end() - start : 0;
    }

    /** Reads an item that is made of several quotes, or of a checked quote and more. */
    private boolean sequence(int start, int end) {
        List<StripItem> found = new ArrayList<>();
        PieceScanner within = new PieceScanner(text, end);
        ItemReader pieces = new ItemReader(page, end, reader.labels(), within);
        int at = start;
        while (at < end && found.size() < MAX_ITEMS) {
            StripItem piece = pieces.read(at);
            int next = within.skipGaps(piece.end(), true);
            boolean complete = piece.isQuote() && (piece.percent() || next >= end);
            if (!complete) {
                break;
            }
            found.add(piece);
            at = next;
        }
        if (at < end && MarkupSign.ofText(text.substring(at, end)) != 0) {
            return false; // "0,09% turun"
        }
        boolean all = at >= end && found.size() > 1;
        boolean ornament = at < end && Prose.isOrnament(text.substring(at, end));
        boolean checked = !found.isEmpty()
                && found.stream().allMatch(piece -> piece.quote().quality() == Quality.OK);
        if (!all && !checked && (!ornament || found.isEmpty())) {
            return false;
        }
        takePending();
        items.addAll(found);
        if (at < end && !ornament) {
            items.add(StripItem.unknown(at, end, false, false, true));
        }
        return true;
    }

    private boolean followedByBullet(int end) {
        int next = scanner.skipGaps(end, false);
        return next < limit && scanner.bullet(next);
    }

    /** Reads the last item of a text without line breaks, in which the article follows on the same line. */
    private boolean flattened(int start) {
        StripItem item = reader.read(start);
        if (!item.isQuote() || !item.percent() || item.rest()) {
            return false;
        }
        see(item.end());
        takePending();
        items.add(item);
        return true;
    }

    /** Reports what stands between two items. Returns the bullet behind it, or -1 if the strip ends. */
    private int foreign(int at) {
        int bullet = behindForeign(at, false);
        if (bullet < 0) {
            return -1;
        }
        addForeign(at, bullet);
        return see(bullet);
    }

    private void addForeign(int at, int bullet) {
        int end = scanner.trimmed(at, bullet);
        while (end > at && text.charAt(end - 1) == StripCharacters.SECTION) {
            end = scanner.trimmed(at, end - 1);
        }
        takePending();
        StripItem item = reader.read(at, end);
        boolean quote = item.isQuote() && (item.known() || item.quote().quality() == Quality.OK);
        if (quote || !sequence(at, end)) {
            items.add(quote ? item : item.notUnderstood(end));
        }
    }

    /** The bullet behind foreign text; -1 if the strip does not continue there. */
    private int behindForeign(int from, boolean proseToo) {
        int bullet = behindWords(from, proseToo);
        if (bullet < 0 || page.zone(bullet) == Zone.ARTICLE && zone != Zone.ARTICLE) {
            return -1;
        }
        boolean otherTime = !items.isEmpty() && Prose.announcesOtherTime(text.substring(from, bullet));
        return !otherTime && lists.begins(lists.read(bullet), items) ? bullet : -1;
    }

    /** The bullet behind foreign text, such as an advert, a note or a sub-heading; -1 if there is none nearby. */
    private int behindWords(int from, boolean proseToo) {
        int stop = Math.min(limit, from + MAX_FOREIGN_LENGTH);
        int lines = 1;
        int i = from;
        while (i < stop && !(scanner.bullet(i) && (!page.isHtml() || text.charAt(i) == StripCharacters.ITEM))) {
            if (text.charAt(i) == '\n' && text.charAt(i - 1) != '\n') {
                lines++;
            } else if (text.charAt(i) == '\n' && !page.isHtml() && !items.isEmpty()) {
                return -1; // a blank line
            }
            i++;
        }
        int maxLines = page.isHtml() ? MAX_FOREIGN_LINES_OF_HTML : MAX_FOREIGN_LINES;
        boolean near = i < stop && lines <= maxLines + 1 && (proseToo || !page.articleBetween(from, i));
        return near ? i : -1;
    }

    /** Adds the pending items ("Harga BBM hari ini"): they belong to the strip, because it continues after them. */
    private void takePending() {
        items.addAll(pending);
        pending.clear();
    }

    private boolean isInCapitals(StripHeader header) {
        return text.substring(header.start(), header.end()).chars().noneMatch(Character::isLowerCase);
    }

    private int see(int index) {
        seen = Math.max(seen, index);
        return index;
    }
}
