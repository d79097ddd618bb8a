package id.detak.capture.archive;

import java.io.IOException;

/** A gzip member cannot be inflated, or is not what its checksum says. */
final class DamagedMemberException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedMemberException(String reason) {
        super(reason);
    }
}
