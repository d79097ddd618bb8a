package id.detak.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails after a number of bytes, since a few bytes of gzip can become any number. */
final class AtMost extends FilterInputStream {

    private final long limit;
    private long left;

    AtMost(InputStream in, long limit) {
        super(in);
        this.limit = limit;
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        left -= Math.max(0, count);
        if (left < 0) {
            throw new IOException("it inflates to more than " + limit / (1024 * 1024) + " MB");
        }
        return count;
    }
}
