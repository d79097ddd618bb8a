package id.detak.capture.archive;

import java.io.IOException;

/** The bytes of records, out of whatever they are wrapped in, piece by piece: a gzip member is one, or the whole file. */
interface Unwrapped {

    /** @return how many bytes were read, at least one; -1 at the end of the piece */
    int read(byte[] target, int offset, int length) throws IOException;

    /** Where in the file as stored the record begins of which so many bytes were read, and no more. */
    long positionOf(int bytesRead);

    /** Goes over bytes that nobody wants. @return how many, 0 where they must be read */
    default long goOver(long bytes) throws IOException {
        return 0;
    }

    /** At the end of the piece, but within a record. @return whether the record goes on in the next one, which is begun then */
    boolean goesOn() throws IOException;
}
