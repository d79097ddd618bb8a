package id.detak.capture.archive;

import java.io.IOException;
import java.io.InputStream;

/** A stream: of what was read, the last megabyte can be read again. */
final class StoredStream implements StoredBytes {

    private static final int KEPT = 1024 * 1024;
    private static final int MOST_AT_ONCE = 64 * 1024;

    private final InputStream in;
    private final byte[] kept = new byte[2 * KEPT];
    private long start;
    private int length;

    StoredStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(long position, byte[] target, int offset, int wanted) throws IOException {
        if (position < start) {
            throw new IllegalStateException("what was at " + position + " is gone");
        }
        while (position >= start + length) {
            if (!readOn()) {
                return -1;
            }
        }
        int from = (int) (position - start);
        int n = Math.min(wanted, length - from);
        System.arraycopy(kept, from, target, offset, n);
        return n;
    }

    private boolean readOn() throws IOException {
        if (length == kept.length) {
            System.arraycopy(kept, KEPT, kept, 0, KEPT);
            start += KEPT;
            length = KEPT;
        }
        int n = in.read(kept, length, Math.min(kept.length - length, MOST_AT_ONCE));
        length += Math.max(n, 0);
        return n >= 0;
    }

    @Override
    public long earliest() {
        return start;
    }
}
