package id.detak.strip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The text of a page in the notation of a strip: single blanks within a line, '\n' at each boundary ("\n\n" for the end
 * of an item or a blank line of plain text), no blanks next to a boundary, a bullet before each item.
 */
final class PageText {

    /** The part of the page that a text stands in. */
    enum Zone {
        PAGE,
        /** A header, footer, navigation or sidebar, or the element that the source names. */
        EDGE,
        /** An element with paragraphs of its own. */
        PROSE,
        ARTICLE
    }

    /** Kinds of element boundaries within a line, the one that separates least first. */
    enum Soft {
        BREAK_OPPORTUNITY,
        FORMAT,
        ELEMENT,
        RAISED
    }

    private static final int MAX_INTRODUCTION = 100;
    private static final int MAX_HEADING = 500;

    private final String text;
    private final boolean html;
    private final int openAt;
    private final boolean lineEnded;
    private final int[] zoneStarts;
    private final Zone[] zones;
    /** The offsets at which paragraphs of prose begin. */
    private final int[] prose;
    /** The offsets at which titles of a page begin. */
    private final int[] titles;
    /** The offsets at which other headings begin. */
    private final int[] headings;
    /** The offsets at which lists begin, and the place of each in the document. */
    private final int[] lists;

    private final String[] places;

    private PageText(Builder from) {
        text = from.chars.toString();
        html = from.html;
        openAt = from.openAt();
        lineEnded = !html && from.breaks == 1;
        zoneStarts = Arrays.copyOf(from.zoneStarts, from.zoneCount);
        zones = Arrays.copyOf(from.zones, from.zoneCount);
        prose = html ? offsets(from.prose) : proseLines();
        titles = offsets(from.titles);
        headings = offsets(from.headings);
        lists = offsets(from.lists);
        places = from.places.toArray(String[]::new);
    }

    String text() {
        return text;
    }

    boolean isHtml() {
        return html;
    }

    /**
     * Whether the page may end within the text from {@code start} to {@code end}, so that its last number may be the
     * beginning of a longer one: EMAS 1.319 may be the beginning of 1.319.000. Only an end of an element or line shows
     * that a number is complete.
     */
    boolean open(int start, int end) {
        if (html || !lineEnded) {
            return openAt >= start && openAt <= end;
        }
        return end == text.length() && text.substring(start, end).indexOf('\n') >= 0;
    }

    Zone zone(int index) {
        int at = before(zoneStarts, index);
        return at < 0 ? Zone.PAGE : zones[at];
    }

    /**
     * The elements around the list at {@code index}. The lists of one strip stand in the same ones, or in equal ones.
     */
    String place(int index) {
        int at = before(lists, index);
        return at < 0 ? "" : places[at];
    }

    /**
     * What introduces the quotes of a block: the heading before it, if no list stands in between, or else the line
     * before it, and everything up to the first quote.
     */
    String introduction(int start, int firstQuote) {
        int heading = before(headings, start);
        boolean near = heading >= 0 && before(lists, start - 1) <= before(lists, headings[heading]);
        int line = text.lastIndexOf('\n', Math.max(0, start - 3));
        int from = near ? headings[heading] : Math.max(line, start - MAX_INTRODUCTION);
        int zone = before(zoneStarts, start);
        int begin = Math.min(start, Math.max(from, zone < 0 ? 0 : zoneStarts[zone]));
        // the beginning of a long one has the heading
        return text.substring(begin, Math.min(start, begin + MAX_HEADING))
                + text.substring(start, Math.min(text.length(), Math.max(start, firstQuote)));
    }

    /** Whether a heading begins there. */
    boolean headingBetween(int start, int end) {
        return isBetween(headings, start, end);
    }

    /** The last element that is not above {@code index}; -1 if there is none. */
    private static int before(int[] offsets, int index) {
        int found = Arrays.binarySearch(offsets, index);
        return found >= 0 ? found : -found - 2;
    }

    /** Whether a paragraph of prose begins before {@code index}, outside of headers, footers and the like. */
    boolean proseBefore(int index) {
        return prose.length > 0 && prose[0] < index;
    }

