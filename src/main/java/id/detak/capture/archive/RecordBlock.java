package id.detak.capture.archive;

import java.io.IOException;
import java.io.InputStream;

/** A record's content, up to the length that its head says. */
final class RecordBlock extends InputStream {

    private final RecordInput in;
    private long left;
    private boolean cutOff;
    private IOException failure;

    RecordBlock(RecordInput in, long length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 || cutOff) {
            return -1;
        }
        try {
            int n = in.take(target, offset, (int) Math.min(length, left));
            cutOff = n < 0;
            left -= Math.max(n, 0);
            return n;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Goes to its end. @return false where the content ends before */
    boolean drain() throws IOException {
        left -= in.skip(left);
        return left == 0;
    }

    /** Whoever reads it may take a damage of the archive for one of the page; here they are told apart. */
    void failAsTheArchiveDid() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    long left() {
        return left;
    }
}
