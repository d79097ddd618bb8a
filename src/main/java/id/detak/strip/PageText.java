package id.detak.strip;

import java.util.Arrays;

/**
 * The text of a page: single blanks within a line, '\n' at each boundary ("\n\n" for a blank line of plain text), no
 * blanks next to a boundary. Maps each character to its offset in the page.
 */
final class PageText {

    /** What follows the last visible character. Only this shows whether the last number is complete. */
    enum Tail {
        /** Nothing, or an element that is still open. */
        OPEN,
        /** The end of a line of plain text. */
        LINE_ENDED,
        /** A blank line, or the closing tag of a list item, row, list, table or page. */
        CLOSED
    }

    private final String text;
    private final Tail tail;
    private final int[] runText;
    private final int[] runSource;
    private final int[] runWidth;
    private final int[] closes;
    private final int[] listEnds;

    private PageText(Builder from) {
        text = new String(from.chars, 0, from.length);
        tail = from.tail();
        runText = Arrays.copyOf(from.runText, from.runs);
        runSource = Arrays.copyOf(from.runSource, from.runs);
        runWidth = Arrays.copyOf(from.runWidth, from.runs);
        closes = from.closes.toArray();
        listEnds = from.listEnds.toArray();
    }

    /** Whether an item or row of a list ends at {@code index} and the list continues. */
    boolean inListAt(int index) {
        return Arrays.binarySearch(closes, index) >= 0 && Arrays.binarySearch(listEnds, index) < 0;
    }

    /** The offset at which the next list from {@code index} on ends, or -1. */
    int listEnd(int index) {
        int found = Arrays.binarySearch(listEnds, index);
        int next = found >= 0 ? found : -found - 1;
        return next < listEnds.length ? listEnds[next] : -1;
    }

    /** Whether a blank line, or the closing tag of an item, row or list, follows at {@code index}. */
    boolean closedAt(int index) {
        return Arrays.binarySearch(closes, index) >= 0
                || text.startsWith("\n\n", index)
                || index == text.length() && tail == Tail.CLOSED;
    }

    String text() {
        return text;
    }

    Tail tail() {
        return tail;
    }

    /** The offset in the page of the character at {@code index}. */
    int source(int index) {
        int run = runOf(index);
        return runWidth[run] == 1 ? runSource[run] + index - runText[run] : runSource[run];
    }

    /** The offset in the page after the character before {@code index}. */
    int sourceEnd(int index) {
        return source(index - 1) + runWidth[runOf(index - 1)];
    }

    private int runOf(int index) {
        int found = Arrays.binarySearch(runText, index);
        return found >= 0 ? found : -found - 2;
    }

    /** Collects the visible characters and merges consecutive blanks and boundaries. */
    static final class Builder {
        private final boolean html;
        private char[] chars = new char[8192];
        private int length;
        private int[] runText = new int[1024];
        private int[] runSource = new int[1024];
        private int[] runWidth = new int[1024];
        private int runs;
        /** Page offset minus text offset in the current run. */
        private int shift = -1;

        private boolean blank;
        private int breaks;
        private boolean closed;
        /** The text offsets at which a list item, row or list was closed, and those of lists only. */
        private final Offsets closes = new Offsets();

        private final Offsets listEnds = new Offsets();

        Builder(boolean html) {
            this.html = html;
        }

        /** Adds one character that is {@code width} characters long in the page (more than one for an entity). */
        void add(char c, int source, int width) {
            if (c > ' ' && c < 0x7f) {
                put(c, source, width);
            } else if (c == '\n' && !html && width == 1) {
                breaks++;
            } else if (c <= ' ' || c == 0x7f || c == 0x85 || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                blank = true;
            } else if (!invisible(c)) {
                put(c, source, width);
            }
        }

        /** Adds a run of characters from '!' to '~', which need no checks. */
        void addRun(char[] source, int from, int to) {
            put(source[from], from, 1);
            int rest = to - from - 1;
            if (length + rest > chars.length) {
                chars = Arrays.copyOf(chars, Math.max(chars.length * 2, length + rest));
            }
            System.arraycopy(source, from + 1, chars, length, rest);
            length += rest;
        }

        void boundary() {
            breaks = 1;
        }

        /** Marks the last item as complete. */
        void close(boolean list) {
            closed = true;
            closes.add(length);
            if (list) {
                listEnds.add(length);
            }
        }

        PageText build() {
            return new PageText(this);
        }

        private Tail tail() {
            if (closed || !html && breaks > 1) {
                return Tail.CLOSED;
            }
            return !html && breaks == 1 ? Tail.LINE_ENDED : Tail.OPEN;
        }

        private void put(char c, int source, int width) {
            if (blank || breaks > 0) {
                separate();
            }
            closed = false;
            if (width != 1 || source - length != shift) {
                startRun(source, width);
            }
            append(c);
        }

        private void separate() {
            if (length > 0) {
                append(breaks > 0 ? '\n' : ' ');
                if (breaks > 1) {
                    append('\n');
                }
            }
            blank = false;
            breaks = 0;
        }

        private void startRun(int source, int width) {
            if (runs == runText.length) {
                runText = Arrays.copyOf(runText, runs * 2);
                runSource = Arrays.copyOf(runSource, runs * 2);
                runWidth = Arrays.copyOf(runWidth, runs * 2);
            }
            runText[runs] = length;
            runSource[runs] = source;
            runWidth[runs] = width;
            runs++;
            shift = width == 1 ? source - length : Integer.MIN_VALUE;
        }

        private void append(char c) {
            if (length == chars.length) {
                chars = Arrays.copyOf(chars, length * 2);
            }
            chars[length++] = c;
        }

        /** Soft hyphen, zero-width blanks and joiners, direction marks and byte order mark. */
        private static boolean invisible(char c) {
            return c == 0xAD || c >= 0x200B && c <= 0x200F || c >= 0x202A && c <= 0x202E || c == 0x2060 || c == 0xFEFF;
        }
    }
}
