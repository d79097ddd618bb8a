package id.detak.capture.archive;

import java.io.IOException;

/** An archive that is not compressed: one piece. */
final class PlainBytes implements Unwrapped {

    private static final int WORTH_SKIPPING = 64 * 1024;

    private final StoredBytes stored;
    private final ArchiveVisitor visitor;
    private final byte[] probe = new byte[1];
    private long position;
    private boolean ended;

    PlainBytes(StoredBytes stored, ArchiveVisitor visitor) {
        this.stored = stored;
        this.visitor = visitor;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n = ended ? -1 : stored.read(position, target, offset, length);
        position += Math.max(n, 0);
        visitor.progress(position);
        return n;
    }

    @Override
    public long positionOf(int bytesRead) {
        return position - bytesRead;
    }

    @Override
    public long goOver(long bytes) throws IOException {
        if (bytes < WORTH_SKIPPING || ended) {
            return 0;
        }
        // the last of them tells whether they are all there
        ended = stored.read(position + bytes - 1, probe, 0, 1) < 0;
        if (ended) {
            return 0;
        }
        position += bytes;
        return bytes;
    }

    @Override
    public boolean goesOn() {
        return false;
    }
}
