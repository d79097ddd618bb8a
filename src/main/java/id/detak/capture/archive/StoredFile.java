package id.detak.capture.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file: any position can be read at any time. */
record StoredFile(FileChannel channel) implements StoredBytes {

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(target, offset, length), position);
    }

    @Override
    public long earliest() {
        return 0;
    }
}
