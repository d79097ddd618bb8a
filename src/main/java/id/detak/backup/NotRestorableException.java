package id.detak.backup;

import id.detak.platform.UserException;

/** The backup cannot be restored, or not into this database. Nothing was changed. */
public class NotRestorableException extends UserException {

    NotRestorableException(String message) {
        super(message);
    }
}
