package id.detak.capture.archive;

import java.io.IOException;

/** Bytes of records with a look ahead, so that a record's head can be seen before anything is taken. */
final class RecordInput {

    private static final int LARGEST_HEAD = 64 * 1024;
    /** Most heads, and many a whole record, fit in; more would be inflated in vain where the record is not wanted. */
    private static final int LOOK = 704;
    private static final int MOST_LOOKED = 4 * LOOK;
    private static final int AT_ONCE = 16 * 1024;

    private final Unwrapped source;
    private final byte[] buffer = new byte[LARGEST_HEAD + AT_ONCE];
    private int from;
    private int to;
    private int looked;
    private RecordHead seen;

    RecordInput(Unwrapped source) {
        this.source = source;
    }

    /** Forgets what it holds: the source stands at the beginning of another piece. */
    void restart() {
        from = 0;
        to = 0;
        looked = 0;
        seen = null;
    }

    /** Where in the file as stored the next byte stands. */
    long position() {
        return source.positionOf(to - from);
    }

    /** How many bytes are at hand. */
    int available() {
        return to - from;
    }

    /** Whether the piece ends here. */
    boolean isAtEnd() throws IOException {
        return from == to && !fill();
    }

    /** Goes over the empty lines before, between and after records. */
    void skipLineEnds() throws IOException {
        while (from < to || fill()) {
            if (buffer[from] != '\r' && buffer[from] != '\n') {
                return;
            }
            from++;
        }
    }

    /** Whether what comes next begins as a record does. */
    boolean isAtRecord() throws IOException {
        for (int i = 0; i < RecordHead.MAGIC.length; i++) {
            if (from + i == to && !fillWithinRecord() || buffer[from + i] != RecordHead.MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    /** The head of the record that begins here; it is not taken. */
    RecordHead head() throws IOException, Unreadable {
        if (seen != null) {
            return seen;
        }
        if (!isAtRecord()) {
            throw new Unreadable("No WARC record begins here.");
        }
        while (true) {
            seen = RecordHead.of(buffer, from, to);
            if (seen != null && seen.length() <= LARGEST_HEAD) {
                return seen;
            }
            if (seen != null || to - from >= LARGEST_HEAD) {
                throw new Unreadable("The record's header is larger than 64 kB.");
            }
            if (!fillWithinRecord()) {
                throw new Unreadable("The record is cut off within its header.");
            }
        }
    }

    void takeHead(RecordHead head) {
        from += head.length();
        seen = null;
    }

    /** Takes content of a record. @return how many bytes, -1 where there are none */
    int take(byte[] target, int offset, int length) throws IOException {
        if (from == to && !fillWithinRecord()) {
            return -1;
        }
        int n = Math.min(length, to - from);
        System.arraycopy(buffer, from, target, offset, n);
        from += n;
        return n;
    }

    /** Goes over content of a record. @return how many bytes it went over, fewer than asked for where there are no more */
    long skip(long length) throws IOException {
        long left = length;
        while (left > 0) {
            if (from < to) {
                int n = (int) Math.min(left, to - from);
                from += n;
                left -= n;
            } else {
                long skipped = source.goOver(left);
                left -= skipped;
                if (skipped == 0 && !fillWithinRecord()) {
                    break;
                }
            }
        }
        return length - left;
    }

    private boolean fillWithinRecord() throws IOException {
        while (!fill()) {
            if (!source.goesOn()) {
                return false;
            }
        }
        return true;
    }

    private boolean fill() throws IOException {
        int wanted = looked < MOST_LOOKED ? LOOK : AT_ONCE;
        looked = Math.min(looked + wanted, MOST_LOOKED);
        if (from == to) {
            from = 0;
            to = 0;
        } else if (buffer.length - to < AT_ONCE) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        int n = source.read(buffer, to, Math.min(wanted, buffer.length - to));
        to += Math.max(n, 0);
        return n > 0;
    }
}
