package id.detak.series.csv;

/** A row that cannot be read; the message says what is wrong with it. */
class BadRowException extends RuntimeException {

    BadRowException(String message) {
        super(message, null, false, false);
    }
}
