package id.detak.indicator;

/** A data file that a person wrote does not fit; the message names file, line and what is wrong. */
public class BadDataFileException extends RuntimeException {

    BadDataFileException(String message) {
        super(message);
    }
}
