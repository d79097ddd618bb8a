package id.detak.capture.archive;

import java.io.IOException;

/** An archive's bytes as they are stored, by position. */
interface StoredBytes {

    /** @return how many bytes were read, at least one; -1 where there are none any more */
    int read(long position, byte[] target, int offset, int length) throws IOException;

    /** The first position that can still be read. */
    long earliest();
}
