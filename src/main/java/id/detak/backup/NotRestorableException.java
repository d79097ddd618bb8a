package id.detak.backup;

import id.detak.platform.UserException;

/** A backup that cannot be restored, or not here. Nothing was changed. */
public class NotRestorableException extends UserException {

    NotRestorableException(String message) {
        super(message);
    }
}
