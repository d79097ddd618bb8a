package id.detak.strip;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides whether a list behind a strip's list belongs to the strip, too. A box with a forecast or with quotes of
 * another day may follow directly, so a list needs evidence of its own.
 */
final class FollowingLists {

    /** The maximum number of items that are read to decide. */
    private static final int MAX_ITEMS = 60;
    /** The number of items of which one must be a quote. */
    private static final int MAX_LOOK_AHEAD = 3;

    private final PageText page;
    private final String text;
    private final int limit;
    private final PieceScanner scanner;
    private final ItemReader reader;

    /** @param end the offset behind its last item */
    record ItemList(int start, List<StripItem> items, int end) {

        boolean has(Predicate<StripItem> condition) {
            return items.stream().anyMatch(condition);
        }
    }

    FollowingLists(PageText page, int limit, PieceScanner scanner, ItemReader reader) {
        this.page = page;
        this.text = page.text();
        this.limit = limit;
        this.scanner = scanner;
        this.reader = reader;
    }

    /** Reads the list that begins with the bullet at {@code start}. */
    ItemList read(int start) {
        List<StripItem> items = new ArrayList<>();
        int at = start;
        while (at < limit && scanner.bullet(at) && items.size() < MAX_ITEMS) {
            int item = scanner.skipGaps(at + 1, false);
            if (item >= limit || text.charAt(item) == StripCharacters.SECTION) {
                at = item;
                break;
            }
            int end = scanner.itemEnd(item, text.charAt(at) == StripCharacters.ITEM, reader.labelEnd(item));
            items.add(reader.read(item, scanner.shortened(item, end)));
            at = scanner.skipGaps(Math.max(end, item), false);
        }
        return new ItemList(start, items, at);
    }

    /**
     * Whether a list belongs to a strip.
     *
     * @param strip the items of the strip so far
     * @param place of the strip's lists; null if it has none with a quote yet
     * @param from the offset behind the strip so far
     */
    boolean belongs(ItemList list, List<StripItem> strip, String place, int from) {
        String between = text.substring(from, list.start).replace(StripCharacters.SECTION, ' ');
        boolean apart = !between.isBlank();
        if (place != null && !place.equals(page.place(list.start))
                || Prose.announcesOtherTime(between)
                || page.headingBetween(from, list.start) && !ListPlace.isGroup(between)) {
            return false;
        }
        int repeated = 0;
        int different = 0;
        for (StripItem item : list.items) {
            for (StripItem other : strip) {
                if (isSameIndicator(item, other)) {
                    repeated++;
                    different += StripAssembler.agree(item.quote(), other.quote()) ? 0 : 1;
                }
            }
        }
        if (apart && repeated > 0 || different * 2 > repeated) {
            return false; // no copy
        }
        return begins(list) && (ListPlace.isGroup(between) || list.has(this::isEvidence));
    }

    /** Whether a list behind foreign text begins with a quote that the strip does not have. */
    boolean begins(ItemList list, List<StripItem> strip) {
        return begins(list)
                && list.items.stream().limit(MAX_LOOK_AHEAD).noneMatch(item -> strip.stream()
                        .anyMatch(other -> isSameIndicator(item, other)));
    }

    private static boolean begins(ItemList list) {
        StripItem first = list.items.isEmpty() ? null : list.items.get(0);
        return list.items.stream()
                .limit(MAX_LOOK_AHEAD)
                .anyMatch(item -> item.isQuote()
                        && (item.known() || item == first && item.quote().quality() == Quality.OK));
    }

    /** Whether an item looks like one of a strip, though its list is not part of one. */
    boolean resembles(StripItem item) {
        return item.isQuote()
                || item.kind() == StripItem.Kind.UNKNOWN && (item.known() || item.percent() && isInCapitals(item));
    }

    private boolean isInCapitals(StripItem item) {
        return text.substring(item.start(), item.end()).chars().noneMatch(Character::isLowerCase);
    }

    /**
     * Whether an item looks like one of the strip's own: it passes the check, or is one of those that print no change,
     * a fund or a price with its percent.
     */
    private boolean isEvidence(StripItem item) {
        return item.isQuote()
                && (item.quote().quality() == Quality.OK
                        || item.known()
                                && (item.quote().value() == null
                                        || item.quote().changePercent() != null && reader.isPrice(item)));
    }

    private static boolean isSameIndicator(StripItem item, StripItem other) {
        return item.isQuote()
                && other.isQuote()
                && item.quote().code().equals(other.quote().code());
    }
}
