package id.detak.capture.archive;

import java.io.IOException;

/** The archive ends in the middle of a gzip member. */
final class CutOffException extends IOException {

    private static final long serialVersionUID = 1L;

    CutOffException() {
        super("the archive is cut off");
    }
}
