package id.detak.series.csv;

/** Thrown for a row that cannot be read. The message says why. */
class BadRowException extends RuntimeException {

    BadRowException(String message) {
        super(message, null, false, false);
    }
}