    /** Whether a paragraph of prose or a title begins there. */
    boolean articleBetween(int start, int end) {
        return isBetween(prose, start, end) || isBetween(titles, start, end);
    }

    private static boolean isBetween(int[] offsets, int start, int end) {
        int found = Arrays.binarySearch(offsets, start);
        int at = found >= 0 ? found : -found - 1;
        return at < offsets.length && offsets[at] < end;
    }

    private static int[] offsets(List<Integer> offsets) {
        return offsets.stream().mapToInt(Integer::intValue).toArray();
    }

    private int[] proseLines() {
        List<Integer> found = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            if (Prose.isParagraph(text.substring(start, Math.min(end, start + Prose.ENOUGH)))) {
                found.add(start);
            }
            start = end + 1;
        }
        return offsets(found);
    }

    /** Collects the visible characters and merges consecutive blanks and boundaries. */
    static final class Builder {
        /** No label is longer. */
        private static final int MAX_LINE = 60;

        private final boolean html;
        private final StringBuilder chars = new StringBuilder(8192);
        private int[] zoneStarts = new int[16];
        private Zone[] zones = new Zone[16];
        private int zoneCount;
        private final List<Integer> prose = new ArrayList<>();
        private final List<Integer> titles = new ArrayList<>();
        private final List<Integer> headings = new ArrayList<>();
        private final List<Integer> lists = new ArrayList<>();
        private final List<String> places = new ArrayList<>();
        private boolean proseBegins;
        private boolean titleBegins;
        private boolean headingBegins;
        private String place;
        private boolean blank;
        private int breaks;
        private Soft soft;
        private int fragment;
        private int open = -1;
        /** The offset after the last character that the page shows. */
        private int contentEnd;

        Builder(boolean html) {
            this.html = html;
        }

        void add(String piece) {
            int visible = visible(piece);
            for (int i = 0; i < piece.length(); i++) {
                char c = piece.charAt(i);
                if (c > ' ' && c < 0x7f) {
                    put(c, visible);
                } else if ((c == '\n' || c == '\r') && !html) {
                    breaks += c == '\n' || i + 1 == piece.length() || piece.charAt(i + 1) != '\n' ? 1 : 0;
                } else if (c <= ' '
                        || c == 0x7f
                        || c == 0x85
                        || Character.isWhitespace(c)
                        || Character.isSpaceChar(c)) {
                    blank = true;
                } else if (Character.isHighSurrogate(c) && i + 1 < piece.length()) {
                    putPair(piece.codePointAt(i), visible);
                    i += Character.charCount(piece.codePointAt(i)) - 1;
                } else if (!StripCharacters.invisible(c)) {
                    put(c, visible);
                }
            }
        }

        private static int visible(String piece) {
            return piece.length() > 8 ? piece.length() : piece.strip().length();
        }

        private void putPair(int codePoint, int visible) {
            int meaning = StripCharacters.pictogram(codePoint);
            if (meaning > 0) {
                mark((char) meaning);
            } else if (meaning < 0) {
                for (char c : Character.toChars(codePoint)) {
                    put(c, visible);
                }
            }
        }

        /** Adds a sign that the markup states. */
        void mark(char sign) {
            blank = true;
            put(sign, 1);
            blank = true;
        }

        /** A boundary between cells. */
        void boundary() {
            breaks = Math.max(breaks, 1);
        }

        /** The end of an item: nothing after it belongs to it. */
        void end() {
            breaks = 2;
        }

        void item() {
            breaks = Math.max(breaks, 1);
            if (last() == StripCharacters.ITEM) {
                return;
            }
            put(StripCharacters.ITEM, 1);
            blank = false;
        }

        void section() {
            if (last() != StripCharacters.SECTION) {
                breaks = 2;
                put(StripCharacters.SECTION, 1);
                breaks = 1;
            }
        }

        /**
         * The start or end of an element within a line, without a blank: what it means depends on what it separates.
         */
        void soft(Soft kind) {
            if (soft == null || kind.compareTo(soft) > 0) {
                soft = kind;
            }
        }

        void zone(Zone zone) {
            if (zoneCount == zones.length) {
                zoneStarts = Arrays.copyOf(zoneStarts, zoneCount * 2);
                zones = Arrays.copyOf(zones, zoneCount * 2);
            }
            if (zoneCount > 0 && zoneStarts[zoneCount - 1] == chars.length()) {
                zoneCount--;
            }
            zoneStarts[zoneCount] = chars.length();
            zones[zoneCount++] = zone;
        }

        /** Marks the beginning of a paragraph of prose. */
        void prose() {
            proseBegins = true;
        }

        boolean hasProse() {
            return !prose.isEmpty();
        }

        /** Marks the beginning of the title of a page. */
        void title() {
            titleBegins = true;
        }

        /** Marks the beginning of another heading. */
        void heading() {
            headingBegins = true;
        }

        /** Marks the beginning of a list. */
        void list(String place) {
            this.place = place;
        }

        /** Marks the place at which the page ends. */
        void open() {
            open = chars.length() + (breaks > 1 ? 1 : 0);
        }

        private int openAt() {
            if (html) {
                return open < 0 || contentEnd > open ? contentEnd : open;
            }
            return breaks == 0 ? chars.length() : -1;
        }

        /** Whether a number stands last, with its percent or bracket. */
        boolean endsWithNumber() {
            char last = last();
            return StripCharacters.digit(last) || last == '%' || last == ')' || last == ']';
        }

        /** What was added since the last boundary or bullet. */
        String line() {
            int start = chars.length();
            while (start > 0
                    && chars.length() - start < MAX_LINE
                    && !StripCharacters.lineBreak(chars.charAt(start - 1))
                    && chars.charAt(start - 1) != StripCharacters.ITEM) {
                start--;
            }
            return chars.substring(start);
        }

        PageText build() {
            return new PageText(this);
        }

        private char last() {
            return chars.isEmpty() ? 0 : chars.charAt(chars.length() - 1);
        }

        private void put(char c, int visible) {
            char before = last();
            if (before == StripCharacters.ITEM && StripCharacters.bullet(c)) {
                return; // an item that prints its own bullet
            }
            if (before != StripCharacters.ITEM && !chars.isEmpty()) {
                separate(before, c, visible);
            }
            if (proseBegins) {
                prose.add(chars.length());
            }
            if (titleBegins) {
                titles.add(chars.length());
            }
            if (headingBegins) {
                headings.add(chars.length());
            }
            if (place != null) {
                lists.add(chars.length());
                places.add(place);
            }
            proseBegins = false;
            titleBegins = false;
            headingBegins = false;
            place = null;
            blank = false;
            breaks = 0;
            soft = null;
            chars.append(c);
            fragment++;
            contentEnd = c == StripCharacters.SECTION ? contentEnd : chars.length();
        }

        private void separate(char before, char next, int visible) {
            if (breaks > 1) {
                chars.append("\n\n");
            } else if (breaks == 1) {
                chars.append('\n');
            } else if (blank) {
                boolean digits = StripCharacters.digit(before) && StripCharacters.digit(next);
                chars.append(soft == Soft.ELEMENT && !digits ? '\n' : ' ');
            } else if (soft != null) {
                joinOrSeparate(before, next, visible);
            } else {
                return;
            }
            fragment = 0;
        }

        /** @see #soft */
        private void joinOrSeparate(char before, char next, int visible) {
            boolean digits = StripCharacters.digit(before) && StripCharacters.digit(next);
            boolean marks = StripCharacters.digit(before) && (next == ',' || next == '.')
                    || (before == ',' || before == '.') && StripCharacters.digit(next);
            if (soft == Soft.BREAK_OPPORTUNITY || marks || digits && fragment == 1 && visible == 1) {
                return;
            }
            if (soft == Soft.RAISED && StripCharacters.digit(next)) {
                if (StripCharacters.digit(before) || Character.isLetter(before)) {
                    chars.append(StripCharacters.RAISED);
                }
                return;
            }
            chars.append(digits ? ' ' : '\n');
        }
    }
}
