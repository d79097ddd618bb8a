package id.detak.capture.archive;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The three bytes that a gzip member begins with. */
final class GzipMagic {

    static final int LENGTH = 3;
    private static final int AT_ONCE = 64 * 1024;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long SECOND = 0x8b * ONES;

    private GzipMagic() {
    }

    static boolean isAt(byte[] bytes, int index) {
        return bytes[index] == 0x1f && bytes[index + 1] == (byte) 0x8b && bytes[index + 2] == 8;
    }

    /** The first one that lies wholly between the two indices, or -1. Looks at eight bytes at a time for the rarest of the three. */
    static int find(byte[] bytes, int from, int to) {
        int last = to - LENGTH + 1;
        int at = from + 1;
        while (at <= last - Long.BYTES) {
            long difference = (long) LONGS.get(bytes, at) ^ SECOND;
            boolean none = (difference - ONES & ~difference & HIGHS) == 0;
            if (!none) {
                for (int i = at; i < at + Long.BYTES; i++) {
                    if (isAt(bytes, i - 1)) {
                        return i - 1;
                    }
                }
            }
            at += Long.BYTES;
        }
        for (; at <= last; at++) {
            if (isAt(bytes, at - 1)) {
                return at - 1;
            }
        }
        return -1;
    }

    /** The first position of one, from that one on, or -1. */
    static long find(StoredBytes stored, long from) throws IOException {
        byte[] window = new byte[AT_ONCE];
        long start = from;
        int held = 0;
        while (true) {
            int n = stored.read(start + held, window, held, window.length - held);
            if (n < 0) {
                return -1;
            }
            held += n;
            int found = find(window, 0, held);
            if (found >= 0) {
                return start + found;
            }
            int overlap = Math.min(held, LENGTH - 1);
            System.arraycopy(window, held - overlap, window, 0, overlap);
            start += held - overlap;
            held = overlap;
        }
    }
}
