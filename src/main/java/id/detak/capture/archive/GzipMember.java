package id.detak.capture.archive;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** One gzip member after the other, each from the position where it begins (RFC 1952). */
final class GzipMember implements AutoCloseable {

    private static final int WINDOW = 64 * 1024;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final StoredBytes stored;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] window = new byte[WINDOW];
    private long windowStart;
    private int windowLength;
    /** In the window: what neither the inflater nor anybody else has taken yet. */
    private int next;
    private long start;
    private boolean finished;

    GzipMember(StoredBytes stored) {
        this.stored = stored;
    }

    /**
     * Begins with the member at that position.
     *
     * @return false where none begins there
     */
    boolean open(long position) throws IOException {
        start = position;
        finished = false;
        if (position >= windowStart && position <= windowStart + windowLength) {
            next = (int) (position - windowStart);
        } else {
            windowStart = position;
            windowLength = 0;
            next = 0;
        }
        if (windowLength - next < GzipMagic.LENGTH && !hold(GzipMagic.LENGTH) || !GzipMagic.isAt(window, next)) {
            return false;
        }
        next += GzipMagic.LENGTH;
        int flags = take();
        skip(6); // time, compression level, operating system
        if ((flags & EXTRA) != 0) {
            skip(take() | take() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        crc.reset();
        inflater.setInput(window, next, windowLength - next);
        return true;
    }

    /**
     * @return how many bytes were inflated, at least one; -1 at the end, when the checksum was right
     * @throws DamagedMemberException where it cannot be inflated or the checksum is wrong
     * @throws CutOffException where the archive ends before the member does
     */
    int read(byte[] target, int offset, int length) throws IOException {
        if (finished) {
            return -1;
        }
        try {
            while (true) {
                int n = inflater.inflate(target, offset, length);
                if (n > 0) {
                    crc.update(target, offset, n);
                    return n;
                }
                if (inflater.finished()) {
                    next = windowLength - inflater.getRemaining();
                    checkTrailer();
                    return -1;
                }
                if (inflater.needsDictionary()) {
                    throw new DamagedMemberException("it wants a dictionary");
                }
                if (!refill()) {
                    throw new CutOffException();
                }
                inflater.setInput(window, next, windowLength - next);
            }
        } catch (DataFormatException e) {
            throw new DamagedMemberException("it cannot be inflated");
        }
    }

    /** Where it begins. */
    long start() {
        return start;
    }

    boolean isFinished() {
        return finished;
    }

    /** Once it is finished: where it ends, and the next one should begin. */
    long end() {
        return windowStart + next;
    }

    private void checkTrailer() throws IOException {
        long checksum = takeInt();
        long size = takeInt();
        finished = true;
        if (checksum != crc.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new DamagedMemberException("its checksum is wrong");
        }
    }

    private long takeInt() throws IOException {
        return (take() | take() << 8 | take() << 16 | take() << 24) & 0xffffffffL;
    }

    private void skipText() throws IOException {
        while (take() != 0) {
            // up to and with the zero
        }
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            take();
        }
    }

    private int take() throws IOException {
        if (next == windowLength && !refill()) {
            throw new CutOffException();
        }
        return window[next++] & 0xff;
    }

    private boolean refill() throws IOException {
        windowStart += windowLength;
        windowLength = 0;
        next = 0;
        int n = stored.read(windowStart, window, 0, window.length);
        windowLength = Math.max(n, 0);
        return n > 0;
    }

    /** Sees to it that so many bytes are in the window together. */
    private boolean hold(int bytes) throws IOException {
        System.arraycopy(window, next, window, 0, windowLength - next);
        windowStart += next;
        windowLength -= next;
        next = 0;
        while (windowLength < bytes) {
            int n = stored.read(windowStart + windowLength, window, windowLength, window.length - windowLength);
            if (n < 0) {
                return false;
            }
            windowLength += n;
        }
        return true;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
