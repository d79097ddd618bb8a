package id.detak.capture.archive;

import java.io.IOException;

/** The three bytes that a gzip member begins with. */
final class GzipMagic {

    static final int LENGTH = 3;
    private static final int AT_ONCE = 64 * 1024;

    private GzipMagic() {
    }

    static boolean isAt(byte[] bytes, int index) {
        return bytes[index] == 0x1f && bytes[index + 1] == (byte) 0x8b && bytes[index + 2] == 8;
    }

    /** The first one that lies wholly between the two indices, or -1. Looks at every third byte only, where it can. */
    static int find(byte[] bytes, int from, int to) {
        int last = from + 2;
        while (last < to) {
            byte b = bytes[last];
            if (b == 8) {
                if (isAt(bytes, last - 2)) {
                    return last - 2;
                }
                last += 3;
            } else if (b == (byte) 0x8b) {
                last += 1;
            } else {
                last += b == 0x1f ? 2 : 3;
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
