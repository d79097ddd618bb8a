package id.detak.capture.archive;

import java.io.IOException;

/**
 * Finds where a gzip member ends without inflating it: where its length, inflated, stands before the beginning of another.
 *
 * <p>A page can hold a whole archive that the crawler's gzip stores as it is, with the very length that is looked for before it.
 * But the real end fits, too, where the member is whole and holds one record. So all the bytes are looked at that the member
 * can have, and where more than one end fits, or the file ends before, none is believed. Each byte is looked at once, since
 * what was found further on is kept for the members to come.
 */
final class MemberSearch {

    /** Nothing fits: there are several records in the member, or it was written in another way. */
    static final long NONE = -1;
    /** More than one fits, or it would take too long to see. */
    static final long UNSURE = -2;

    private static final long LARGEST = 256L * 1024 * 1024;
    /** gzip's header with a name or extra field, and its trailer. */
    private static final int WRAPPING = 512;
    private static final int MOST_FOUND = 1 << 16;
    private static final int WINDOW = 256 * 1024;
    private static final int SIZE_LENGTH = 4;
    private static final int OVERLAP = SIZE_LENGTH + GzipMagic.LENGTH - 1;

    private final StoredBytes stored;
    private final byte[] window = new byte[WINDOW];
    private long windowStart;
    private int windowLength;
    /** In the window: from here on no beginning was looked for. */
    private int next;
    private boolean atEnd;

    // a ring of what was found and not passed by yet
    private final long[] positions = new long[MOST_FOUND];
    private final int[] sizes = new int[MOST_FOUND];
    private int first;
    private int found;

    MemberSearch(StoredBytes stored) {
        this.stored = stored;
    }

    /**
     * Where the member at {@code start} ends, and another begins.
     *
     * @param size its length when it is inflated
     */
    long endOf(long start, long size) throws IOException {
        if (size > LARGEST) {
            return UNSURE;
        }
        passBy(start);
        // stored blocks add five bytes each to what they hold; the smallest that deflate makes are of some hundred bytes
        long furthest = start + size + size / 16 + WRAPPING;
        if (!lookUpTo(furthest)) {
            return UNSURE;
        }
        long end = NONE;
        for (int i = 0; i < found; i++) {
            int slot = first + i & MOST_FOUND - 1;
            if (positions[slot] > furthest) {
                return end;
            }
            if (sizes[slot] == (int) size) {
                if (end != NONE) {
                    return UNSURE;
                }
                end = positions[slot];
            }
        }
        // where the file ends before, the member's true end may be cut off, or be the file's, where no other begins
        return atEnd ? UNSURE : end;
    }

    private void passBy(long start) {
        while (found > 0 && positions[first] <= start) {
            first = first + 1 & MOST_FOUND - 1;
            found--;
        }
        if (windowStart + next <= start) {
            if (start < windowStart + windowLength) {
                next = (int) (start - windowStart) + 1;
            } else {
                windowStart = start;
                windowLength = 0;
                next = 1;
                atEnd = false;
            }
        }
    }

    /** @return false where there were too many beginnings to keep them all */
    private boolean lookUpTo(long furthest) throws IOException {
        while (windowStart + next <= furthest && !atEnd) {
            int at = GzipMagic.find(window, next, windowLength);
            if (at >= 0) {
                if (found == MOST_FOUND) {
                    return false;
                }
                next = at + 1;
                if (at >= SIZE_LENGTH) {
                    int slot = first + found & MOST_FOUND - 1;
                    positions[slot] = windowStart + at;
                    sizes[slot] = sizeBefore(at);
                    found++;
                }
            } else {
                slide();
            }
        }
        return true;
    }

    private void slide() throws IOException {
        int done = Math.max(0, windowLength - OVERLAP);
        next = Math.max(next, windowLength - GzipMagic.LENGTH + 1);
        System.arraycopy(window, done, window, 0, windowLength - done);
        windowStart += done;
        windowLength -= done;
        next -= done;
        int n = stored.read(windowStart + windowLength, window, windowLength, window.length - windowLength);
        atEnd = n < 0;
        windowLength += Math.max(n, 0);
    }

    private int sizeBefore(int at) {
        return window[at - 4] & 0xff | (window[at - 3] & 0xff) << 8 | (window[at - 2] & 0xff) << 16 | (window[at - 1] & 0xff) << 24;
    }
}
