package id.detak.capture.archive;

/** Why a record cannot be read, as a sentence; what comes after it may well be readable. */
final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    Unreadable(String reason) {
        super(reason, null, false, false);
    }
}
