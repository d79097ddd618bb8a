package id.detak.indicator;

import id.detak.platform.UserException;

/** A data file of the user has an error. The message names the file, the line and the error. */
public class BadDataFileException extends UserException {

    BadDataFileException(String message) {
        super(message);
    }
}
