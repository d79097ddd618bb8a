package id.detak.series.csv;

/** A row that cannot be read. The message says why. */
class BadRowException extends RuntimeException {

    BadRowException(String message) {
        super(message, null, false, false);
    }
}
